import { describe, expect, it } from 'vitest'
import { World, type Sent, type WorldOptions } from '../consensus/testing/World.ts'
import { agentId } from '../kernel/units.ts'
import { isLive, liveCount, rowOf, STATUS, statusOf } from './members.ts'
import { swim } from './swim.ts'
import type { Found, Swim, SwimParams } from './swimState.ts'

const PERIOD = 1_000_000
const periods = (count: number): number => count * PERIOD

function swarm(n: number, params: Partial<SwimParams> = {}, options: Partial<WorldOptions> = {}): World {
  const world = new World({ agents: n, latencyUs: 5_000, ...options })
  return world.install(swim, [...Array(n).keys()], params)
}
const at = (world: World, agent: number): Swim => world.state<Swim>(agent, 'swim')
const statusAt = (world: World, agent: number, of: number) => statusOf(at(world, agent).members, agentId(of))
const up = (world: World): number[] => world.up.flatMap((is, agent) => (is ? [agent] : []))
const marks = (world: World, kind: string) => world.marks.filter(({ body }) => body.kind === kind)
const sent = (world: World, kind: string): readonly Sent[] => world.sent.filter(({ msg }) => msg.type === kind)
/** Every agent that is up takes exactly those that are up for live. */
const agreed = (world: World): boolean =>
  up(world).every((a) => world.up.every((is, b) => isLive(statusAt(world, a, b)) === is))

