import { describe, expect, it } from 'vitest'
import { LocalRun } from '../LocalRun.ts'
import type { Mark } from '../agents/Program.ts'
import { micros } from '../kernel/units.ts'
import { knowPrograms } from '../programRegistry.ts'
import { PROGRAM_DEFAULTS } from '../scenario/defaults.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Command } from '../scenario/Scenario.ts'
import { rpc, RPC_DEFAULTS, type Rpc } from './rpc.ts'

knowPrograms([rpc])

interface Ran {
  readonly marks: readonly Mark[]
  states(): Rpc[]
  count(kind: string, agent?: number): number
}

function ran(params: object, untilUs: number, faults: readonly Command[] = [], agents = 6, more: object = {}): Ran {
  const scenario = parseScenario({
    ...{ swarm: { agents }, network: { latency: { kind: 'constant', us: 1_000 } }, faults, ...more },
    programs: [{ kind: 'rpc', params: { servers: 2, callsPerSecond: 100, serviceUs: 500, ...params } }],
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const run = new LocalRun(scenario.value)
  run.runTo(micros(untilUs))
  const marks = run.takeMarks()
  return {
    marks,
    states: () =>
      run.shards
        .flatMap((shard) => [...shard.agents.values()].map(({ programs }) => programs[0]!.state as Rpc))
        .filter((state) => state !== null),
    count: (kind, agent) => marks.filter((m) => m.body.kind === kind && (agent ?? m.agent) === m.agent).length,
  }
}
const callers = (run: Ran): Rpc[] => run.states().filter(({ serves }) => !serves)

describe('rpc', () => {
  it('has the parameters that scenario/ gives as its defaults', () => {
    expect(PROGRAM_DEFAULTS.rpc.params).toEqual(RPC_DEFAULTS)
  })
  it('answers every call where nothing fails: no breaker moves', () => {
    const run = ran({}, 5_000_000)
    for (const { answered, failed, rejected, breakers, pending } of callers(run)) {
      expect(answered).toBeGreaterThan(400)
      expect([failed, rejected]).toEqual([0, 0])
      expect(breakers.every(({ state }) => state === 'closed')).toBe(true)
      expect(pending.length).toBeLessThan(10)
    }
    expect(run.count('tripped')).toBe(0)
    // Each breaker is told once: when its window is full for the first time.
    expect(run.count('judged')).toBe(8)
  })
  it('fails the share of calls that it is told to', () => {
    const run = ran({ failure: 0.2, threshold: 1 }, 10_000_000)
    const [failed, answered] = callers(run).reduce(([f, a], c) => [f! + c.failed, a! + c.answered], [0, 0] as number[])
    const calls = failed! + answered!
    expect(Math.abs(failed! / calls - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / calls))
  })
  it('stops asking a server that crashed, asks the other one instead, and comes back when it is up', () => {
    const faults: Command[] = [{ at: 2_000_000, op: 'crash', agent: 0, forUs: 3_000_000 }]
    const run = ran({ window: 20, timeoutUs: 100_000, openUs: 500_000 }, 8_000_000, faults)
    const first = (kind: string): number => run.marks.find((m) => m.body.kind === kind)?.key.time ?? NaN
    expect(first('tripped')).toBeGreaterThan(2_100_000)
    expect(first('tripped')).toBeLessThan(2_700_000)
    expect(first('half-open')).toBeGreaterThan(first('tripped') + 499_999)
    expect(first('closed')).toBeGreaterThan(5_000_000)
    for (const { breakers, rejected } of callers(run)) {
      expect(breakers.map(({ state }) => state)).toEqual(['closed', 'closed'])
      expect(rejected).toBe(0)
    }
    // While it was away the trials were the only calls that went there.
    const wasted = callers(run).reduce((sum, { failed }) => sum + failed, 0)
    expect(wasted).toBeLessThan(4 * (20 + 6 * RPC_DEFAULTS.trials + 20))
  })
  it('refuses calls at once where every breaker is open, and says so once', () => {
    const faults: Command[] = [0, 1].map((agent) => ({ at: 1_000_000, op: 'crash', agent }))
    const run = ran({ window: 10, timeoutUs: 50_000, openUs: 60_000_000 }, 4_000_000, faults)
    for (const caller of callers(run)) {
      expect(caller.rejected).toBeGreaterThan(150)
      expect(run.count('rejected', caller.self)).toBe(1)
      expect(caller.pending).toEqual([])
    }
  })
  it('takes a call that was lost on the way for failed, and an answer that comes too late for nothing', () => {
    const lossy = ran({ timeoutUs: 20_000, threshold: 1 }, 3_000_000, [], 6, {
      network: { latency: { kind: 'constant', us: 1_000 }, loss: 0.5 },
    })
    for (const { answered, failed } of callers(lossy)) {
      const calls = answered + failed
      expect(Math.abs(answered / calls - 0.25)).toBeLessThan(4 * Math.sqrt(0.19 / calls))
    }
    const late = ran({ timeoutUs: 1_500, threshold: 1, window: 1_000 }, 1_000_000)
    expect(callers(late).every(({ answered, failed }) => answered === 0 && failed > 50)).toBe(true)
  })
  it('a caller that restarts takes no reply to a call of its earlier life for its own', () => {
    const restart: Command[] = [
      { at: 1_000_000, op: 'crash', agent: 3, forUs: 1 },
      { at: 1_200_000, op: 'crash', agent: 3, forUs: 1 },
    ]
    const ids = callers(ran({}, 2_000_000, restart)).map(({ nextId }) => Math.floor(nextId / 1_048_576))
    expect(ids).toEqual([0, 2, 0, 0])
  })
  it('a server with more calls than it may keep waiting answers with a failure at once', () => {
    const run = ran(
      { serviceUs: 1_000_000, queueMax: 3, threshold: 1, window: 10_000, timeoutUs: 60_000_000 },
      2_000_000,
    )
    for (const { queue, serves } of run.states()) if (serves) expect(queue.length).toBeLessThanOrEqual(3)
    expect(callers(run).reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThan(500)
  })
  it('needs somebody who calls', () => {
    expect(parseScenario({ swarm: { agents: 2 }, programs: [{ kind: 'rpc', params: { servers: 2 } }] })).toEqual({
      ok: false,
      error: 'programs.rpc.params.servers: 2 servers of 2 agents leave nobody to call them',
    })
  })
})
