import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { headsOf, MEMBER_SPACING, type Layout } from './Layout.ts'
import { layoutOf } from './layoutOf.ts'

/** `groups` trees of `size` agents with `branching` children; the heads run raft. */
function forest(groups: number, size: number, branching: number): StageInfo {
  const agents = groups * size
  const parent = new Int32Array(agents).fill(-1)
  const level = new Int32Array(agents)
  const links: number[] = []
  for (let agent = 0; agent < agents; agent++) {
    const place = agent % size
    if (place === 0) continue
    parent[agent] = agent - place + Math.floor((place - 1) / branching)
    level[agent] = level[parent[agent]!]! + 1
    links.push(parent[agent]!, agent)
  }
  return {
    agents,
    capacity: agents + 8,
    links: Int32Array.from(links),
    linksTotal: links.length / 2,
    parent,
    level,
    group: Int32Array.from({ length: agents }, (_, agent) => Math.floor(agent / size)),
    groupNames: Array.from({ length: groups }, (_, g) => `region ${g}`),
    programs: Uint32Array.from({ length: agents }, (_, agent) => (agent % size === 0 ? 1 : 0)),
    programKinds: ['raft'],
    messageKinds: [],
  }
}
const scenario = (layout: Scenario['layout'], height: Scenario['height'] = 'none', kind = 'mesh') =>
  ({ layout, height, topology: { kind } }) as Pick<Scenario, 'layout' | 'height' | 'topology'>
const gap = ({ places }: Layout, a: number, b: number): number =>
  Math.hypot(...[0, 1, 2].map((k) => places[4 * a + k]! - places[4 * b + k]!))
const flatGap = ({ places }: Layout, a: number, b: number): number =>
  Math.hypot(places[4 * a]! - places[4 * b]!, places[4 * a + 2]! - places[4 * b + 2]!)

describe('layoutOf', () => {
  it('places every agent, finite and apart, for any forest and any set-out', async () => {
    const kinds = fc.constantFrom<Scenario['layout']>('regions', 'ring', 'tree', 'force')
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 5 }),
        kinds,
        async (groups, size, branching, kind) => {
          const info = forest(groups, size, branching)
          const layout = await layoutOf(info, scenario(kind), (a, b) => 10 + Math.abs(a - b) * 30)
          expect(layout.places.every(Number.isFinite)).toBe(true)
          for (let a = 0; a < info.agents; a++) expect(layout.places[4 * a + 3]).not.toBe(0)
          if (kind === 'force') return
          let nearest = Infinity
          for (let a = 0; a < info.agents; a++)
            for (let b = 0; b < a; b++) nearest = Math.min(nearest, gap(layout, a, b))
          expect(nearest).toBeGreaterThan(0.5 * MEMBER_SPACING)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('sets regions out so that a longer latency is a wider gap', async () => {
    const rtt = [
      [0, 13, 91, 233, 250],
      [13, 0, 75, 243, 261],
      [91, 75, 0, 165, 214],
      [233, 243, 165, 0, 115],
      [250, 261, 214, 115, 0],
    ]
    const info = forest(5, 40, 3)
    const layout = await layoutOf(info, scenario('regions'), (a, b) => rtt[a]![b]!)
    const pairs: { ms: number; seen: number }[] = []
    for (let a = 0; a < 5; a++)
      for (let b = 0; b < a; b++) pairs.push({ ms: rtt[a]![b]!, seen: flatGap(layout, a * 40, b * 40) })
    pairs.sort((p, q) => p.ms - q.ms)
    // Five measured latencies do not fit a plane exactly: what differs by a factor of two must keep its order.
    for (const p of pairs) for (const q of pairs) if (q.ms > 2 * p.ms) expect(q.seen).toBeGreaterThan(p.seen)
  })

  it('keeps the trees of different regions apart', async () => {
    const info = forest(4, 60, 3)
    const layout = await layoutOf(info, scenario('regions'), () => 1)
    for (let a = 0; a < info.agents; a++)
      for (let b = 0; b < a; b++)
        if (info.group[a] !== info.group[b]) expect(flatGap(layout, a, b)).toBeGreaterThan(MEMBER_SPACING * 0.9)
  })

  it('lets height be the level: a child stands lower than its parent', async () => {
    const info = forest(1, 40, 3)
    for (const kind of ['tree', 'regions'] as const) {
      const { places } = await layoutOf(info, scenario(kind, 'level'))
      for (let agent = 1; agent < info.agents; agent++)
        expect(places[4 * agent + 1]).toBeLessThan(places[4 * info.parent[agent]! + 1]!)
    }
  })

  it('gives the same places every time (the layout is a function of its input)', async () => {
    const info = forest(3, 20, 2)
    for (const kind of ['regions', 'ring', 'tree', 'force'] as const)
      expect((await layoutOf(info, scenario(kind))).places).toEqual((await layoutOf(info, scenario(kind))).places)
  })

  it('takes for the head of a group the agent whose parent lies outside it', () => {
    const info = forest(2, 3, 2)
    const turned = { ...info, parent: Int32Array.from([1, -1, 1, 4, -1, 4]) }
    expect(headsOf(turned)).toEqual([1, 4])
  })
})