describe('SWIM', () => {
  it('sends one ping and one ack a member and period while all is well, and says nothing', () => {
    for (const n of [2, 10, 60]) {
      const world = swarm(n, { verbose: true }).run(periods(20))
      const kinds = ['ping', 'ack', 'pingReq'].map((kind) => sent(world, kind).length)
      expect(kinds[0]).toBe(20 * n)
      expect(kinds[0]! - kinds[1]!).toBeLessThanOrEqual(1)
      expect(kinds[2]).toBe(0)
      expect(world.marks.filter(({ body }) => body.kind !== 'welcomed')).toEqual([])
      expect(sent(world, 'join').length).toBe(1) // the last founder cannot tell that it is none of the newcomers
    }
  })

  it('probes every other member once before any twice (section 4.3), at most 2n − 1 periods apart', () => {
    const world = swarm(12, { targets: 'round-robin' }).run(periods(66))
    for (let agent = 0; agent < 12; agent++) {
      const targets = sent(world, 'ping').flatMap(({ from, to }) => (from === agent ? [to] : []))
      for (let round = 0; round + 11 <= targets.length; round += 11)
        expect(targets.slice(round, round + 11).toSorted((a, b) => a - b)).toEqual(
          [...Array(12).keys()].filter((id) => id !== agent),
        )
    }
  })

  it('draws random targets without favour: each other member within five standard errors', () => {
    const world = swarm(6, { targets: 'random' }).run(periods(2_000))
    const counts = Array.from({ length: 36 }, () => 0)
    for (const { from, to } of sent(world, 'ping')) counts[6 * from + to]!++
    for (let from = 0; from < 6; from++)
      for (let to = 0; to < 6; to++)
        if (from === to) expect(counts[6 * from + to]).toBe(0)
        else expect(Math.abs(counts[6 * from + to]! - 400)).toBeLessThan(5 * Math.sqrt(320))
  })

  it('asks k different others before it suspects anybody (section 3.1)', () => {
    const world = swarm(8)
    for (const agent of [1, 2, 3, 4, 5, 6, 7]) if (agent !== 5) world.cut(0, agent).cut(agent, 0)
    world.run(periods(30))
    expect(sent(world, 'pingReq').length).toBeGreaterThan(0)
    for (const { from, timeUs } of sent(world, 'pingReq')) {
      const asked = sent(world, 'pingReq').filter((one) => one.from === from && one.timeUs === timeUs)
      expect(asked.length).toBe(3)
      expect(new Set(asked.map(({ to }) => to)).size).toBe(3)
      expect(asked.map(({ to }) => to)).not.toContain(asked[0]!.msg.of)
    }
    // Agent 5 is the only way, so probes of 0 fail where it is not asked: the suspect hears of it and refutes.
    expect(marks(world, 'confirmed')).toEqual([])
  })

  it('never suspects a member over a link that proxies go round', () => {
    const world = swarm(10, { proxies: 8 }).cut(2, 7).cut(7, 2).run(periods(60))
    expect(marks(world, 'suspected')).toEqual([])
  })

  it('suspects, waits for the member to speak up, declares it dead, and everybody hears of it', () => {
    const world = swarm(20, { verbose: true, suspicionPeriods: 6 }).run(periods(3))
    world.crash(4).run(periods(30))
    const [first] = marks(world, 'suspected')
    const [buried] = marks(world, 'confirmed')
    expect(first!.body).toMatchObject({ of: 4, incarnation: 0, afterUs: PERIOD })
    expect(buried!.body).toMatchObject({ of: 4, incarnation: 0, afterUs: 6 * PERIOD })
    expect(buried!.key.time - first!.key.time).toBe(6 * PERIOD)
    expect(agreed(world)).toBe(true)
    const told = world.marks.filter(({ body }) => body['of'] === 4 && body.kind !== 'missed')
    expect(new Set(told.map(({ agent }) => agent)).size).toBe(19)
  })

  it('declares dead at once where suspicion is off', () => {
    const world = swarm(10, { suspicionPeriods: 0 }).run(periods(3))
    world.crash(4).run(periods(12))
    expect(marks(world, 'suspected')).toEqual([])
    expect(marks(world, 'confirmed')[0]!.body).toMatchObject({ of: 4, afterUs: PERIOD })
    expect(agreed(world)).toBe(true)
  })

  it('lets a suspect refute with a higher incarnation, which every view takes (section 4.2)', () => {
    const world = swarm(12, { suspicionPeriods: 10, verbose: true })
    const others = [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]
    world.run(periods(2)).partition([3]).run(periods(6)).heal().run(periods(12))
    expect(marks(world, 'suspected').some(({ body }) => body['of'] === 3)).toBe(true)
    expect(marks(world, 'refuted').map(({ agent }) => agent)).toContain(3)
    expect(marks(world, 'confirmed').filter(({ body }) => body['of'] === 3)).toEqual([])
    expect(at(world, 3).incarnation).toBeGreaterThan(0)
    for (const agent of others)
      expect(rowOf(at(world, agent).members, agentId(3))).toMatchObject({
        ...{ status: STATUS.alive, incarnation: at(world, 3).incarnation },
      })
  })

  it('brings back whoever was buried behind a partition, because the dead are pinged now and then', () => {
    const healed = (reconnectEvery: number): World => {
      const world = swarm(10, { suspicionPeriods: 3, reconnectEvery, verbose: true }).run(periods(2))
      world.partition([0, 1, 2, 3, 4]).run(periods(60))
      expect(statusAt(world, 0, 9)).toBe(STATUS.dead)
      expect(statusAt(world, 9, 0)).toBe(STATUS.dead)
      return world.heal().run(periods(60))
    }
    expect(agreed(healed(5))).toBe(true)
    expect(agreed(healed(0))).toBe(false)
  })

  it('passes on nothing where lambda is 0: whoever did not miss a probe itself knows nothing', () => {
    const world = swarm(30, { lambda: 0, suspicionPeriods: 1_000 }).run(periods(3))
    world.crash(4).run(periods(5))
    const suspecting = up(world).filter((agent) => statusAt(world, agent, 4) === STATUS.suspect)
    expect(suspecting.length).toBe(marks(world, 'suspected').length)
    expect(suspecting.length).toBeLessThan(15)
    const gossip = world.sent.filter(({ msg }) => ['ping', 'ack', 'pingReq'].includes(msg.type))
    for (const { msg, to } of gossip) for (const { id } of msg.news) expect(id).toBe(to)
  })

  it('carries at most newsMax statements a message beside one about the addressee', () => {
    const world = swarm(30, { newsMax: 2, suspicionPeriods: 4 }).run(periods(2))
    for (const agent of [3, 9, 12, 20, 25]) world.crash(agent)
    world.run(periods(30))
    expect(agreed(world)).toBe(true)
    const gossip = world.sent.filter(({ msg }) => ['ping', 'ack', 'pingReq'].includes(msg.type))
    for (const { msg, to } of gossip)
      expect(msg.news.filter(({ id }: { id: number }) => id !== to).length).toBeLessThanOrEqual(2)
  })

  it('is joined again by a member that lost power, under an incarnation above its burial', () => {
    const world = swarm(10, { suspicionPeriods: 3, verbose: true }).run(periods(2))
    world.crash(6).run(periods(20))
    expect(statusAt(world, 1, 6)).toBe(STATUS.dead)
    world.restart(6).run(periods(12))
    expect(agreed(world)).toBe(true)
    expect(marks(world, 'refuted').at(-1)).toMatchObject({ agent: 6, body: { was: 'dead' } })
    expect(at(world, 6).incarnation).toBeGreaterThan(0)
  })

  it('lets a member leave with a word: nobody suspects it', () => {
    const world = swarm(20, { verbose: true }).run(periods(2))
    world.op(8, 'swim', { leave: true }).run(periods(12))
    expect(marks(world, 'goodbye').map(({ agent }) => agent)).toEqual([8])
    expect(marks(world, 'suspected')).toEqual([])
    for (const agent of up(world)) if (agent !== 8) expect(statusAt(world, agent, 8)).toBe(STATUS.left)
    expect(liveCount(at(world, 0).members)).toBe(19)
  })

  it('finds its way when everybody else is gone', () => {
    const world = swarm(3, { suspicionPeriods: 2 }).run(periods(2))
    world.crash(1).crash(2).run(periods(40))
    expect(liveCount(at(world, 0).members)).toBe(1)
    world.restart(2).run(periods(20))
    expect(agreed(world)).toBe(true)
  })

  it('is alone without complaint', () => {
    expect(swarm(1).run(periods(10)).marks).toEqual([])
  })
})

