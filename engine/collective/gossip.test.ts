import { describe, expect, it } from 'vitest'
import { World, type Sent, type WorldOptions } from '../consensus/testing/World.ts'
import { gossip } from './gossip.ts'
import type { Gossip, GossipParams } from './gossipState.ts'

const ROUND = 100_000
const QUIET = { firstAtUs: 0, roundUs: ROUND } as const

function swarm(n: number, params: Partial<GossipParams> = {}, options: Partial<WorldOptions> = {}): World {
  const world = new World({ agents: n, latencyUs: 10_000, ...options })
  return world.install(gossip, [...Array(n).keys()], { ...QUIET, ...params })
}
const tell = (world: World, agent: number): World => world.op(agent, 'gossip', 'news')
const marks = (world: World, kind: string): any[] =>
  world.marks.filter(({ body }) => body.kind === kind).map(({ agent, body }) => ({ agent, ...body }))
const sent = (world: World, kind: string): Sent[] => world.sent.filter(({ msg }) => msg.type === kind)
const state = (world: World, agent: number): Gossip => world.state(agent, 'gossip')
const informed = (world: World, n: number): number =>
  [...Array(n).keys()].filter((a) => state(world, a).known.length > 0).length

describe('rumour mongering (Demers et al. 1987)', () => {
  it('starts with the lowest member at its time, and with anybody who is asked', () => {
    const world = swarm(5, { firstAtUs: 50_000, k: 0 }).run(60_000)
    expect(marks(world, 'started')).toEqual([expect.objectContaining({ agent: 0, origin: 0, number: 0, value: null })])
    tell(world, 3).run(10)
    expect(marks(world, 'started')[1]).toMatchObject({ agent: 3, origin: 3, value: 'news' })
  })

  it('acts in synchronous cycles: calls leave at multiples of the round and news is passed on in the next one', () => {
    const world = swarm(40, { k: 0 }).run(1_000)
    tell(world, 7).run(8 * ROUND)
    expect(sent(world, 'push').every(({ timeUs }) => timeUs % ROUND === 0)).toBe(true)
    expect(sent(world, 'push').filter(({ timeUs }) => timeUs === ROUND)).toHaveLength(1)
    const heard = marks(world, 'heard')
    for (const { timeUs, from, msg } of sent(world, 'push')) {
      const cycle = timeUs / ROUND
      const own = heard.find(({ agent }) => agent === from)
      expect(own === undefined ? from : own.cycle < cycle).toBe(own === undefined ? 7 : true)
      expect(msg.news).toHaveLength(1)
    }
  })

  it('calls once a round while it spreads: m agents that knew before make m calls', () => {
    const world = swarm(60, { k: 0 }).run(1_000)
    tell(world, 0).run(12 * ROUND)
    const heard = marks(world, 'heard')
    for (let cycle = 1; cycle <= 12; cycle++) {
      const knew = 1 + heard.filter((mark) => mark.cycle < cycle).length
      expect(sent(world, 'push').filter(({ timeUs }) => timeUs === cycle * ROUND)).toHaveLength(knew)
    }
  })

  it('acts at a phase of its own where cycles are not aligned, and calls only members other than itself', () => {
    const world = swarm(30, { k: 0, aligned: false }).run(1_000)
    tell(world, 0).run(15 * ROUND)
    const phases = new Map<number, Set<number>>()
    for (const { from, to, timeUs } of sent(world, 'push')) {
      expect(to).not.toBe(from)
      phases.set(from, (phases.get(from) ?? new Set()).add(timeUs % ROUND))
    }
    expect([...phases.values()].every((set) => set.size === 1)).toBe(true)
    expect(new Set([...phases.values()].map((set) => [...set][0])).size).toBeGreaterThan(10)
    expect(informed(world, 30)).toBe(30)
  })

  it('never loses interest with k = 0 and everybody hears (Pittel 1987)', () => {
    const world = swarm(100, { k: 0 }).run(1_000)
    tell(world, 0).run(40 * ROUND)
    expect(informed(world, 100)).toBe(100)
    expect(marks(world, 'lost interest')).toEqual([])
    expect(sent(world, 'feedback')).toEqual([])
  })

  it('stops at the k-th call in vain, and all stop in the end', () => {
    for (const k of [1, 2, 4]) {
      const world = swarm(100, { k, reset: false }).run(1_000)
      tell(world, 0).run(80 * ROUND)
      const feedback = sent(world, 'feedback')
      expect(feedback).toHaveLength(sent(world, 'push').length)
      const vain = (agent: number): number =>
        feedback.filter(({ to, msg }) => to === agent && msg.verdicts[0].knew).length
      expect(marks(world, 'lost interest')).toHaveLength(informed(world, 100))
      for (const { agent } of marks(world, 'lost interest')) expect(vain(agent)).toBe(k)
    }
  })

  it('with reset, the last k calls before the end were in vain, and no k before them', () => {
    const k = 3
    const world = swarm(100, { k, reset: true }).run(1_000)
    tell(world, 0).run(80 * ROUND)
    for (const { agent, sent: calls } of marks(world, 'lost interest')) {
      const knew = sent(world, 'feedback').flatMap(({ to, msg }) => (to === agent ? [msg.verdicts[0].knew] : []))
      expect(knew).toHaveLength(calls)
      const text = knew.map((v) => (v ? 'x' : '.')).join('')
      expect(text.indexOf('x'.repeat(k))).toBe(text.length - k)
    }
  })

  it('blind, stops after k calls whatever they brought, and nobody answers', () => {
    const world = swarm(200, { k: 4, interest: 'blind' }).run(1_000)
    tell(world, 0).run(60 * ROUND)
    expect(sent(world, 'feedback')).toEqual([])
    expect(marks(world, 'lost interest').every((mark) => mark.sent === 4)).toBe(true)
    expect(sent(world, 'push')).toHaveLength(4 * informed(world, 200))
  })

  it('by coin, stops after a call in vain with probability 1/k', () => {
    const world = swarm(200, { k: 4, stop: 'coin' }).run(1_000)
    tell(world, 0).run(120 * ROUND)
    const vain = sent(world, 'feedback').filter(({ msg }) => msg.verdicts[0].knew).length
    const stops = marks(world, 'lost interest').length
    expect(stops).toBe(informed(world, 200))
    // The number of coins until `stops` heads: mean 4·stops, standard deviation √(12·stops).
    expect(Math.abs(vain - 4 * stops)).toBeLessThan(4 * Math.sqrt(12 * stops))
  })
})

