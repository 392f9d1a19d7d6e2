import { describe, expect, it } from 'vitest'
import { FAULT_KINDS } from '../../engine/faults/index.ts'
import { parseCommand } from '../../engine/scenario/parse.ts'
import { PRESETS } from '../../engine/scenario/presets/index.ts'
import { buildOp, scaleOf, setToken, startValues, tokenSet } from './faultForm.ts'

const around = { selected: 40, groups: ['Washington DC', 'London'], groupOf: () => 1 }

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
  it('leaves out the end of a fault that has none', () => {
    const crash = FAULT_KINDS.find((k) => k.op === 'crash')!
    expect(buildOp(crash, { agent: 3, forUs: 0 })).toEqual({ op: 'crash', agent: 3 })
    expect(buildOp(crash, { agent: 3, forUs: 500 })).toEqual({ op: 'crash', agent: 3, forUs: 500 })
  })
  it('keeps what a slider says within a hundredth of the scale, and the far left of a duration means no end', () => {
    for (const kind of FAULT_KINDS)
      for (const arg of kind.args) {
        if (arg.kind === 'agent' || arg.kind === 'set') continue
        const scale = scaleOf(arg)
        for (const x of [0.1, 0.5, 1]) expect(scale.position(scale.value(x))).toBeCloseTo(x, 1)
        if (arg.name === 'forUs') expect(scale.value(0)).toBe(0)
      }
  })
  it('writes every agent set as one word and reads it back', () => {
    for (const set of [7, 'leader', 'all', { group: 2 }, [1, 2, 3]] as const)
      expect(tokenSet(setToken(set))).toEqual(set)
  })
})