describe('discovery by capability', () => {
  const ask = (world: World, agent: number, find: string, limit = 10): Found => {
    world.op(agent, 'swim', { find, limit }).run(10)
    return marks(world, 'found').at(-1)!.body as unknown as Found
  }
  /** Agents 2 and 5 begin to offer 'camera' while the swarm runs, as op `set` would have it. */
  function cameras(): World {
    const world = swarm(12, { suspicionPeriods: 4 }).run(periods(3))
    for (const agent of [2, 5]) {
      const state = at(world, agent) as { params: SwimParams }
      state.params = { ...state.params, offers: ['camera'] }
    }
    return world.run(periods(12))
  }

  it('answers from the asker’s own view, with the age of what it knows', () => {
    const world = cameras()
    const found = ask(world, 9, 'camera')
    expect(found.agents).toEqual([2, 5])
    expect(found.suspected).toEqual([false, false])
    for (const ageUs of found.agesUs) {
      expect(ageUs).toBeGreaterThan(periods(5))
      expect(ageUs).toBeLessThan(periods(12))
    }
    expect(ask(world, 3, 'camera').agents).toEqual([5, 2]) // each asker begins behind its own place
    expect(ask(world, 2, 'camera').agents).toEqual([5]) // what it can do itself it knows
    expect(ask(world, 0, 'camera', 1).agents).toEqual([2])
    expect(ask(world, 0, 'microphone').agents).toEqual([])
    expect(ask(world, 10, 'swim', 3).agents).toEqual([11, 0, 1])
  })

  it('still offers a member that has died, until the view hears of it', () => {
    const world = cameras().crash(5)
    expect(ask(world, 9, 'camera').agents).toEqual([2, 5])
    world.runUntil(() => statusAt(world, 9, 5) === STATUS.suspect, periods(20))
    expect(ask(world, 9, 'camera')).toMatchObject({ agents: [2, 5], suspected: [false, true] })
    world.runUntil(() => statusAt(world, 9, 5) === STATUS.dead, periods(20))
    expect(ask(world, 9, 'camera').agents).toEqual([2])
  })

  it('answers another program of the same agent by message, and nobody else', () => {
    const world = cameras()
    const from = agentId(9)
    const msg = { type: 'find', capability: 'camera', limit: 1, program: 'errand' }
    world.deliver({ from, to: from, program: 'swim', msg, timeUs: 0 }, 1)
    world.run(100)
    const answers = world.sent.filter(({ program }) => program === 'errand')
    expect(answers.map(({ msg }) => msg)).toEqual([expect.objectContaining({ type: 'found', agents: [2] })])
    world.deliver({ from: agentId(3), to: from, program: 'swim', msg, timeUs: 0 }, 1)
    world.run(100)
    expect(world.sent.filter(({ program }) => program === 'errand').length).toBe(1)
  })

  it('ignores an operation that it does not know', () => {
    const world = swarm(3).run(10)
    for (const op of [null, 7, {}, { find: 3 }, { find: 'x', limit: 0 }, { find: 'x', limit: 'all' }])
      world.op(0, 'swim', op).run(10)
    expect(marks(world, 'found')).toEqual([])
  })
})
