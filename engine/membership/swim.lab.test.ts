import { describe, expect, it } from 'vitest'
import type { Mark } from '../agents/Program.ts'
import { STATUS_CODE } from '../agents/agentState.ts'
import { settling } from '../checks/claims/membershipMeasure.ts'
import type { ClaimRun } from '../checks/claims/Claim.ts'
import { checkContext } from '../checkContext.ts'
import { micros } from '../kernel/units.ts'
import { LocalRun } from '../LocalRun.ts'
import { Observer } from '../Observer.ts'
import { initialLog } from '../scenario/initialLog.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Command, Scenario } from '../scenario/Scenario.ts'
import { isLive, statusOf } from './members.ts'
import type { Swim } from './swimState.ts'

const PERIOD_US = 200_000
const SECOND = 1_000_000

function scenario(agents: number, faults: readonly Command[], more: object = {}): Scenario {
  const parsed = parseScenario({
    name: 'swim-test',
    swarm: { agents },
    untilUs: 60 * SECOND,
    digestEveryUs: 5 * SECOND,
    network: { latency: { kind: 'uniform', minUs: 2_000, maxUs: 12_000 } },
    programs: [{ kind: 'swim', params: { periodUs: PERIOD_US, ackTimeoutUs: 40_000, verbose: true } }],
    faults,
    ...more,
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

interface Outcome {
  readonly run: LocalRun
  readonly marks: readonly Mark[]
  readonly violated: readonly string[]
}

function play(of: Scenario, seconds: number, shards = 1): Outcome {
  const run = new LocalRun(of, { shards })
  const observer = new Observer(of.checks, checkContext(of, initialLog(of)))
  run.runTo(micros(seconds * SECOND))
  observer.take(run.takeMarks(), run.clock)
  const violated = observer.status().flatMap(({ ok, name }) => (ok ? [] : [name]))
  return { run, marks: observer.marks, violated }
}

/** What observers are wrong about, by the states themselves. */
function mistakes({ run }: Outcome): string[] {
  const agents = run.shards.flatMap((shard) => [...shard.agents.values()])
  const up = agents.filter(({ status }) => status === STATUS_CODE.up)
  const ids = new Set(up.map(({ id }) => id))
  const count = run.shards[0]!.world.state.registry.count
  return up.flatMap(({ id, programs }) => {
    const { members } = programs[0]!.state as Swim
    return Array.from({ length: count }, (_, other) => other as typeof id)
      .filter((other) => other !== id && isLive(statusOf(members, other)) !== ids.has(other))
      .map((other) => `${id} about ${other}`)
  })
}
const kinds = ({ marks }: Outcome, kind: string): readonly Mark[] => marks.filter(({ body }) => body.kind === kind)

describe('SWIM in the lab', () => {
  it('greets newcomers by one member and lets everybody else hear of them', () => {
    const outcome = play(
      scenario(20, [
        { at: 2 * SECOND, op: 'crash', agent: 4 },
        { at: 8 * SECOND, op: 'join' },
        { at: 8 * SECOND + 100, op: 'join' },
        { at: 9 * SECOND, op: 'leave', agent: 20 },
      ]),
      20,
    )
    expect(mistakes(outcome)).toEqual([])
    expect(kinds(outcome, 'discovered').map(({ body }) => body['of'])).toEqual([20, 21])
    // The newcomer is told at once that agent 4, which it was to take for a member, is none.
    const told = outcome.marks.filter(({ agent, body }) => agent === 21 && body['of'] === 4)
    expect(told[0]!.body).toMatchObject({ kind: 'heard', status: 'dead' })
    expect(told[0]!.key.time).toBeLessThan(8 * SECOND + PERIOD_US)
    expect(outcome.violated).toEqual([])
  })

  it('asks another member when the first cannot answer', () => {
    // Nobody but agent 0 is there to introduce the newcomer, and it knows of five.
    const faults = [1, 2, 3, 4].map((agent): Command => ({ at: SECOND, op: 'crash', agent }))
    const outcome = play(scenario(5, [...faults, { at: SECOND + 10, op: 'join' }]), 30)
    const welcomes = kinds(outcome, 'welcomed').filter(({ agent }) => agent === 5)
    expect(welcomes.map(({ body }) => body['by'])).toEqual([0])
    expect(mistakes(outcome)).toEqual([])
  })

  it('finds who offers what was said of agents one by one, and forgets nobody at a restart', () => {
    const set = (at: number, agent: number, ...value: string[]): Command => ({
      ...{ at, op: 'set', agent, program: 'swim', param: 'offers', value },
    })
    const find = (at: number, agent: number): Command => ({
      ...{ at, op: 'propose', agent, program: 'swim', value: { find: 'camera', limit: 9 } },
    })
    const outcome = play(
      scenario(12, [
        set(SECOND, 7, 'camera'),
        set(SECOND, 9, 'camera', 'lamp'),
        find(6 * SECOND, 3),
        { at: 7 * SECOND, op: 'crash', agent: 7, forUs: 300_000 },
        set(8 * SECOND, 9, 'lamp'),
        find(14 * SECOND, 3),
      ]),
      15,
    )
    expect(kinds(outcome, 'found').map(({ body }) => body['agents'])).toEqual([[7, 9], [7]])
    expect(mistakes(outcome)).toEqual([])
  })

  it('has marks that tell the views: what claims measure is what the states say', () => {
    for (const seed of [1, 2, 3]) {
      const weights = { crash: 2, join: 2, leave: 1 }
      const chaos = { weights, perSecond: 2, fromUs: SECOND, toUs: 8 * SECOND, meanUs: 2 * SECOND }
      const of = scenario(15, [{ at: SECOND, op: 'join' }], { chaos, seed })
      for (const seconds of [3, 6, 9, 12]) {
        const outcome = play(of, seconds)
        const { wrong } = settling({ ...outcome, scenario: of, untilUs: seconds * SECOND } as unknown as ClaimRun)
        expect(wrong).toBe(mistakes(outcome).length)
      }
    }
  })

  it.each([1, 2, 3, 4, 5, 6])(
    'seed %i: after every kind of trouble all views agree, on any number of shards',
    (seed) => {
      const weights = {
        ...{ crash: 2, pause: 2, slow: 1, partition: 2, cut: 2, delay: 1, lose: 2, duplicate: 1, reorder: 1 },
        ...{ corrupt: 1, clock: 1, join: 2, leave: 1 },
      }
      const chaos = {
        weights,
        perSecond: 2,
        fromUs: SECOND,
        toUs: 15 * SECOND,
        meanUs: 3 * SECOND,
        budget: 'unlimited',
      }
      const of = scenario(16, [], { chaos, seed })
      const outcome = play(of, 55)
      expect(mistakes(outcome)).toEqual([])
      expect(outcome.violated).toEqual([])
      expect(play(of, 55, 3).run.digestText()).toBe(outcome.run.digestText())
    },
  )

  it('10,000 members keep two numbers of each other, not 10⁸ rows', () => {
    const of = scenario(10_000, [], { digestEveryUs: 60 * SECOND })
    const outcome = play(of, 1)
    for (const { programs } of outcome.run.shards[0]!.agents.values()) {
      const { members } = programs[0]!.state as Swim
      expect(members.founders).toEqual([0, 10_000])
      expect(members.rows).toEqual([])
    }
    expect(kinds(outcome, 'suspected')).toEqual([])
  })
})
