import { describe, expect, it } from 'vitest'
import { World, type WorldOptions } from '../consensus/testing/World.ts'
import { agentId, NONE, type AgentId } from '../kernel/units.ts'
import { phi } from './phi.ts'
import { addInterval, estimateOf, makeWatched, type Phi, type PhiParams } from './phiState.ts'

const BEAT = 100_000
const beats = (count: number): number => count * BEAT
/** Exactly regular arrivals have no deviation, so the smallest that is believed decides: 10 ms. */
const REGULAR: Partial<PhiParams> = { heartbeatUs: BEAT, deviationMinUs: 10_000, warmUp: 10, threshold: 8 }

function swarm(n: number, params: Partial<PhiParams>, options: Partial<WorldOptions> = {}): World {
  const ids = [...Array(n).keys()]
  const neighbours = (agent: AgentId) => ids.filter((id) => id !== agent).map(agentId)
  const surroundings = (agent: AgentId) => ({ neighbours: neighbours(agent), parent: NONE, children: [], group: 0 })
  const world = new World({ agents: n, latencyUs: 5_000, surroundings, ...options })
  return world.install(phi, ids, params)
}
const at = (world: World, agent: number): Phi => world.state<Phi>(agent, 'phi')
const marks = (world: World, kind: string) => world.marks.filter(({ body }) => body.kind === kind)

describe('phi accrual', () => {
  it('is watched by the next few neighbours in the order of ids', () => {
    const world = swarm(6, { ...REGULAR, watchMax: 2 }).run(beats(5))
    expect(at(world, 0).watchers).toEqual([1, 2])
    expect(at(world, 4).watchers).toEqual([5, 0])
    expect(
      at(world, 0)
        .watched.map(({ id }) => id)
        .toSorted(),
    ).toEqual([4, 5])
  })

  it('suspects nobody while heartbeats come as they always have', () => {
    const world = swarm(5, { ...REGULAR, threshold: 3 }).run(beats(300))
    expect(world.marks).toEqual([])
  })

  it('suspects a crashed agent once phi is at the threshold: mean + 5.61 deviations for 8', () => {
    const world = swarm(4, REGULAR).run(beats(40))
    world.crash(2).run(beats(20))
    const found = marks(world, 'suspected')
    expect(found.map(({ agent }) => agent).toSorted()).toEqual([0, 1, 3])
    for (const { body } of found) {
      expect(body).toMatchObject({ of: 2 })
      expect(body['silentUs']).toBe(BEAT + 56_121)
      expect(body['phi']).toBeCloseTo(8, 3)
    }
    expect(marks(world, 'trusted')).toEqual([])
  })

  it('trusts again at the next heartbeat, and does not take a power failure for an interval', () => {
    const world = swarm(3, REGULAR).run(beats(40))
    world.crash(2).run(beats(30)).restart(2).run(beats(30))
    expect(marks(world, 'trusted').map(({ agent }) => agent)).toEqual([0, 1])
    for (const { intervals } of at(world, 0).watched) expect(Math.max(...intervals)).toBeLessThanOrEqual(BEAT)
    expect(marks(world, 'suspected').length).toBe(2)
  })

  it('learns that a network has become slower, and stops suspecting', () => {
    let late = 0
    const options: Partial<WorldOptions> = { network: ({ timeUs }) => [5_000 + (timeUs % 7) * late] }
    const world = swarm(2, { ...REGULAR, windowMax: 50, threshold: 4 }, options).run(beats(60))
    late = 15_000
    const suspicions = (): number => marks(world, 'suspected').length
    world.run(beats(100))
    const learning = suspicions()
    world.run(beats(200))
    expect(learning).toBeGreaterThan(0)
    expect(suspicions() - learning).toBeLessThan(learning)
  })

  it('counts what full windows judged, and how often the threshold was passed by mistake', () => {
    const params = { ...REGULAR, heartbeats: 'exponential', model: 'exponential', threshold: 1 } as const
    const world = swarm(2, { ...params, windowMax: 30, warmUp: 30, reportEvery: 100 }).run(beats(2_000))
    const tallies = marks(world, 'tally').filter(({ agent }) => agent === 0)
    expect(tallies.map(({ body }) => body['judged'])).toEqual(tallies.map((_, k) => 100 * (k + 1)))
    const { judged, suspicions } = at(world, 0).watched[0]!
    const trusted = marks(world, 'trusted').filter(({ agent }) => agent === 0).length
    expect(suspicions).toBe(trusted)
    // (1 + ln 10 / 30)⁻³⁰ = 0.109, within five standard errors
    expect(Math.abs(suspicions / judged - 0.109)).toBeLessThan(5 * Math.sqrt(0.1 / judged))
  })

  it('ignores heartbeats that were overtaken or doubled', () => {
    const twice = swarm(2, REGULAR, { network: () => [5_000, 30_000] }).run(beats(50))
    const once = swarm(2, REGULAR).run(beats(50))
    expect(at(twice, 0).watched[0]!.intervals).toEqual(at(once, 0).watched[0]!.intervals)
  })
})

describe('the window of intervals', () => {
  it('has the mean and deviation of the last windowMax intervals, however long it runs', () => {
    const watched = makeWatched(agentId(1), 0, 0, 0)
    const all = Array.from({ length: 1_000 }, (_, k) => ((k * 7_919) % 1_009) + 50_000_000 * Number(k === 500))
    for (const [k, us] of all.entries()) {
      addInterval(watched, us, 64)
      const window = all.slice(Math.max(0, k - 63), k + 1)
      const mean = window.reduce((sum, x) => sum + x, 0) / window.length
      const variance = window.reduce((sum, x) => sum + (x - mean) ** 2, 0) / window.length
      const { meanUs, deviationUs } = estimateOf(watched, 1)
      expect(meanUs).toBeCloseTo(mean, 6)
      expect(Math.abs(deviationUs / Math.max(1, Math.sqrt(variance)) - 1)).toBeLessThan(1e-3)
    }
  })
})
