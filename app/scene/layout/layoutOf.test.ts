import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { torusColumns } from '../../../engine/scenario/placement.ts'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { columnTop } from '../AgentState.ts'
import { around } from '../path.ts'
import { headsOf, MEMBER_SPACING, type Layout } from './Layout.ts'
import { layoutOf, type Shape } from './layoutOf.ts'

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
    space: null,
    messageKinds: [],
  }
}
/** Agents without groups; links as the engine's own graphs have them, or a few where only the places matter. */
function graph(kind: string, agents: number): StageInfo {
  const links: number[] = []
  const columns = kind === 'torus' ? torusColumns(scenario('force').topology, agents) : 0
  for (let a = 0; a < agents; a++) {
    if (kind === 'star' && a > 0) links.push(0, a)
    if (kind === 'ring' || kind === 'small-world') links.push(a, (a + 1) % agents)
    if (kind === 'random' && a > 0 && a % 7 !== 0) links.push(Math.floor(a / 3), a)
    if (kind === 'torus') {
      const row = Math.floor(a / columns)
      links.push(a, row * columns + ((a + 1) % columns), a, (a + columns) % agents)
    }
  }
  return {
    ...forest(1, agents, 2),
    links: Int32Array.from(links),
    linksTotal: links.length / 2,
    parent: new Int32Array(agents).map((_, a) => (kind === 'star' && a > 0 ? 0 : -1)),
    level: new Int32Array(agents),
    programKinds: ['gossip'],
  }
}
const chain = (from: number, to: number): number[] =>
  Array.from({ length: to - from - 1 }, (_, k) => [from + k, from + k + 1]).flat()

/** Smallest distance of two agents on the ground, by cells of one spacing. */
function nearest(layout: Layout, agents: number): number {
  const cells = new Map<string, number[]>()
  const cellOf = (v: number): number => Math.floor(v / MEMBER_SPACING)
  let least = Infinity
  for (let a = 0; a < agents; a++) {
    const [x, z] = [cellOf(layout.places[4 * a]!), cellOf(layout.places[4 * a + 2]!)]
    for (let i = x - 1; i <= x + 1; i++)
      for (let j = z - 1; j <= z + 1; j++)
        for (const b of cells.get(`${i} ${j}`) ?? []) least = Math.min(least, gap(layout, a, b))
    const cell = cells.get(`${x} ${z}`)
    if (cell) cell.push(a)
    else cells.set(`${x} ${z}`, [a])
  }
  return least
}

const scenario = (layout: Scenario['layout'], height: Scenario['height'] = 'none', kind = 'mesh') =>
  ({ layout, height, topology: { kind, columns: 0 } }) as Shape
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

  it.each([
    ['star', 5],
    ['star', 3_000],
    ['torus', 36],
    ['torus', 1_024],
    ['small-world', 20],
    ['small-world', 5_000],
    ['random', 60],
    ['random', 2_000],
    ['random', 20_000],
    ['mesh', 1_024],
    ['ring', 20_000],
  ] as const)('a %s of %i agents: every agent stands apart from every other', async (kind, agents) => {
    const layout = await layoutOf(graph(kind, agents), scenario('force', 'none', kind))
    expect(layout.places.every(Number.isFinite)).toBe(true)
    expect(nearest(layout, agents)).toBeGreaterThan(0.4 * MEMBER_SPACING)
  })

  it.each([6, 13, 48])('a star of %i: one circle, so wide that a hub with a full load is no higher', async (agents) => {
    const { places, headScale } = await layoutOf(graph('star', agents), scenario('force', 'load', 'star'))
    const radii = Array.from({ length: agents - 1 }, (_, k) => Math.hypot(places[4 * k + 4]!, places[4 * k + 6]!))
    expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(1e-4)
    expect(2 * radii[0]!).toBeGreaterThan(columnTop('load') * headScale)
  })

  it('a torus has no long link: over the edge every neighbour is one step away', async () => {
    const info = graph('torus', 48)
    const { places, wrap } = await layoutOf(info, { ...scenario('force', 'none', 'torus'), swarm: { agents: 48 } })
    const steps = new Set<number>()
    for (let k = 0; k < info.links.length; k += 2) {
      const [a, b] = [4 * info.links[k]!, 4 * info.links[k + 1]!]
      const dx = around(places[b]! - places[a]!, wrap![0])
      const dz = around(places[b + 2]! - places[a + 2]!, wrap![1])
      steps.add(Math.round(1000 * Math.hypot(dx, dz)))
    }
    expect(steps.size).toBe(1)
  })

  it('a long ring winds, and neighbours stay neighbours', async () => {
    const layout = await layoutOf(graph('ring', 5_000), scenario('ring', 'none', 'ring'))
    for (let a = 0; a + 1 < 5_000; a++) expect(flatGap(layout, a, a + 1)).toBeLessThan(3 * MEMBER_SPACING)
  })

  it('keeps what hangs together together: parts of a graph do not mix', async () => {
    const links = [...chain(0, 500), ...chain(500, 800), ...chain(800, 900)]
    const info = { ...graph('random', 1_000), links: Int32Array.from(links) }
    const layout = await layoutOf(info, scenario('force', 'none', 'random'))
    const middle = (from: number, to: number): readonly [number, number, number] => {
      let [x, z, far] = [0, 0, 0]
      for (let a = from; a < to; a++) {
        x += layout.places[4 * a]! / (to - from)
        z += layout.places[4 * a + 2]! / (to - from)
      }
      for (let a = from; a < to; a++)
        far = Math.max(far, Math.hypot(layout.places[4 * a]! - x, layout.places[4 * a + 2]! - z))
      return [x, z, far]
    }
    const parts = [middle(0, 500), middle(500, 800), middle(800, 900)]
    for (const p of parts)
      for (const q of parts) if (p !== q) expect(Math.hypot(p[0] - q[0], p[1] - q[1])).toBeGreaterThan(p[2] + q[2])
  })

  it('bears plates for logs and votes only: elsewhere links are seen from ball to ball', async () => {
    const plain = { ...graph('mesh', 100), programKinds: ['gossip'] }
    expect((await layoutOf(plain, scenario('force'))).plates).toBe(false)
    expect((await layoutOf({ ...plain, programKinds: ['raft'] }, scenario('force'))).plates).toBe(true)
    expect((await layoutOf(plain, scenario('force', 'log'))).plates).toBe(true)
  })

  it('takes for the head of a group the agent whose parent lies outside it', () => {
    const info = forest(2, 3, 2)
    const turned = { ...info, parent: Int32Array.from([1, -1, 1, 4, -1, 4]) }
    expect(headsOf(turned)).toEqual([1, 4])
  })
})
