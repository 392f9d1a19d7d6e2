import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixWord } from '../consensus/chain.ts'
import { World } from '../consensus/testing/World.ts'
import type { WorldOptions } from '../consensus/testing/World.ts'
import { agentId, type AgentId } from '../kernel/units.ts'
import { survey } from './survey.ts'
import type { SurveyParams } from './surveyMessages.ts'
import { originPlace, type Survey } from './surveyState.ts'

type Pairs = readonly (readonly [number, number])[]
const ringOf = (n: number): Pairs => Array.from({ length: n }, (_, i) => [i, (i + 1) % n] as const)
const meshOf = (n: number): Pairs => ringOf(n).flatMap(([a]) => ringOf(n).flatMap(([b]) => (a < b ? [[a, b]] : [])))
const starOf = (n: number): Pairs => Array.from({ length: n - 1 }, (_, i) => [0, i + 1] as const)

const neighboursIn =
  (links: Pairs) =>
  (agent: AgentId): AgentId[] =>
    [...new Set(links.flatMap(([a, b]) => (a === agent ? [b] : b === agent ? [a] : [])))]
      .sort((a, b) => a - b)
      .map(agentId)

function surveyed(n: number, links: Pairs, params: Partial<SurveyParams>, options: Partial<WorldOptions> = {}): World {
  const world = new World({ agents: n, neighbours: neighboursIn(links), latencyUs: 1_000, ...options })
  return world.install(survey, [...Array(n).keys()], { floodEveryUs: 0, settleUs: 200_000, roundUs: 5_000, ...params })
}
const bodies = (world: World, kind: string): any[] =>
  world.marks.filter(({ body }) => body.kind === kind).map(({ body, agent }) => ({ agent, ...body }))
const sent = (world: World, kind: string): number => world.sent.filter(({ msg }) => msg.type === kind).length

/** Hops to whoever can be reached, by an independent search. */
function hopsFrom(links: Pairs, from: number): number[] {
  const hops = new Map([[from, 0]])
  for (const at of hops.keys())
    for (const next of neighboursIn(links)(agentId(at))) if (!hops.has(next)) hops.set(next, hops.get(at)! + 1)
  return [...hops.values()]
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Any graph of up to 14 agents, and a word for delays. */
const anyGraph = fc.record({
  n: fc.integer({ min: 1, max: 14 }),
  picks: fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 30 }),
  word: fc.nat(),
})
const linksOf = (n: number, picks: Pairs): Pairs => picks.filter(([a, b]) => a < n && b < n && a !== b)

describe('floods', () => {
  it('tell every origin whom it reaches, the farthest and all hops, whatever the delays', () => {
    fc.assert(
      fc.property(anyGraph, ({ n, picks, word }) => {
        const links = linksOf(n, picks)
        let k = 0
        const jumpy: WorldOptions['network'] = () => [1 + (mixWord(word, k++) % 4_000)]
        const told = bodies(surveyed(n, links, { origins: n }, { network: jumpy }).run(250_000), 'surveyed')
        expect(told).toHaveLength(n)
        for (const { agent, reached, farthest, hopsTotal } of told) {
          const hops = hopsFrom(links, agent)
          expect([reached, farthest, hopsTotal]).toEqual([hops.length, Math.max(...hops), sum(hops)])
        }
      }),
      { numRuns: 60 },
    )
  })
  it('take two messages a connection and one answer an agent where all links are alike', () => {
    for (const links of [ringOf(9), meshOf(7), starOf(8)]) {
      const n = 1 + Math.max(...links.flat())
      const world = surveyed(n, links, { origins: 1 }).run(250_000)
      expect([sent(world, 'flood'), sent(world, 'answer')]).toEqual([2 * links.length, n - 1])
    }
  })
  it('count twice-delivered messages once', () => {
    const twice: WorldOptions['network'] = () => [1_000, 1_700]
    const params = { origins: 12, neighbourhoods: true, rounds: 40 }
    const [once, again] = [surveyed(12, ringOf(12), params), surveyed(12, ringOf(12), params, { network: twice })]
    for (const kind of ['surveyed', 'graph', 'contracted'])
      expect(bodies(again.run(1_200_000), kind)).toEqual(bodies(once.run(1_200_000), kind))
    expect(bodies(once, 'contracted')).toHaveLength(1)
  })
  it('start from as many as asked, evenly spaced and in order; all of them where more are asked', () => {
    for (const [origins, starters] of [
      [0, []],
      [1, [0]],
      [4, [0, 2, 5, 7]],
      [10, [...Array(10).keys()]],
      [99, [...Array(10).keys()]],
    ] as const) {
      const world = surveyed(10, [], { origins, floodEveryUs: 1_000 }).run(100)
      const places = Array.from({ length: 10 }, (_, id) => originPlace(world.state<Survey>(id, 'survey')))
      expect(places.flatMap((k, id) => (k >= 0 ? [id] : []))).toEqual([...starters])
      expect(places.filter((k) => k >= 0)).toEqual([...starters.keys()])
    }
  })
})

