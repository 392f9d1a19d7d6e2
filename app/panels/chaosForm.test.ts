import { describe, expect, it } from 'vitest'
import { chaosOf, CHAOS_PROFILES } from '../../engine/scenario/chaosProfiles.ts'
import { parseLog, parseScenario } from '../../engine/scenario/parse.ts'
import { PRESETS } from '../../engine/scenario/presets/index.ts'
import {
  firstDraft,
  fromNow,
  kindLabel,
  kindsOf,
  outlookOf,
  scalesOf,
  withFrom,
  withTo,
  withWeight,
} from './chaosForm.ts'

const lan = PRESETS.find(({ scenario }) => scenario.name === 'raft-lan')!.scenario
const draft = firstDraft(lan)

describe('the chaos panel’s draft', () => {
  it('begins with the run’s own chaos, else with crashes', () => {
    expect(draft).toEqual(chaosOf(CHAOS_PROFILES[2]!, lan))
    const chaos = chaosOf(CHAOS_PROFILES[0]!, lan)
    expect(firstDraft({ ...lan, chaos })).toBe(chaos)
  })
  it('shows what it would do before it does it, and whether the run has it already', () => {
    const before = outlookOf(lan, draft)
    expect(before.applied).toBe(false)
    expect(before.faults.length).toBeGreaterThan(0)
    expect(outlookOf({ ...lan, chaos: { ...draft } }, draft)).toEqual({ ...before, applied: true })
  })
  it('offers the kinds that mean something here: nobody joins a group of fixed members', () => {
    const { on, off } = kindsOf(lan, draft)
    expect(on).toEqual(['crash', 'pause'])
    expect(off).not.toContain('join')
    expect(off.map(kindLabel)).toContain('Cut off')
  })
  it('a weight of 0 takes a kind out, but never the last', () => {
    const one = withWeight(draft, 'crash', 0)
    expect(one.weights).toEqual({ pause: 1 })
    expect(withWeight(one, 'pause', 0)).toBe(one)
    expect(withWeight(one, 'lose', 2).weights).toEqual({ pause: 1, lose: 2 })
  })
  it('begin and end stay in order', () => {
    expect(withFrom(draft, 5_500_000)).toMatchObject({ fromUs: 5_500_000, toUs: 5_500_001 })
    expect(withTo(draft, 0)).toMatchObject({ fromUs: 0, toUs: 1 })
  })
  it.each(PRESETS.map(({ scenario }) => [scenario.name, scenario] as const))(
    'every place of every slider is a scenario: %s',
    (_, scenario) => {
      const own = firstDraft(scenario)
      const scales = scalesOf(scenario, own)
      for (const x of [0, 0.1, 0.5, 1]) {
        const chaos = {
          ...withTo(withFrom(own, scales.timeUs.value(x / 2)), scales.timeUs.value(x)),
          ...{ perSecond: scales.perSecond.value(x), meanUs: scales.meanUs.value(x) },
          ...{ budget: scales.budget.value(x), pick: scales.pick.value(x) },
        }
        expect(parseScenario({ ...scenario, chaos })).toMatchObject({ ok: true })
      }
    },
  )
})

describe('chaos from now on', () => {
  it('adds its faults behind the log, after now, as long as the draft is', () => {
    const nowUs = 2_345_678.5
    const more = fromNow(lan, lan.faults, draft, nowUs)
    expect(more.length).toBeGreaterThan(0)
    for (const { at } of more) {
      expect(at).toBeGreaterThan(nowUs)
      expect(at).toBeLessThan(nowUs + 1 + (draft.toUs - draft.fromUs))
    }
    expect(parseLog([...lan.faults, ...more], lan)).toMatchObject({ ok: true })
  })
  it('draws anew at another moment, and the same at the same one', () => {
    const at = (us: number) => fromNow(lan, lan.faults, draft, us).map(({ at: time, ...rest }) => [time - us, rest])
    expect(at(1_000_000)).toEqual(at(1_000_000))
    expect(at(1_000_000)).not.toEqual(at(2_000_000))
  })
})
