import { describe, expect, it } from 'vitest'
import { history } from '../checks/history.ts'
import { checkLinearizable } from '../checks/linearizability.ts'
import { cluster, leaderOf, violations } from './testing/cluster.ts'
import type { Fixture } from './testing/cluster.ts'

const LOAD = { keys: 3, clientsPerAgent: 4, thinkUs: 5_000, readFraction: 0.4, casFraction: 0.3, timeoutUs: 200_000 }
const done = ({ world }: Fixture, type: string) => history(world.marks).filter((event) => event.type === type)

describe('the client workload', () => {
  it('finds the leader by redirects, and its history is linearizable', () => {
    const fixture = cluster(5, {}, {}, 6, LOAD)
    fixture.world.run(3_000_000)
    expect(done(fixture, 'ok').length).toBeGreaterThan(3_000)
    expect(done(fixture, 'info')).toEqual([])
    expect(checkLinearizable(history(fixture.world.marks))).toEqual({ verdict: 'linearizable' })
    expect(violations(fixture)).toEqual({})
  })
  it('writes no value twice, and lets at most ten processes share a key', () => {
    const fixture = cluster(3, {}, {}, 6, LOAD)
    fixture.world.run(2_000_000)
    const invoked = done(fixture, 'invoke')
    const written = invoked.flatMap(({ f, value }) =>
      f === 'write' ? [value] : f === 'cas' ? [(value as any)[1]] : [],
    )
    expect(new Set(written).size).toBe(written.length)
    const users = new Map<string, Set<number>>()
    for (const { key, process } of invoked) users.set(key, (users.get(key) ?? new Set()).add(process))
    for (const processes of users.values()) expect(processes.size).toBeLessThanOrEqual(10)
    expect(users.size).toBe(9) // 24 processes: three groups of three keys
  })
  it('answers every operation across a leader crash, in one session each', () => {
    const fixture = cluster(3, {}, {}, 2, LOAD)
    const { world } = fixture
    world.run(1_000_000)
    const old = leaderOf(world)
    world.crash(old).run(2_000_000)
    world.restart(old).run(3_500_000)
    expect(violations(fixture)).toEqual({})
    expect(checkLinearizable(history(world.marks))).toEqual({ verdict: 'linearizable' })
  })
  it('without sessions gives a write up as unknown and goes on under another process number (Jepsen)', () => {
    const fixture = cluster(3, {}, {}, 1, { ...LOAD, sessions: false, readFraction: 0, casFraction: 0 })
    const { world } = fixture
    world.run(1_000_000).crash(leaderOf(world)).run(2_000_000)
    const unknown = done(fixture, 'info')
    expect(unknown.length).toBeGreaterThan(0)
    for (const { process, time } of unknown)
      expect(done(fixture, 'invoke').some((event) => event.process === process && event.time > time)).toBe(false)
    expect(violations(fixture)).toEqual({})
  })
  it('keeps to its rate in an open loop', () => {
    const fixture = cluster(3, {}, {}, 1, { ...LOAD, clientsPerAgent: 1, opsPerSecond: 50 })
    fixture.world.run(11_000_000)
    expect(done(fixture, 'invoke').length / 11).toBeGreaterThan(45)
    expect(done(fixture, 'invoke').length / 11).toBeLessThan(55)
  })
})
