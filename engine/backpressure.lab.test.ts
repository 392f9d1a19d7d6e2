import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CREDITED as HOST_CREDITED } from './agents/AgentHost.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { CREDITED } from './net/Packet.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Command } from './scenario/Scenario.ts'

/** `count` messages from agent 0 to agent 1, all at the same time, over one link of 1 ms. */
function burst(count: number, network: object, swarm: object = {}, more: readonly object[] = [], shards = 1): LocalRun {
  const value = { op: 'direct', to: 1, body: 'x' }
  const parsed = parseScenario({
    untilUs: 10_000_000,
    digestEveryUs: 10_000,
    swarm: { agents: 2, ...swarm },
    network: { latency: { kind: 'constant', us: 1_000 }, ...network },
    programs: [{ kind: 'bus' }],
    faults: [
      ...Array.from({ length: count }, () => ({ at: 0, op: 'propose', agent: 0, program: 'bus', value })),
      ...more,
    ],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return new LocalRun(parsed.value, { shards })
}

/** When agent 1 handled each message, µs. */
const heardAt = (run: LocalRun, untilUs: number): number[] => {
  run.runTo(micros(untilUs))
  return run
    .takeMarks()
    .filter(({ body }) => body.kind === 'heard')
    .map(({ key }) => key.time)
}

const underWay = (run: LocalRun): number[] => run.shards[0]!.network.links.rows().map((row) => row[5]!)

describe('a link with credits', () => {
  it('never has more under way than its credits, and loses nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 }), (credits, count) => {
        const run = burst(count, { credits })
        let most = 0
        while (run.clock < 400_000) {
          run.runTo(micros(run.clock + 500))
          most = Math.max(most, ...underWay(run))
        }
        const heard = run.takeMarks().filter(({ body }) => body.kind === 'heard').length
        expect(most).toBe(Math.min(credits, count))
        expect(heard).toBe(count)
        expect(underWay(run).every((n) => n === 0)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('lets N messages through a round trip: one waits until the credit of the one before is back', () => {
    const times = heardAt(burst(6, { credits: 2 }), 100_000)
    expect(times.map((t) => Math.floor(t / 1_000))).toEqual([1, 1, 3, 3, 5, 5])
  })

  it('gets its credits back where messages are lost, damaged or find nobody, after a time-out', () => {
    const crash: Command = { at: 1_500, op: 'crash', agent: 1, forUs: 300_000 }
    for (const network of [{ loss: 0.5 }, { corrupt: 0.5 }, {}]) {
      const run = burst(40, { credits: 3, ...network }, {}, 'loss' in network || 'corrupt' in network ? [] : [crash])
      run.runTo(micros(5_000_000))
      expect(underWay(run).every((n) => n === 0)).toBe(true)
      expect(run.shards[0]!.network.queues.rows()).toEqual([])
    }
  })

  it('gets those of a crashed agent’s inbox back at the same time on every layout, though only a cut sends them', () => {
    const crash: Command = { at: 50_000, op: 'crash', agent: 1, forUs: 500_000 }
    const [one, two] = [1, 2].map((shards) => {
      const run = burst(8, { credits: 2 }, { serviceUs: 500_000 }, [crash], shards)
      run.runTo(micros(2_000_000))
      return run.digestPoints()
    })
    expect(two).toEqual(one)
  })

  it('refuses what would wait beyond the bound, instead of growing for ever', () => {
    const run = burst(50, { credits: 1 }, { inboxMax: 10 })
    const heard = heardAt(run, 1_000_000)
    expect(heard).toHaveLength(11)
    expect(run.shards[0]!.stats.losses).toBe(39)
  })

  it('counts the wait for a credit as queueing, not as link', () => {
    const run = burst(2, { credits: 1 })
    run.runTo(micros(100_000))
    const { queueUs, linkUs } = run.shards[0]!.stats
    expect(queueUs).toBe(2_000)
    expect(linkUs).toBe(2_000)
  })

  it('marks such arrivals the same way in the host and on the wire', () => {
    expect(HOST_CREDITED).toBe(CREDITED)
  })
})

describe('a link with a bandwidth', () => {
  it('takes the time of a message’s bytes, one message after another', () => {
    const times = heardAt(burst(5, { bytesPerSecond: 10_000 }), 1_000_000)
    const gaps = times.slice(1).map((t, i) => t - times[i]!)
    expect(new Set(gaps).size).toBe(1)
    // A header of 28 bytes and a body of a few more, at 100 µs a byte.
    expect(gaps[0]).toBeGreaterThan(2_800)
    expect(gaps[0]).toBeLessThan(6_000)
    expect(times[0]).toBe(1 + gaps[0]! + 1_000)
  })

  it('counts the wait for the line as queueing, not as link', () => {
    const run = burst(5, { bytesPerSecond: 10_000 })
    const times = heardAt(run, 1_000_000)
    const { queueUs, linkUs } = run.shards[0]!.stats
    expect(linkUs).toBe(5 * 1_000)
    // Each was sent at 1 µs.
    expect(queueUs + linkUs).toBe(times.reduce((sum, t) => sum + t - 1, 0))
  })

  it('delays nothing where it is unlimited', () => {
    expect(heardAt(burst(3, {}), 100_000).map((t) => Math.floor(t / 1_000))).toEqual([1, 1, 1])
  })
})

describe('service', () => {
  it('of a mean of 1 ms by Exp(1 ms): the mean gap of a busy agent is 1 ms (four standard errors)', () => {
    const times = heardAt(burst(900, {}, { serviceUs: 1_000, service: 'exponential', inboxMax: 1_000 }), 5_000_000)
    expect(times).toHaveLength(900)
    const mean = (times.at(-1)! - times[0]!) / 899
    expect(Math.abs(mean - 1_000)).toBeLessThan((4 * 1_000) / Math.sqrt(899))
  })
})