describe('neighbourhoods', () => {
  it('triangles and pairs are those of the graph (Watts and Strogatz 1998; Barrat and Weigt 2000)', () => {
    fc.assert(
      fc.property(anyGraph, ({ n, picks }) => {
        const links = linksOf(n, picks)
        const near = Array.from({ length: n }, (_, id) => neighboursIn(links)(agentId(id)))
        const own = near.map((ids) => {
          let linked = 0
          for (const a of ids) for (const b of ids) if (a < b && near[a]!.includes(b)) linked++
          return { linked, pairs: (ids.length * (ids.length - 1)) / 2 }
        })
        const [graph] = bodies(surveyed(n, links, { origins: n, neighbourhoods: true }).run(600_000), 'graph')
        const pairs = sum(own.map((o) => o.pairs))
        expect(graph.links).toBe(sum(near.map((ids) => ids.length)) / 2)
        expect(graph.transitivity).toBeCloseTo(pairs === 0 ? 0 : sum(own.map((o) => o.linked)) / pairs, 12)
        expect(graph.clustering).toBeCloseTo(sum(own.map((o) => (o.pairs === 0 ? 0 : o.linked / o.pairs))) / n, 12)
      }),
      { numRuns: 60 },
    )
  })
})

describe('averaging', () => {
  const connectivity = (n: number, links: Pairs, rounds: number): number =>
    bodies(surveyed(n, links, { origins: n, rounds }).run(1_000_000 + 5_000 * rounds), 'contracted')[0].connectivity
  it('differences shrink by 1 − gain·λ₂ in the end (Fiedler 1973): mesh n, ring 2 − 2 cos(2π/n), star 1', () => {
    expect(connectivity(8, meshOf(8), 8)).toBeCloseTo(8, 9)
    expect(connectivity(9, starOf(9), 60)).toBeCloseTo(1, 8)
    expect(connectivity(10, ringOf(10), 100)).toBeCloseTo(2 - 2 * Math.cos((2 * Math.PI) / 10), 8)
  })
  it('keeps the mean, and brings everybody to it', () => {
    const world = surveyed(12, ringOf(12), { origins: 12, rounds: 1 }).run(205_000)
    const values = (): number[] =>
      Array.from({ length: 12 }, (_, id) => world.state<Survey>(id, 'survey').averaging.value)
    const before = sum(values())
    const later = surveyed(12, ringOf(12), { origins: 12, rounds: 400 }).run(3_000_000)
    const after = Array.from({ length: 12 }, (_, id) => later.state<Survey>(id, 'survey').averaging.value)
    expect(sum(after)).toBeCloseTo(before, 12)
    for (const value of after) expect(value).toBeCloseTo(before / 12, 8)
  })
  it('a gain beyond the stability limit makes the numbers grow: 2 / λ_max is ½ on an even ring', () => {
    const spread = (gain: number): number => {
      const world = surveyed(8, ringOf(8), { origins: 8, rounds: 200, gain }).run(2_000_000)
      const values = Array.from({ length: 8 }, (_, id) => world.state<Survey>(id, 'survey').averaging.value)
      return Math.max(...values) - Math.min(...values)
    }
    expect(spread(0.49)).toBeLessThan(0.05)
    expect(spread(0.52)).toBeGreaterThan(10)
  })
})

describe('passes', () => {
  const params = { origins: 3, neighbourhoods: true, rounds: 10, pauseUs: 100_000 }
  it('are repeated after a pause, and measure the graph as it has become', () => {
    const world = surveyed(6, ringOf(6), params).run(700_000)
    const around = (neighbours: number[]) => ({
      ...{ neighbours: neighbours.map(agentId), parent: -2, children: [], group: 0 },
    })
    world.crash(3)
    world.discover(2, around([1]))
    world.discover(4, around([5]))
    world.run(900_000)
    expect(bodies(world, 'graph').map(({ pass, agents, links, farthest }) => [pass, agents, links, farthest])).toEqual([
      [1, 6, 6, 3],
      [2, 5, 4, 4],
    ])
  })
  it('an agent that restarts falls in with the pass of the others as soon as it hears of one', () => {
    const world = surveyed(6, ringOf(6), params).run(100_000).crash(3).run(1_000_000).restart(3).run(1_500_000)
    const passes = Array.from({ length: 6 }, (_, id) => world.state<Survey>(id, 'survey').pass)
    expect(new Set(passes).size).toBe(1)
    expect(bodies(world, 'graph').at(-1)).toMatchObject({ agents: 6, links: 6, farthest: 3 })
  })
  it('an order from outside begins the next pass everywhere', () => {
    const world = surveyed(6, ringOf(6), { origins: 6, neighbourhoods: true }).run(1_000_000)
    world.op(4, 'survey', { op: 'again' }).run(1_000_000)
    expect(bodies(world, 'graph').map(({ pass, agents }) => [pass, agents])).toEqual([
      [1, 6],
      [2, 6],
    ])
  })
})
