import { describe, expect, it } from 'vitest'
import { LocalRun } from '../LocalRun.ts'
import type { Mark } from '../agents/Program.ts'
import { micros } from '../kernel/units.ts'
import { knowPrograms } from '../programRegistry.ts'
import { PROGRAM_DEFAULTS } from '../scenario/defaults.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Command } from '../scenario/Scenario.ts'
import { pipeline, PIPELINE_DEFAULTS, type Pipeline } from './pipeline.ts'

knowPrograms([pipeline])

function start(agents: number, params: object, faults: readonly Command[] = [], network: object = {}) {
  const scenario = parseScenario({
    ...{ swarm: { agents }, faults, programs: [{ kind: 'pipeline', params }] },
    network: { latency: { kind: 'constant', us: 100 }, ...network },
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const run = new LocalRun(scenario.value)
  const marks: Mark[] = []
  return {
    marks,
    to(untilUs: number): readonly Pipeline[] {
      run.runTo(micros(untilUs))
      marks.push(...run.takeMarks())
      const agents = run.shards.flatMap((shard) => [...shard.agents.values()])
      return agents.sort((a, b) => a.id - b.id).map(({ programs }) => programs[0]!.state as Pipeline)
    },
  }
}
const waiting = (stages: readonly Pipeline[]): number => stages.reduce((sum, { queue }) => sum + queue.length, 0)

describe('pipeline', () => {
  it('has the parameters that scenario/ gives as its defaults', () => {
    expect(PROGRAM_DEFAULTS.pipeline.params).toEqual(PIPELINE_DEFAULTS)
  })
  it('never has more items under way than credits, at any time', () => {
    const run = start(5, { credits: 7, serviceUs: 10_000 })
    for (let at = 50_000; at <= 3_000_000; at += 50_000) {
      const stages = run.to(at)
      expect(stages[0]!.open).toHaveLength(7)
      expect(waiting(stages)).toBeLessThanOrEqual(7)
    }
  })
  it('with one credit and constant service takes M services and M links an item', () => {
    const run = start(4, { credits: 1, serviceUs: 10_000, service: 'constant', reportEvery: 10 })
    run.to(5_000_000)
    const took = run.marks.filter((m) => m.body.kind === 'throughput').map((m) => m.body['tookUs'])
    expect(took.length).toBeGreaterThan(10)
    for (const us of took.slice(1)) expect(us).toBe(10 * 4 * (10_000 + 100))
  })
  it('with as many credits as stages and constant service is as fast as a stage, links aside', () => {
    const run = start(4, { credits: 5, serviceUs: 10_000, service: 'constant', reportEvery: 10 })
    run.to(3_000_000)
    const took = run.marks.filter((m) => m.body.kind === 'throughput').map((m) => m.body['tookUs'])
    for (const us of took.slice(1)) expect(us).toBe(10 * 10_000)
  })
  it('a slow stage holds all the credits, and the source waits', () => {
    const faults: Command[] = [
      { at: 1_000_000, op: 'set', agent: 2, program: 'pipeline', param: 'serviceUs', value: 5_000_000 },
    ]
    const stages = start(5, { credits: 6, serviceUs: 10_000 }, faults).to(4_000_000)
    expect(stages.map(({ queue }) => queue.length)).toEqual([0, 0, 6, 0, 0])
  })
  it('loses a credit with each item that is lost, until nothing moves: unless lost items begin again', () => {
    const lossy = { loss: 0.05 }
    const stuck = start(4, { credits: 4, serviceUs: 5_000 }, [], lossy)
    stuck.to(20_000_000)
    const before = stuck.to(20_000_000)[3]!.done
    expect(stuck.to(30_000_000)[3]!.done).toBe(before)
    const mended = start(4, { credits: 4, serviceUs: 5_000, timeoutUs: 300_000 }, [], lossy)
    const after = mended.to(20_000_000)[3]!.done
    expect(mended.to(30_000_000)[3]!.done).toBeGreaterThan(after + 100)
    expect(mended.marks.some((m) => m.body.kind === 'reclaimed')).toBe(true)
  })
  it('goes on after a stage crashed with the items that it held', () => {
    const faults: Command[] = [{ at: 1_000_000, op: 'crash', agent: 2, forUs: 500_000 }]
    const run = start(4, { credits: 4, serviceUs: 5_000, timeoutUs: 400_000 }, faults)
    const before = run.to(1_400_000)[3]!.done
    expect(run.to(1_499_999)[3]!.done).toBe(before)
    const stages = run.to(6_000_000)
    expect(stages[3]!.done).toBeGreaterThan(before + 200)
    expect(waiting(stages)).toBeLessThanOrEqual(4)
  })
  it('a source that restarts begins with numbers of its own', () => {
    const faults: Command[] = [{ at: 1_000_000, op: 'crash', agent: 0, forUs: 10_000 }]
    const stages = start(3, { credits: 2, serviceUs: 5_000 }, faults).to(2_000_000)
    expect(stages[0]!.nextId).toBeGreaterThan(16_777_216)
    expect(stages[2]!.done).toBeGreaterThan(80)
  })
})