describe('what counts as known (SCIENCE: the update order is part of the claim)', () => {
  /** Agents 0 and 1 both know a rumour and call agent 2 in the same cycle. */
  function twoCalls(judgedAt: GossipParams['judgedAt']): boolean[] {
    const world = swarm(3, { k: 9, judgedAt }).run(1_000)
    const news = [{ origin: 0, number: 0, hops: 1, value: null }]
    for (const from of [0, 1]) {
      const message = { from, to: 2, program: 'gossip', msg: { type: 'push', news }, timeUs: 0 } as any
      world.deliver(message, 5 + from)
    }
    world.run(1_000)
    return sent(world, 'feedback').map(({ msg }) => msg.verdicts[0].knew)
  }
  it('at the beginning of the cycle: both of two calls in one cycle bring news', () => {
    expect(twoCalls('cycle')).toEqual([false, false])
  })
  it('at the contact: the second brings none', () => {
    expect(twoCalls('contact')).toEqual([false, true])
  })
})

describe('pull and push-pull', () => {
  it('everybody asks once a round; only who knew before the cycle tells', () => {
    const world = swarm(50, { mode: 'pull', k: 0 }).run(1_000)
    tell(world, 0).run(4 * ROUND)
    expect(sent(world, 'pull')).toHaveLength(4 * 50)
    const heard = marks(world, 'heard')
    for (const { from, timeUs } of sent(world, 'tell')) {
      const own = heard.find(({ agent }) => agent === from)
      expect(own === undefined || own.cycle < Math.floor(timeUs / ROUND)).toBe(true)
    }
    world.run(30 * ROUND)
    expect(informed(world, 50)).toBe(50)
  })
  it('push-pull needs fewer rounds than push: log3 n + O(log log n) against log2 n + ln n (Karp et al. 2000)', () => {
    const rounds = (mode: GossipParams['mode'], seed: number): number => {
      const world = swarm(100, { mode, k: 0 }, { seed }).run(1_000)
      tell(world, 0).run(30 * ROUND)
      const heard = marks(world, 'heard')
      expect(heard).toHaveLength(99)
      return Math.max(...heard.map(({ cycle }) => cycle))
    }
    const total = (mode: GossipParams['mode']): number =>
      [1, 2, 3, 4].reduce((sum, seed) => sum + rounds(mode, seed), 0)
    expect(total('push-pull')).toBeLessThan(0.7 * total('push'))
  })
  it('of several who ask in one round a single one that needed it keeps the interest up', () => {
    const world = swarm(4, { mode: 'pull', k: 1 }, { network: ({ msg }) => (msg.type === 'pull' ? [] : [10_000]) })
    tell(world.run(1_000), 0).run(ROUND)
    const verdicts = (knew: boolean) => [{ origin: 0, number: 0, knew }]
    const say = (knew: boolean) =>
      world.deliver(
        { from: 1, to: 0, program: 'gossip', msg: { type: 'feedback', verdicts: verdicts(knew) } } as any,
        5,
      )
    say(true)
    say(false)
    world.run(ROUND)
    expect(state(world, 0).known[0]!.hot).toBe(true)
    say(true)
    world.run(ROUND)
    expect(state(world, 0).known[0]!.hot).toBe(false)
  })
})

