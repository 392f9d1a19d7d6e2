import { describe, expect, it } from 'vitest'
import type { Mark } from './agents/Program.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import { SwarmOrchestrator } from './SwarmOrchestrator.ts'

const RAFT = { kind: 'raft', params: { electionMinUs: 150_000, electionMaxUs: 300_000 } }
const base = { seed: 3, untilUs: 4_000_000, swarm: { agents: 5 }, programs: [RAFT] }

function scenarioOf(input: object): Scenario {
  const parsed = parseScenario({ ...base, ...input })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

function runFor(untilUs: number, input: object): { run: LocalRun; marks: Mark[] } {
  const run = new LocalRun(scenarioOf(input))
  run.runTo(micros(untilUs))
  return { run, marks: run.takeMarks() }
}

const leaders = (marks: readonly Mark[]): Mark[] => marks.filter(({ body }) => body.kind === 'leader')
const hostMarks = (marks: readonly Mark[], kind: string): Mark[] =>
  marks.filter(({ program, body }) => program === 'host' && body.kind === kind)

describe('clock', () => {
  it('moves an agent’s own clock and runs its timers by it, and back to true after forUs', () => {
    const at = 500_000
    const clock: Command = { at, op: 'clock', agent: 2, offsetUs: 7_000_000, driftPpm: 500_000, forUs: 1_000_000 }
    const { run } = runFor(3_000_000, { faults: [clock] })
    const agent = run.shards[0]!.agents.get(2 as never)!
    expect(agent.clock).toEqual({ atUs: 1_500_000, localUs: 7_500_000 + 1_500_000, driftPpm: 0 })
  })

  it('an offset alone changes nothing that anybody does: timers measure spans', () => {
    const counts = [0, 5_000_000].map((offsetUs) => {
      const set: Command = { at: 600_000, op: 'clock', agent: 1, offsetUs, driftPpm: 0 }
      const { run } = runFor(2_000_000, { faults: [set] })
      return run.shards[0]!.stats.messages
    })
    expect(counts[0]).toBe(counts[1])
  })

  it('starts every agent with the offset and drift that the seed draws within swarm.clocks', () => {
    const { run } = runFor(1, { swarm: { agents: 5, clocks: { offsetUs: 1_000, driftPpm: 200 } } })
    const clocks = [...run.shards[0]!.agents.values()].map(({ clock }) => clock)
    for (const { localUs, driftPpm } of clocks) {
      expect(Math.abs(localUs)).toBeLessThanOrEqual(1_000)
      expect(Math.abs(driftPpm)).toBeLessThanOrEqual(200)
    }
    expect(new Set(clocks.map(({ driftPpm }) => driftPpm)).size).toBe(5)
  })
})

describe('disk', () => {
  const vote = (marks: readonly Mark[]): number => leaders(marks)[0]!.key.time

  it('that is slower delays what waits for it: the first leader comes later', () => {
    const slow: Command[] = [0, 1, 2, 3, 4].map((agent) => ({ at: 0, op: 'disk', agent, factor: 50, forgets: false }))
    expect(vote(runFor(3_000_000, { faults: slow }).marks)).toBeGreaterThan(vote(runFor(3_000_000, {}).marks))
  })

  it('that forgets confirms writes and loses them in a crash; without a crash it catches up', () => {
    const forgets: Command = { at: 0, op: 'disk', agent: 1, factor: 1, forgets: true, forUs: 1_500_000 }
    const disk = (faults: Command[]): any =>
      [...runFor(2_500_000, { faults }).run.shards[0]!.agents.values()][1]!.programs[0]!.disk
    const crash: Command = { at: 1_000_000, op: 'crash', agent: 1 }
    expect(disk([forgets]).term).toBeGreaterThan(0)
    expect(disk([forgets, crash]).term).toBe(0)
    expect(disk([crash]).term).toBeGreaterThan(0)
  })

  it('that forgets keeps no torn write either: it would follow upon records that are lost', () => {
    const slow = { fsync: { kind: 'constant', us: 60_000 }, tornWrites: true }
    const kept = (forgets: boolean): number[] =>
      Array.from({ length: 20 }, (_, k) => {
        const disk: Command = { at: 0, op: 'disk', agent: 1, factor: 1, forgets }
        const faults: Command[] = [disk, { at: 200_000 + 20_000 * k, op: 'crash', agent: 1 }]
        const { run } = runFor(700_000, { disk: slow, faults })
        return (run.shards[0]!.agents.get(1 as never)!.programs[0]!.disk as any).term
      })
    expect(kept(true).every((term) => term === 0)).toBe(true)
    expect(kept(false).some((term) => term > 0)).toBe(true)
  })
})

describe('corrupt', () => {
  it('messages arrive damaged, and nobody handles them: with all of them damaged nobody is elected', () => {
    const { run, marks } = runFor(2_000_000, { network: { corrupt: 1 } })
    expect(leaders(marks)).toEqual([])
    const { deliveries, losses, transmissions } = run.shards[0]!.stats
    expect(deliveries).toBe(0)
    expect(losses).toBeGreaterThan(0.9 * transmissions)
  })

  it('as a rule ends when it is healed', () => {
    const faults: Command[] = [
      { at: 0, op: 'corrupt', probability: 1, from: 'all', to: 'all' },
      { at: 1_000_000, op: 'heal' },
    ]
    expect(leaders(runFor(3_000_000, { faults }).marks)[0]!.key.time).toBeGreaterThan(1_000_000)
  })
})

describe('set and edit', () => {
  it('gives a parameter to everybody at once, also to who restarts or joins later', () => {
    const faults: Command[] = [
      { at: 1_000_000, op: 'set', agent: 'all', program: 'raft', param: 'heartbeatUs', value: 20_000 },
      { at: 1_100_000, op: 'crash', agent: 3, forUs: 200_000 },
      { at: 1_500_000, op: 'join' },
    ]
    const { run, marks } = runFor(2_000_000, { faults })
    const states = [...run.shards[0]!.agents.values()].map((agent) => agent.programs[0]!.state as any)
    expect(states.map(({ params }) => params.heartbeatUs)).toEqual(new Array(6).fill(20_000))
    expect(hostMarks(marks, 'set')).toHaveLength(5)
  })

  it('refuses a parameter that there is not, and a value beyond its bound, with one sentence', () => {
    const swarm = SwarmOrchestrator.open(base)
    if (!swarm.ok) throw new Error(swarm.error)
    const set = (param: string, value: number) =>
      swarm.value.inject({ op: 'set', agent: 'all', program: 'raft', param, value })
    expect(set('heartbeat', 5)).toEqual({ ok: false, error: expect.stringContaining('did you mean "heartbeatUs"?') })
    expect(set('heartbeatUs', -5)).toEqual({ ok: false, error: expect.stringMatching(/^value: -5 is outside 1\.\./) })
    expect(swarm.value.log).toEqual([])
  })

  it('overwrites a variable with one of its type, and says of whoever was edited that he was', () => {
    const swarm = SwarmOrchestrator.open({ ...base, checks: ['term-monotone'] })
    if (!swarm.ok) throw new Error(swarm.error)
    const { value } = swarm
    value.runTo(1_000_000)
    value.inject({ op: 'edit', agent: 4, program: 'raft', path: 'term', value: 99 })
    value.runTo(1_000_001)
    expect((value.inspect(4 as never)!.programs[0]!.state as any).term).toBe(99)
    value.inject({ op: 'edit', agent: 4, program: 'raft', path: 'term', value: 'many' })
    value.inject({ op: 'edit', agent: 4, program: 'raft', path: 'nowhere', value: 1 })
    value.inject({ op: 'edit', agent: 4, program: 'raft', path: 'term', value: 0 })
    value.runTo(3_000_000)
    const refused = hostMarks(value.events.facts, 'not edited').map(({ body }) => body['why'])
    expect(refused).toEqual(['term is a number, not a text', 'there is no nowhere'])
    const [check] = value.checks()
    if (!check!.ok) expect(check!.violation!.sentence).toContain('after agent 4 had been edited by hand')
  })
})

describe('edit', () => {
  it.each([-5, 2 ** 40, 1e300])('to %d, which no message can carry, gives the same bits on any layout', (value) => {
    const edit: Command = { at: 1_500_000, op: 'edit', agent: 'leader', program: 'raft', path: 'term', value }
    const digests = [1, 2, 5].map((shards) => {
      const run = new LocalRun(scenarioOf({ faults: [edit] }), { shards })
      run.runTo(micros(3_000_000))
      return run.digestText()
    })
    expect(new Set(digests).size).toBe(1)
  })
})

describe('a fault that finds nobody', () => {
  it('does nothing and says so', () => {
    const faults: Command[] = [
      { at: 10, op: 'crash', agent: 'leader' },
      { at: 20, op: 'partition', side: 'leader', forUs: 1_000_000 },
      { at: 30, op: 'restart', agent: 3 },
    ]
    const { run, marks } = runFor(1_000_000, { faults })
    const missed = hostMarks(marks, 'fault').filter(({ body }) => body['missed'] === true)
    expect(missed.map(({ body }) => body['command'])).toEqual([0, 1, 2])
    expect(run.shards[0]!.world.state.rules).toEqual([])
    expect(hostMarks(marks, 'crashed')).toEqual([])
  })
})

describe('two faults of one kind on one agent', () => {
  it('the end of the first does not end the second', () => {
    const slow = (at: number, factor: number, forUs: number): Command => ({ at, op: 'slow', agent: 1, factor, forUs })
    const factorAt = (untilUs: number): number => {
      const faults = [slow(100_000, 10, 500_000), slow(300_000, 20, 900_000)]
      return runFor(untilUs, { faults }).run.shards[0]!.agents.get(1 as never)!.slowFactor
    }
    expect([200_000, 400_000, 700_000, 1_300_000].map(factorAt)).toEqual([10, 20, 20, 1])
  })

  it('a crash that was ended by hand does not end the next one', () => {
    const crash = (at: number): Command => ({ at, op: 'crash', agent: 1, forUs: 1_000_000 })
    const faults: Command[] = [crash(100_000), { at: 200_000, op: 'restart', agent: 1 }, crash(600_000)]
    const statusAt = (untilUs: number): number => {
      const { run } = runFor(untilUs, { faults })
      return run.shards[0]!.world.state.registry.status[1]!
    }
    expect([150_000, 300_000, 1_200_000, 1_700_000].map(statusAt)).toEqual([2, 1, 2, 1])
  })
})
