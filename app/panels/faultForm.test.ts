import { describe, expect, it } from 'vitest'
import { FAULT_KINDS } from '../../engine/faults/index.ts'
import { parseCommand } from '../../engine/scenario/parse.ts'
import { presetNamed, PRESETS } from '../../engine/scenario/presets/index.ts'
import type { Command } from '../../engine/scenario/Scenario.ts'
import {
  buildOp,
  scaleOf,
  setToken,
  startValues,
  tokenSet,
  valuesOf,
  valueText,
  withValues,
  type NumberArg,
} from './faultForm.ts'
import { firstDisc, firstWind, modeOf, radiusScale, WHOM_MODES, whomOf, windScale, worldOf } from './spaceForm.ts'

const around = { selected: 40, leads: true, groups: ['Washington DC', 'London'], groupOf: () => 1, world: null }
const flat = presetNamed('double-bridge')!.scenario
const deep = { ...flat, space: { ...flat.space!, dimensions: 3 as const, depth: 30 } }
const inWorld = { ...around, selected: null, world: worldOf(flat) }

describe('fault form', () => {
  it('starts every fault of the palette with values that the scenario’s own door accepts', () => {
    const { scenario } = PRESETS[0]!
    for (const kind of FAULT_KINDS) {
      const isSpatial = kind.needs === 'space'
      const op = buildOp(kind, startValues(kind, isSpatial ? inWorld : around))
      expect(parseCommand({ at: 1_000_000, ...op }, isSpatial ? flat : scenario), kind.op).toMatchObject({ ok: true })
    }
  })
  it('starts places in the middle of the world, also of a deep one, and hits the selected body', () => {
    const world = worldOf(deep)!
    expect(firstDisc(world)).toEqual({ x: 50, y: 28, z: 15, radius: 2.5 })
    expect(Object.keys(firstWind(world))).toEqual(['x', 'y', 'z'])
    const harm = FAULT_KINDS.find((k) => k.op === 'afflict')!
    expect(startValues(harm, { ...inWorld, selected: 7 })).toMatchObject({ effect: 'kill', whom: { agents: [7] } })
    expect(buildOp(harm, startValues(harm, inWorld))).toEqual({ op: 'afflict', effect: 'kill', whom: { share: 0.2 } })
  })
  it('keeps every disc and every wind of its sliders inside what a command may hold', () => {
    const world = worldOf(flat)!
    for (const x of [0, 0.5, 1]) {
      const disc = { ...firstDisc(world), radius: radiusScale(world).value(x) }
      const wind = { x: windScale(world).value(x), y: 0 }
      for (const op of [
        { op: 'obstacle', disc },
        { op: 'wind', ...wind },
      ])
        expect(parseCommand({ at: 1, ...op }, flat)).toMatchObject({ ok: true })
    }
  })
  it('has three ways to say whom', () => {
    for (const mode of WHOM_MODES) expect(modeOf(whomOf(mode, worldOf(flat)!, 3))).toBe(mode)
  })
  it('aims at the selected agent, or at the leader where nobody is selected', () => {
    const crash = FAULT_KINDS.find((k) => k.op === 'crash')!
    expect(startValues(crash, around)).toMatchObject({ agent: 40 })
    expect(startValues(crash, { ...around, selected: null })).toMatchObject({ agent: 'leader' })
  })
  it('aims at an agent by number where nobody can lead', () => {
    const crash = FAULT_KINDS.find((k) => k.op === 'crash')!
    expect(startValues(crash, { ...around, selected: null, leads: false })).toMatchObject({ agent: 0 })
  })
  it('shows a command of the log and writes it back unchanged, also what the form does not ask for', () => {
    const log: Command[] = [
      { at: 5, op: 'crash', agent: 3 },
      { at: 5, op: 'lose', probability: 0.25, from: 'all', to: { group: 1 }, kind: 'append', forUs: 70_000 },
      { at: 5, op: 'clock', agent: 'leader', offsetUs: -20_000, driftPpm: 50 },
      { at: 5, op: 'disk', agent: 2, factor: 4, forgets: true, forUs: 1_000_000 },
      { at: 5, op: 'afflict', effect: 'deaf', whom: { disc: { x: 1, y: 2, radius: 3 } }, forUs: 9 },
      { at: 5, op: 'obstacle', disc: { x: 1, y: 2, z: 4, radius: 3 } },
      { at: 5, op: 'wind', x: 1, y: -2, z: 3, forUs: 9 },
      { at: 5, op: 'wind', x: 1, y: -2 },
    ]
    for (const command of log) {
      const kind = FAULT_KINDS.find((k) => k.op === command.op)!
      expect(withValues(kind, command, valuesOf(kind, command))).toEqual(command)
    }
  })
  it('offers a control for every kind of argument, and says each value in words', () => {
    const kinds = new Set(FAULT_KINDS.flatMap((k) => k.args.map((arg) => arg.kind)))
    expect([...kinds].sort()).toEqual([
      'agent',
      'factor',
      'flag',
      'percent',
      'place',
      'probability',
      'set',
      'signedUs',
      'us',
      'vector',
      'whom',
      'word',
    ])
    const clock = FAULT_KINDS.find((k) => k.op === 'clock')!
    const [jump, drift] = [clock.args[1] as NumberArg, clock.args[2] as NumberArg]
    expect([-1_500_000, 0, 20_000].map((v) => valueText(jump, v))).toEqual(['1.5 s back', 'none', '20 ms ahead'])
    expect([-100_000, 0, 50].map((v) => valueText(drift, v))).toEqual(['−10 %', 'runs true', '0.005 %'])
  })
  it('leaves out the end of a fault that has none', () => {
    const crash = FAULT_KINDS.find((k) => k.op === 'crash')!
    expect(buildOp(crash, { agent: 3, forUs: 0 })).toEqual({ op: 'crash', agent: 3 })
    expect(buildOp(crash, { agent: 3, forUs: 500 })).toEqual({ op: 'crash', agent: 3, forUs: 500 })
  })
  it('keeps what a slider says within a hundredth of the scale, and the far left of a duration means no end', () => {
    for (const kind of FAULT_KINDS)
      for (const arg of kind.args) {
        if (!('min' in arg)) continue
        const scale = scaleOf(arg)
        for (const x of [0, 0.1, 0.3, 0.5, 0.9, 1]) expect(scale.position(scale.value(x))).toBeCloseTo(x, 1)
        if (arg.name === 'forUs') expect(scale.value(0)).toBe(0)
      }
  })
  it('writes every agent set as one word and reads it back', () => {
    for (const set of [7, 'leader', 'all', { group: 2 }, [1, 2, 3]] as const)
      expect(tokenSet(setToken(set))).toEqual(set)
  })
})
