import { describe, expect, it } from 'vitest'
import { mixWord } from '../consensus/chain.ts'
import { World } from '../consensus/testing/World.ts'
import type { WorldOptions } from '../consensus/testing/World.ts'
import type { Surroundings } from '../agents/Program.ts'
import { agentId, NONE } from '../kernel/units.ts'
import { treeSync } from './treeSync.ts'
import type { Tree } from './treeSync.ts'

const BRANCHING = 3
/** Heap-ordered: the parent of i is ⌊(i − 1) / 3⌋; agents in `gone` are passed over. */
function surroundings(n: number, agent: number, gone: readonly number[] = []): Surroundings {
  const up = (i: number): number => Math.floor((i - 1) / BRANCHING)
  const parentOf = (i: number): number => {
    let p = i
    do p = p === 0 ? NONE : up(p)
    while (p !== NONE && gone.includes(p))
    return p
  }
  const children: number[] = []
  for (let i = 0; i < n; i++) if (!gone.includes(i) && parentOf(i) === agent) children.push(i)
  const parent = parentOf(agent)
  const neighbours = parent === NONE ? children : [parent, ...children]
  return { parent: agentId(parent), children: children.map(agentId), neighbours: neighbours.map(agentId), group: 0 }
}

function tree(n: number, options: Partial<WorldOptions> = {}): World {
  const world = new World({ agents: n, surroundings: (a) => surroundings(n, a), ...options })
  return world.install(treeSync, [...Array(n).keys()], {})
}
const synced = (world: World): any[] => world.marks.filter(({ body }) => body.kind === 'synced').map(({ body }) => body)
const sent = (world: World, kind: string): number => world.sent.filter(({ msg }) => msg.type === kind).length
const leaders = (world: World): number[] =>
  world.running.flatMap((_, a) => (world.up[a] ? [world.state<Tree>(a, 'tree-sync').leader] : []))

describe('tree synchronisation', () => {
  it('takes exactly n − 1 orders down and n − 1 reports up an epoch', () => {
    for (const n of [1, 2, 5, 40, 121]) {
      const world = tree(n).run(100_000)
      const before = { orders: sent(world, 'order'), reports: sent(world, 'report') }
      world.op(0, 'tree-sync', { op: 'order' }).run(3_000_000)
      expect(sent(world, 'order') - before.orders).toBe(n - 1)
      expect(sent(world, 'report') - before.reports).toBe(n - 1)
      const last = synced(world).at(-1)
      expect(last).toMatchObject({ count: n, sum: (n * (n - 1)) / 2, orders: n - 1, reports: n - 1, seq: 2 })
    }
  })
  it('takes a round trip to the deepest leaf: 2 × depth × latency', () => {
    const world = tree(40, { latencyUs: 5_000 }).run(500_000)
    world.op(0, 'tree-sync', { op: 'order' }).run(500_000)
    expect(synced(world).at(-1).tookUs).toBe(2 * 3 * 5_000)
  })
  it('takes exactly as many at power-on, without a single repair message', () => {
    const world = tree(40).run(3_000_000)
    expect(synced(world)).toEqual([expect.objectContaining({ count: 40, orders: 39, reports: 39 })])
    expect(sent(world, 'order')).toBe(39)
    expect(sent(world, 'report')).toBe(39)
  })
  it('follows the leader that raft announces, the latest term winning', () => {
    const world = tree(13).run(100_000)
    const led = (leader: number, term: number) => ({ type: 'led', leader: agentId(leader), term })
    const from = agentId(0)
    world.deliver({ from, to: from, program: 'tree-sync', msg: led(7, 4), timeUs: 0 }, 1)
    world.deliver({ from, to: from, program: 'tree-sync', msg: led(9, 3), timeUs: 0 }, 50)
    world.run(100_000)
    expect(new Set(leaders(world))).toEqual(new Set([7]))
    expect(synced(world).at(-1)).toMatchObject({ term: 4, seq: 0, leader: 7, count: 13 })
  })
  it('notices a dead parent by its silence', () => {
    const world = tree(13).run(1_000_000)
    world.crash(1).run(1_500_000)
    const orphans = world.marks.filter(({ body }) => body.kind === 'orphaned').map(({ agent }) => agent)
    expect(orphans.sort((a, b) => a - b)).toEqual([4, 5, 6])
  })
  it('re-attaches the subtree of a dead inner agent and counts it again', () => {
    const n = 13
    const world = tree(n).run(1_000_000)
    world.crash(1)
    for (const a of [0, 4, 5, 6]) world.discover(a, surroundings(n, a, [1]))
    world.run(1_000_000)
    expect(synced(world).at(-1)).toMatchObject({ seq: 1, count: 12, sum: 78 - 1 })
    world.op(0, 'tree-sync', { op: 'order' }).run(1_000_000)
    expect(synced(world).at(-1)).toMatchObject({ seq: 2, count: 12, orders: 11, reports: 11 })
  })
  it('elects the smallest descendant’s order when the root dies', () => {
    const n = 13
    const world = tree(n).run(1_000_000)
    world.crash(0)
    const gone = (a: number): Surroundings => {
      const children = [2, 3, 4, 5, 6].map(agentId)
      if (a === 1) return { parent: NONE, children, neighbours: children, group: 0 }
      return a === 2 || a === 3 ? { ...surroundings(n, a), parent: agentId(1) } : surroundings(n, a)
    }
    for (const a of [1, 2, 3]) world.discover(a, gone(a))
    world.run(1_000_000)
    expect(new Set(leaders(world))).toEqual(new Set([1]))
    expect(synced(world).at(-1)).toMatchObject({ count: 12, leader: 1 })
  })
  it('brings a restarted agent and its subtree up to date', () => {
    const world = tree(13).run(1_000_000)
    world.op(0, 'tree-sync', { op: 'order' }).run(100_000)
    world.crash(1).run(100_000).restart(1).run(1_000_000)
    expect(world.state<Tree>(1, 'tree-sync')).toMatchObject({ seq: 2, leader: 0, reported: { count: 4 } })
  })
  it('follows through another head where the new root runs no raft of its own', () => {
    const around = (parent: number, children: number[], neighbours: number[]): Surroundings => ({
      ...{ parent: agentId(parent), children: children.map(agentId), neighbours: neighbours.map(agentId), group: 0 },
    })
    // Two trees, 0–1 and 2–3, whose heads are linked; head 2 dies and 3 takes its place.
    const rows = [around(NONE, [1], [1, 2]), around(0, [], [0]), around(NONE, [3], [0, 3]), around(2, [], [2])]
    const world = new World({ agents: 4, surroundings: (a) => rows[a]! }).install(treeSync, [0, 1, 2, 3], {})
    world.run(500_000).crash(2)
    world.discover(3, around(NONE, [], [0])).run(500_000)
    const msg = { type: 'led', leader: agentId(0), term: 6 }
    world.deliver({ from: agentId(0), to: agentId(0), program: 'tree-sync', msg, timeUs: 0 }, 1)
    world.run(500_000)
    expect(world.state<Tree>(3, 'tree-sync')).toMatchObject({ term: 6, leader: 0 })
    expect(synced(world).filter(({ term }) => term === 6)).toHaveLength(2)
  })
  it('repairs lost orders and reports by the parents’ beats', () => {
    let k = 0
    const lossy: WorldOptions['network'] = () => (mixWord(1, k++) % 3 === 0 ? [] : [1_000])
    const world = tree(40, { network: lossy }).run(10_000_000)
    expect(synced(world).at(-1)).toMatchObject({ count: 40, sum: 780 })
  })
})
