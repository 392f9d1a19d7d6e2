import { describe, expect, it } from 'vitest'
import { agentId } from '../kernel/units.ts'
import { ringElection } from './ringElection.ts'
import { World } from './testing/World.ts'
import type { WorldOptions } from './testing/World.ts'

function ring(n: number, seed: number, network?: WorldOptions['network']): World {
  const neighbours = (a: number) => (n > 1 ? [agentId((a + 1) % n)] : [])
  const world = new World({ agents: n, seed, neighbours, ...(network ? { network } : {}) })
  return world.install(ringElection, [...Array(n).keys()], {}).run(10_000_000)
}
const bodies = (world: World, kind: string): any[] =>
  world.marks.filter(({ body }) => body.kind === kind).map(({ body }) => body)
const messages = (world: World): number =>
  [...bodies(world, 'swallowed'), ...bodies(world, 'elected')].reduce((sum, { hops }) => sum + hops, 0)
const sent = (world: World, kind: string): number => world.sent.filter(({ msg }) => msg.type === kind).length

describe('ring election (Chang & Roberts 1979)', () => {
  it('elects exactly one, whom everybody hears of, with n announcements', () => {
    for (const n of [1, 2, 3, 10, 31]) {
      const world = ring(n, n)
      const [winner, ...others] = bodies(world, 'elected')
      expect(others).toEqual([])
      for (let a = 0; a < n; a++) expect(world.state<any>(a, 'ring-election').leader).toBe(winner.owner)
      expect(sent(world, 'announce')).toBe(n > 1 ? n : 0)
    }
  })
  it('counts by marks exactly the election messages that were sent', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const world = ring(17, seed)
      expect(messages(world)).toBe(sent(world, 'election'))
      expect(bodies(world, 'swallowed')).toHaveLength(16)
    }
  })
  it('takes n·H_n messages in the mean (their theorem), within four standard errors of 2,000 seeds', () => {
    const n = 12
    const counts = Array.from({ length: 2_000 }, (_, seed) => messages(ring(n, seed + 1)))
    const mean = counts.reduce((a, b) => a + b) / counts.length
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1)
    let harmonic = 0
    for (let k = 1; k <= n; k++) harmonic += 1 / k
    expect(Math.abs(mean - n * harmonic)).toBeLessThan(4 * Math.sqrt(variance / counts.length))
  })
  it('stays between 2n − 1 and n(n + 1)/2 messages', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const count = messages(ring(9, seed))
      expect(count).toBeGreaterThanOrEqual(17)
      expect(count).toBeLessThanOrEqual(45)
    }
  })
  it('counts the same whatever the latencies: only the order of the numbers matters', () => {
    let k = 0
    const uneven: WorldOptions['network'] = () => [1 + ((k++ * 7_919) % 5_000)]
    for (let seed = 1; seed <= 20; seed++) expect(messages(ring(15, seed, uneven))).toBe(messages(ring(15, seed)))
  })
  it('starts a new round when a gap in the ring is closed', () => {
    const world = ring(5, 3)
    const lost = bodies(world, 'elected')[0].owner as number
    world.crash(lost)
    const before = (lost + 4) % 5
    world.discover(before, { neighbours: [agentId((lost + 1) % 5)], parent: -2, children: [], group: 0 })
    world.run(1_000_000)
    const last = bodies(world, 'elected').at(-1)
    expect(last).toMatchObject({ round: 1 })
    expect(last.owner).not.toBe(lost)
    for (let a = 0; a < 5; a++) if (a !== lost) expect(world.state<any>(a, 'ring-election').leader).toBe(last.owner)
  })
})
