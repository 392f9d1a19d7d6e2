import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../../engine/scenario/presets/index.ts'
import type { Command, Scenario } from '../../../engine/scenario/Scenario.ts'
import { setFields } from '../../../engine/scenario/set.ts'
import { paramText } from '../../../engine/scenario/spaceTexts.ts'
import { titlesOf } from './titles.ts'

const base = presetNamed('raft-lan')!.scenario
const changed = (...sets: string[]): Scenario => {
  const set = setFields(base, sets)
  if (!set.ok) throw new Error(set.error)
  return set.value
}
const plain = (scenario: Scenario, log = scenario.faults) => ({ scenario, log })
const crash: Command = { at: 1_500_000, op: 'crash', agent: 2 }

describe('titlesOf', () => {
  it('says only what differs, of every set-up', () => {
    expect(titlesOf([plain(base), plain(changed('topology.kind=ring'))])).toEqual(['Topology: mesh', 'Topology: ring'])
    expect(titlesOf([plain(base), plain(changed('network.loss=0.05', 'seed=9'))])).toEqual([
      `Message loss: 0 %, seed ${base.seed}`,
      'Message loss: 5 %, seed 9',
    ])
  })

  it('says of the first all in which others differ from it, and of them only what is their own', () => {
    const three = [plain(base), plain(changed('topology.kind=ring')), plain(changed('network.loss=0.1'))]
    expect(titlesOf(three)).toEqual(['Topology: mesh, message loss: 0 %', 'Topology: ring', 'Message loss: 10 %'])
  })

  it('says parameters of what moves as their controls do, each model in its own words', () => {
    const swept = (name: string, param: string, value: number): readonly string[] => {
      const { scenario } = presetNamed(name)!
      const other = setFields(scenario, [`space.params.${param}=${value}`])
      return titlesOf([plain(scenario), plain(other.ok ? other.value : scenario)])
    }
    for (const [name, kind] of [
      ['boids', 'boids'],
      ['task-affinity', 'affinity'],
    ] as const) {
      const [label] = paramText(kind, 'vision')
      const [a, b] = swept(name, 'vision', 7.5)
      expect([a, b]).toEqual([expect.stringMatching(/: \d+ units$/), `${label}: 7.5 units`])
    }
  })

  it('names commands that one has and the first has not, and those taken away', () => {
    const [a, b] = titlesOf([plain(base), plain(base, [...base.faults, crash])])
    expect(a).toBe('As it is')
    expect(b).toMatch(/^With “.*crash.*” at 1\.5 s$/)
    expect(titlesOf([plain(base, [crash]), plain(base, [])])[1]).toBe('Without any fault')
  })

  it('calls equal set-ups equal, and other scenarios by their titles', () => {
    expect(titlesOf([plain(base), plain(base)])).toEqual(['As it is', 'The same'])
    const other = presetNamed('raft-partition')!.scenario
    expect(titlesOf([plain(base), plain(other)])).toEqual([base.title, other.title])
    const clicked = plain(base, [...base.faults, crash])
    expect(titlesOf([clicked, plain(changed('seed=9')), plain(other)])).toEqual([
      `${base.title}, seed ${base.seed}`,
      expect.stringMatching(/^Seed 9, without “/),
      other.title,
    ])
  })

  it('has words for a field without a control', () => {
    expect(titlesOf([plain(base), plain(changed('digestEveryUs=500000'))])[1]).toBe('DigestEveryUs: 500000')
  })
})
