import { describe, expect, it } from 'vitest'
import { LocalRun } from '../LocalRun.ts'
import type { Mark } from '../agents/Program.ts'
import { micros } from '../kernel/units.ts'
import { knowPrograms } from '../programRegistry.ts'
import { PROGRAM_DEFAULTS } from '../scenario/defaults.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Command } from '../scenario/Scenario.ts'
import { aimd, type Aimd } from './aimd.ts'
import { AIMD_DEFAULTS } from './aimdState.ts'

knowPrograms([aimd])

function run(agents: number, params: object, untilUs: number, faults: readonly Command[] = [], network: object = {}) {
  const scenario = parseScenario({
    ...{ swarm: { agents }, faults, programs: [{ kind: 'aimd', params }] },
    network: { latency: { kind: 'constant', us: 5_000 }, ...network },
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const local = new LocalRun(scenario.value)
  local.runTo(micros(untilUs))
  const marks = local.takeMarks()
  const states = local.shards.flatMap((shard) => [...shard.agents.values()])
  return { marks, rates: states.flatMap(({ programs }) => (programs[0]!.state as Aimd).flow?.rate ?? []) }
}
/** By event, what each flow sent just before it slowed down. */
function before(marks: readonly Mark[]): number[][] {
  const events: number[][] = []
  for (const { agent, body } of marks)
    if (body.kind === 'cut') (events[(body['event'] as number) - 1] ??= [])[agent - 1] = body['from'] as number
  return events
}
const differences = (marks: readonly Mark[]): number[] => before(marks).map(([a, b]) => Math.abs(a! - b!))

describe('aimd', () => {
  it('has the parameters that scenario/ gives as its defaults', () => {
    expect(PROGRAM_DEFAULTS.aimd.params).toEqual(AIMD_DEFAULTS)
  })
  it('multiplies the difference of two flows by β at every signal, exactly (Chiu and Jain 1989)', () => {
    for (const beta of [0.5, 0.75]) {
      const gaps = differences(run(3, { beta }, 30_000_000).marks)
      expect(gaps.length).toBeGreaterThan(8)
      for (const [k, gap] of gaps.entries()) expect(gap).toBe(60 * beta ** k)
    }
  })
  it('subtracting keeps the difference, and multiplying both ways keeps the ratio', () => {
    const subtracted = differences(run(3, { decrease: 'subtract', minus: 5 }, 30_000_000).marks)
    expect(subtracted.length).toBeGreaterThan(5)
    for (const gap of subtracted) expect(gap).toBe(60)
    const multiplied = before(run(3, { increase: 'multiply' }, 30_000_000).marks)
    expect(multiplied.length).toBeGreaterThan(5)
    for (const [a, b] of multiplied) expect(a! / b!).toBeCloseTo(7, 9)
  })
  it('any number of flows come together, wherever they began', () => {
    const { rates } = run(9, { rates: [90, 1, 40, 3], perSecond: 300 }, 60_000_000)
    expect(Math.max(...rates) - Math.min(...rates)).toBeLessThan(0.5)
  })
  it('where only the sender of a packet that met the queue is told, they still share evenly in the long run', () => {
    const { marks } = run(4, { signals: 'sender', rates: [80, 5] }, 120_000_000)
    const shares = marks.filter(({ body }) => body.kind === 'shares').slice(30)
    const passed = [0, 1, 2].map((flow) =>
      shares.reduce((sum, { body }) => sum + (body['passed'] as number[])[flow]!, 0),
    )
    for (const count of passed) expect(count / (passed[0]! + passed[1]! + passed[2]!)).toBeCloseTo(1 / 3, 1)
  })
  it('a flow that restarts with its first rate is even with the others some signals later', () => {
    const faults: Command[] = [{ at: 10_000_000, op: 'crash', agent: 1, forUs: 100_000 }]
    const soon = run(3, {}, 10_200_000, faults).rates
    expect(Math.abs(soon[0]! - soon[1]!)).toBeGreaterThan(10)
    const later = run(3, {}, 40_000_000, faults).rates
    expect(Math.abs(later[0]! - later[1]!)).toBeLessThan(0.2)
  })
  it('a flow that joins is told as well, and gets its share', () => {
    const { rates } = run(3, { perSecond: 150 }, 40_000_000, [{ at: 5_000_000, op: 'join' }])
    expect(rates).toHaveLength(3)
    expect(Math.max(...rates) - Math.min(...rates)).toBeLessThan(1)
  })
  it('a signal that comes twice, or is overtaken, slows a flow down once', () => {
    const twice = run(3, {}, 30_000_000, [], { duplicate: 1 })
    const cuts = twice.marks.filter(({ agent, body }) => agent === 1 && body.kind === 'cut')
    const events = cuts.map(({ body }) => body['event'])
    expect(new Set(events).size).toBe(events.length)
  })
  it('without signals flows go up to their own limit, and what the queue has no room for is dropped', () => {
    const { marks, rates } = run(3, { signalAt: 100, queueMax: 20, rateMax: 120 }, 20_000_000)
    expect(rates).toEqual([120, 120])
    const last = marks.filter(({ body }) => body.kind === 'shares').at(-1)!.body
    const passed = (last['passed'] as number[]).reduce((a, b) => a + b)
    expect(passed).toBe(100)
    expect(last['dropped']).toBeGreaterThan(130)
  })
})