describe('anti-entropy', () => {
  it('reaches those whom the rumour left out, and everybody knows all rumours in the end', () => {
    const n = 100
    const world = swarm(n, { k: 1, antiEntropyEvery: 8 }).run(1_000)
    tell(world, 0)
    tell(world, 60).run(7 * ROUND)
    world.run(40 * ROUND)
    for (let a = 0; a < n; a++) expect(state(world, a).known).toHaveLength(2)
    expect(marks(world, 'heard').some(({ mended }) => mended)).toBe(true)
  })
  it('alone spreads a rumour to all 128 within 2·log2 n rounds', () => {
    const world = swarm(128, { mode: 'none', antiEntropyEvery: 1 }).run(1_000)
    tell(world, 5).run(14 * ROUND)
    expect(informed(world, 128)).toBe(128)
    expect(sent(world, 'push')).toEqual([])
  })
})

describe('failures', () => {
  it('a call to somebody who is down is neither useful nor in vain', () => {
    const world = swarm(2, { k: 1 }).run(1_000)
    world.crash(1)
    tell(world, 0).run(20 * ROUND)
    expect(state(world, 0).known[0]).toMatchObject({ hot: true, count: 0, sent: 20 })
  })
  it('a restarted agent knows nothing, and its rumours have new names', () => {
    const world = swarm(2, { k: 1 }).run(1_000)
    tell(world, 1).run(10 * ROUND)
    world.crash(1).restart(1).run(1_000)
    expect(state(world, 1).known).toEqual([])
    tell(world, 1).run(10 * ROUND)
    expect(state(world, 0).known.map(({ number }) => number)).toEqual([0, 65_536])
  })
  it('a message that comes twice is heard once', () => {
    const world = swarm(30, { k: 2 }, { network: () => [10_000, 15_000] }).run(1_000)
    tell(world, 0).run(30 * ROUND)
    expect(marks(world, 'heard')).toHaveLength(informed(world, 30) - 1)
  })
})
