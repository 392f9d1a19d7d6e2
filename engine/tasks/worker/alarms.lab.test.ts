import { describe, expect, it } from 'vitest'
import type { Mark } from '../../agents/Program.ts'
import { micros } from '../../kernel/units.ts'
import { LocalRun } from '../../LocalRun.ts'
import '../../programs.ts'
import { swarmReading, type Reading } from '../../resources/ResourceMonitor.ts'
import { parseScenario } from '../../scenario/parse.ts'
import type { Command } from '../../scenario/Scenario.ts'
import type { Worker } from './workerState.ts'

/** One distributor, agent 0, and four workers, of whom the last is ten times slower than the others. */
function run(worker: object, faults: readonly Command[] = [], strategy = 'round-robin', network: object = {}) {
  const scenario = parseScenario({
    ...{ swarm: { agents: 5 }, faults, network: { latency: { kind: 'constant', us: 2_000 }, ...network } },
    tasks: { workload: { perSecond: 200, meanUs: 5_000 } },
    programs: [
      { kind: 'distributor', on: { first: 1 }, params: { strategy, leaseUs: 60_000_000, window: 10_000 } },
      { kind: 'worker', on: { last: 4 }, params: { speeds: [1, 1, 1, 0.1], queueMax: 100, ...worker } },
    ],
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const local = new LocalRun(scenario.value)
  const marks: Mark[] = []
  return {
    marks,
    to(untilUs: number): readonly Worker[] {
      local.runTo(micros(untilUs))
      marks.push(...local.takeMarks())
      const agents = local.shards.flatMap((shard) => [...shard.agents.values()]).sort((a, b) => a.id - b.id)
      return agents.slice(1).map(({ programs }) => programs[0]!.state as Worker)
    },
  }
}
const SLOW = 4
const ALARMS = { alarmAt: 0.5, clearAt: 0.2 }
const of = (marks: readonly Mark[], kind: string, agent?: number): Mark[] =>
  marks.filter(({ body, agent: by }) => body.kind === kind && (agent === undefined || by === agent))
const assignedTo = (marks: readonly Mark[], to: number): number =>
  of(marks, 'assigned').filter(({ body }) => body['to'] === to).length

describe('alarms of workers', () => {
  it('an overloaded worker gets less, and what it did not get is done by others', () => {
    const without = run({})
    without.to(10_000_000)
    const spared = run(ALARMS)
    const states = spared.to(10_000_000)
    expect(assignedTo(without.marks, SLOW)).toBeGreaterThan(1.5 * assignedTo(spared.marks, SLOW))
    expect(of(without.marks, 'alarm')).toEqual([])
    expect(of(spared.marks, 'alarm').map(({ agent }) => agent)).toContain(SLOW)
    expect(Math.max(...states.map(({ holding }) => holding.size))).toBeLessThan(100)
    const done = (marks: readonly Mark[]): number => of(marks, 'done').length
    expect(done(spared.marks)).toBeGreaterThan(done(without.marks))
  })
  it('is heard a link’s delay later, and no task goes to the worker from then on until it clears', () => {
    const { marks, to } = run(ALARMS)
    to(10_000_000)
    const [alarm] = of(marks, 'alarm', SLOW)
    const clear = of(marks, 'clear', SLOW)[0]!
    const times = of(marks, 'assigned').filter(({ body }) => body['to'] === SLOW)
    const [from, until] = [alarm!.key.time + 2_000, clear.key.time + 2_000]
    expect(times.filter(({ key }) => from < key.time && key.time < until)).toEqual([])
    expect(times.some(({ key }) => key.time > until)).toBe(true)
    expect(alarm!.body['value']).toBeGreaterThanOrEqual(ALARMS.alarmAt)
    expect(clear.body['value']).toBeLessThanOrEqual(ALARMS.clearAt)
  })
  it('one that is lost is said again with the next report', () => {
    const { marks, to } = run(ALARMS, [], 'round-robin', { loss: 0.3 })
    to(20_000_000)
    const cleared = of(marks, 'clear', SLOW)
    expect(cleared.length).toBeGreaterThan(1)
    const after = of(marks, 'assigned').filter(({ body }) => body['to'] === SLOW)
    expect(after.some(({ key }) => key.time > cleared[0]!.key.time)).toBe(true)
  })
  it('is taken back where alarms are switched off, or where the worker starts anew', () => {
    const off: Command = { at: 6_000_000, op: 'set', agent: 'all', program: 'worker', param: 'alarmAt', value: 0 }
    const switched = run(ALARMS, [off])
    expect(switched.to(5_999_000)[SLOW - 1]!.monitor!.alarmed).toBe(true)
    expect(switched.to(8_000_000)[SLOW - 1]!.monitor).toBeNull()
    const crash: Command = { at: 6_000_000, op: 'crash', agent: SLOW, forUs: 100_000 }
    const restarted = run(ALARMS, [crash])
    restarted.to(8_000_000)
    for (const { marks } of [switched, restarted])
      expect(of(marks, 'assigned').some(({ key, body }) => body['to'] === SLOW && key.time > 6_110_000)).toBe(true)
  })
  it('the swarm’s figures are the sums of what the workers say', () => {
    const { marks, to } = run({ ...ALARMS, alarmAt: 1 })
    const states = to(10_000_000)
    const latest = [1, 2, 3, SLOW].map((agent) => of(marks, 'reading', agent).at(-1)!.body as unknown as Reading)
    const swarm = swarmReading(latest)
    expect(swarm.queue).toBe(latest.reduce((sum, { queue }) => sum + queue, 0))
    // Averages over 200 ms, up to 200 ms old.
    const waiting = states.reduce((sum, { holding }) => sum + Math.max(0, holding.size - 1), 0)
    expect(Math.abs(swarm.queue - waiting)).toBeLessThan(0.1 * waiting)
    expect(latest[SLOW - 1]!.utilisation).toBeCloseTo(1, 3)
    expect(swarm.utilisation).toBeLessThan(0.8)
    expect([swarm.agents, swarm.alarms]).toEqual([4, latest.filter(({ alarmed }) => alarmed).length])
  })
  it('costs nothing while it is off: no monitor, no timer, no message more', () => {
    const states = run({}).to(1_000_000)
    expect(states.map(({ monitor }) => monitor)).toEqual([null, null, null, null])
  })
})
