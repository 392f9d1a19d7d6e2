import { describe, expect, it } from 'vitest'
import { FAULT_KINDS } from '../../engine/faults/index.ts'
import { parseCommand } from '../../engine/scenario/parse.ts'
import { PRESETS } from '../../engine/scenario/presets/index.ts'
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

const around = { selected: 40, leads: true, groups: ['Washington DC', 'London'], groupOf: () => 1 }

describe('fault form', () => {
  it('starts every fault of the palette with values that the scenario’s own door accepts', () => {
    const { scenario } = PRESETS[0]!
    for (const kind of FAULT_KINDS) {
      const op = buildOp(kind, startValues(kind, around))
      expect(parseCommand({ at: 1_000_000, ...op }, scenario), kind.op).toMatchObject({ ok: true })
    }
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
    ]
    for (const command of log) {
      const kind = FAULT_KINDS.find((k) => k.op === command.op)!
      expect(withValues(kind, command, valuesOf(kind, command))).toEqual(command)
    }
  })
  it('offers a control for every kind of argument, and says each value in words', () => {
    const kinds = new Set(FAULT_KINDS.flatMap((k) => k.args.map((arg) => arg.kind)))
    expect([...kinds].sort()).toEqual(['agent', 'factor', 'flag', 'percent', 'probability', 'set', 'signedUs', 'us'])
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
        if (arg.kind === 'agent' || arg.kind === 'set' || arg.kind === 'flag') continue
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
