import { describe, expect, it } from 'vitest'
import { compileChaos } from './chaos.ts'
import { CHAOS_KINDS } from './names.ts'
import { parseScenario } from './parse.ts'
import { presetNamed } from './presets/index.ts'
import type { ChaosSpec, Command, Scenario } from './Scenario.ts'

const lan = presetNamed('raft-lan')!.scenario
const bodies = (): Scenario => {
  const space = { kind: 'field', width: 60, height: 40 }
  const parsed = parseScenario({ name: 'bodies', swarm: { agents: 30 }, space })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}
const BODIES = [bodies()]

const lots = (chaos: Partial<ChaosSpec>, scenario: Scenario): readonly Command[] =>
  compileChaos({
    ...{ ...scenario, seed: 1, faults: [] },
    chaos: {
      ...{ weights: { lose: 1 }, pick: 1, perSecond: 50, fromUs: 0, toUs: 15_000_000 },
      ...{ meanUs: 400_000, budget: 'unlimited', ...chaos },
    },
  })

describe('chaos on the ground that bodies move over', () => {
  it('moves the ground where there is one, and only there', () => {
    const weights = { afflict: 1, obstacle: 1, wind: 1 }
    const kinds = (scenario: Scenario, budget: ChaosSpec['budget']): string[] =>
      [...new Set(lots({ weights, budget }, scenario).map(({ op }) => op))].sort()
    expect(kinds(lan, 'unlimited')).toEqual([])
    expect(kinds(BODIES[0]!, 'unlimited')).toEqual(['afflict', 'obstacle', 'wind'])
    expect(kinds(BODIES[0]!, 'tolerated')).toEqual(['afflict', 'obstacle', 'wind'])
    expect(kinds(BODIES[0]!, 0)).toEqual(['obstacle', 'wind'])
  })
  it('spoils no messages and no clocks of bodies that run nothing', () => {
    const weights = Object.fromEntries(CHAOS_KINDS.map((kind) => [kind, 1]))
    const kinds = new Set(lots({ weights }, BODIES[0]!).map(({ op }) => op))
    expect([...kinds].sort()).toEqual(['afflict', 'crash', 'join', 'leave', 'obstacle', 'pause', 'wind'])
  })
})
