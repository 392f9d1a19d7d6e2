import { describe, expect, it } from 'vitest'
import { COURANT_MAX } from '../space/field/stencil.ts'
import { COURANT_MAX as ALLOWED } from './fieldProblem.ts'
import { parseScenario } from './parse.ts'
import { setFields } from './set.ts'
import { pheromoneField } from './presets/pheromoneField.ts'
import { physarum } from './presets/physarum.ts'

const error = (scenario: Parameters<typeof setFields>[0], ...set: string[]): string => {
  const result = setFields(scenario, set)
  return result.ok ? 'fine' : result.error
}

describe('a field past its stability limit', () => {
  const field = pheromoneField.scenario

  it('has the limits of the schemes themselves', () => expect(ALLOWED).toEqual(COURANT_MAX))

  it.each([
    ['fivePoint', 'diffusion', 0.25],
    ['ninePoint', 'diffusion', 0.375],
    ['ninePoint', 'alarmDiffusion', 0.375],
  ])('%s: %s is refused above %d with field, value and bound', (scheme, param, most) => {
    const set = (value: number): string =>
      error(field, `space.params.scheme=${scheme}`, 'space.params.alarmDiffusion=0.1', `space.params.${param}=${value}`)
    expect(set(most)).toBe('fine')
    expect(set(1.02 * most)).toBe(
      `space.params.${param}: ${1.02 * most} is above ${most}, the stability limit of ${scheme}`,
    )
  })

  it('the limit goes with the square of a cell, and shrinks where evaporation acts at the same time', () => {
    expect(error(field, 'space.cell=2', 'space.params.diffusion=1.5')).toBe('fine')
    expect(error(field, 'space.cell=0.5', 'space.params.diffusion=0.1')).toMatch(
      /^space.params.diffusion: 0.1 is above/,
    )
    const together = ['space.params.order=together', 'space.params.alarmDiffusion=0.1']
    const fades = [...together, 'space.params.evaporation=0.5']
    expect(error(field, ...together, 'space.params.diffusion=0.3')).toBe('fine')
    expect(error(field, ...fades, 'space.params.diffusion=0.3')).toMatch(/above 0.28125, the stability limit/)
  })

  it('runs where somebody asks to see it, and NetLogo’s shares have no limit but 1', () => {
    expect(error(field, 'space.params.pastLimit=allowed', 'space.params.diffusion=9')).toBe('fine')
    expect(error(field, 'space.params.scheme=netLogo', 'space.params.diffusion=9', 'space.params.share=1')).toBe('fine')
    expect(error(field, 'space.params.share=1.1')).toBe('space.params.share: 1.1 is outside 0..1')
  })

  it('evaporation is a share: negative, or more than all, is refused', () => {
    for (const value of [-0.01, 1.01])
      expect(error(field, `space.params.evaporation=${value}`)).toBe(
        `space.params.evaporation: ${value} is outside 0..1`,
      )
  })

  it('also in mid-run', () => {
    const asked = (value: number) =>
      parseScenario({
        ...field,
        faults: [{ at: 1, op: 'set', agent: 'all', program: 'space', param: 'diffusion', value }],
      })
    expect(asked(0.3)).toMatchObject({ ok: true })
    expect(asked(0.4)).toMatchObject({
      ok: false,
      error: 'faults[0].value: 0.4 is above 0.375, the stability limit of ninePoint',
    })
  })
})

describe('a slime mould', () => {
  it('has at most as many agents as cells', () => {
    const crowded = (agents: number): string =>
      error(physarum.scenario, `swarm.agents=${agents}`, 'faults=[]', 'space.width=20', 'space.height=40')
    expect(crowded(800)).toBe('fine')
    expect(crowded(801)).toBe('swarm.agents: 801 is above 800, the cells of the world')
  })

  it('smells at most half the world', () => {
    expect(error(physarum.scenario, 'space.params.sensorOffset=101')).toMatch(
      /^space.params.sensorOffset: 101 is outside/,
    )
  })
})
