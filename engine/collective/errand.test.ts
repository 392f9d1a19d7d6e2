import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Surroundings } from '../agents/Program.ts'
import { World, type WorldOptions } from '../consensus/testing/World.ts'
import { agentId, NONE } from '../kernel/units.ts'
import { errand, type ErrandParams, type Job } from './errand.ts'

const LATENCY = 10_000
const EVERY = 1_000_000

/** Agent i hangs below up[i]; −1 = a root. Roots are neighbours of each other. */
function surroundings(up: readonly number[], agent: number): Surroundings {
  const children = up.flatMap((parent, id) => (parent === agent ? [agentId(id)] : []))
  const parent = up[agent]!
  const roots = up.flatMap((above, id) => (above < 0 && parent < 0 && id !== agent ? [agentId(id)] : []))
  const neighbours = [...(parent < 0 ? [] : [agentId(parent)]), ...children, ...roots].sort((a, b) => a - b)
  return { parent: parent < 0 ? NONE : agentId(parent), children, neighbours, group: 0 }
}
const heap = (n: number, branching: number): number[] =>
  Array.from({ length: n }, (_, id) => Math.floor((id - 1) / branching))
const flat = (n: number): number[] => Array<number>(n).fill(-1)

function run(up: readonly number[], job: Job, params: Partial<ErrandParams> = {}, more: Partial<WorldOptions> = {}) {
  const world = new World({ agents: up.length, latencyUs: LATENCY, surroundings: (a) => surroundings(up, a), ...more })
  return world.install(errand, [...up.keys()], { jobs: [job], firstAtUs: 1_000, everyUs: EVERY, times: 1, ...params })
}
const marks = (world: World, kind: string): any[] =>
  world.marks.filter(({ body }) => body.kind === kind).map(({ agent, body }) => ({ agent, ...body }))

describe('errands', () => {
  it('a broadcast is one message of the first agent to everybody, heard by all once', () => {
    const world = run(flat(9), 'broadcast').run(EVERY)
    expect(world.sent.map(({ from, to }) => [from, to])).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((to) => [0, to]))
    expect(marks(world, 'heard').map(({ agent }) => agent)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('a request goes to one of the others, all alike, and its answer comes back', () => {
    const world = run(flat(5), 'request', { times: 400 }).run(401 * EVERY)
    const asked = marks(world, 'began').map(({ to }) => to)
    expect(asked).toHaveLength(400)
    for (const to of [1, 2, 3, 4]) expect(Math.abs(asked.filter((id) => id === to).length - 100)).toBeLessThan(35)
    expect(asked).not.toContain(0)
    expect(world.sent).toHaveLength(800)
    const ended = marks(world, 'ended')
    expect(ended).toHaveLength(400)
    expect(ended.every(({ tookUs }) => tookUs === 2 * LATENCY)).toBe(true)
  })

  it('a report goes up a tree as one sum over each connection, in as many hops as the tree is deep', () => {
    const world = run(heap(40, 3), 'report').run(EVERY)
    expect(world.sent.map(({ from, to }) => [from, to]).toSorted((a, b) => a[0]! - b[0]!)).toEqual(
      heap(40, 3).flatMap((parent, id) => (id === 0 ? [] : [[id, parent]])),
    )
    expect(marks(world, 'ended')).toEqual([expect.objectContaining({ count: 40, sum: 780, tookUs: 3 * LATENCY })])
  })

  it('in any forest it counts every agent once, in n − 1 messages, also when each comes twice (property)', () => {
    const forests = fc
      .array(fc.nat(), { minLength: 1, maxLength: 30 })
      .map((draws) => draws.map((draw, id) => (draw % (id + 1)) - 1))
    fc.assert(
      fc.property(forests, fc.boolean(), (up, twice) => {
        const n = up.length
        const world = run(up, 'report', {}, twice ? { network: () => [LATENCY, LATENCY + 7] } : {}).run(EVERY)
        expect(world.sent).toHaveLength(n - 1)
        expect(marks(world, 'ended')).toEqual([expect.objectContaining({ count: n, sum: (n * (n - 1)) / 2 })])
      }),
      { numRuns: 60 },
    )
  })

  it('without summing up everybody reports to the first itself', () => {
    const world = run(heap(13, 3), 'report', { aggregate: false }).run(EVERY)
    expect(world.sent.every(({ to, msg }) => to === 0 && msg.count === 1)).toBe(true)
    expect(marks(world, 'ended')).toEqual([expect.objectContaining({ count: 13, tookUs: LATENCY })])
  })

  it('keep-alive is one message over each connection in each direction', () => {
    const world = run(heap(13, 3), 'keep-alive').run(EVERY)
    expect(world.sent).toHaveLength(24)
    expect(marks(world, 'all here').map(({ agent }) => agent)).toHaveLength(13)
  })

  it('does the jobs in turn, so many times and no more', () => {
    const world = run(flat(4), 'report', { jobs: ['broadcast', 'keep-alive'], times: 3 }).run(10 * EVERY)
    expect(marks(world, 'began').map(({ job, errand: k }) => `${k} ${job}`)).toEqual([
      '1 broadcast',
      '2 keep-alive',
      '3 broadcast',
    ])
  })

  it('says that a report stayed unfinished where somebody is down, and begins the next', () => {
    const world = run(heap(4, 3), 'report', { times: 2 })
    world.crash(2).run(3 * EVERY)
    expect(marks(world, 'ended')).toEqual([])
    expect(marks(world, 'unfinished')).toEqual([expect.objectContaining({ agent: 0, errand: 1, count: 3 })])
    expect(marks(world, 'began')).toHaveLength(2)
  })

  it('waits no longer for an agent that the routing has given up', () => {
    const world = run(heap(4, 3), 'report')
    world.crash(2).run(EVERY / 2)
    const [one, three] = [agentId(1), agentId(3)]
    world.discover(0, { parent: NONE, children: [one, three], neighbours: [one, three], group: 0 }).run(1_000)
    expect(marks(world, 'ended')).toEqual([expect.objectContaining({ count: 3, sum: 4 })])
  })
})
