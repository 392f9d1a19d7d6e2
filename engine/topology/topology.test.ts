import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentId, NONE, type AgentId } from '../kernel/units.ts'
import type { TopologySpec } from '../scenario/Scenario.ts'
import { buildTopology } from './buildTopology.ts'
import { meshLinks, ringDiameter } from './metrics.ts'
import type { Topology } from './Topology.ts'

/** Those that are forests; graphs.test.ts has the others. */
const KINDS = ['mesh', 'hierarchical', 'ring', 'mesh-of-trees', 'ring-of-trees', 'star'] as const
const specOf = (spec: Partial<TopologySpec>): TopologySpec => ({
  kind: 'mesh',
  branching: 3,
  groups: 1,
  oneWay: false,
  degree: 4,
  rewire: 0.1,
  columns: 0,
  repairUs: 0,
  weights: [],
  ...spec,
})
const all = (n: number): Uint8Array => new Uint8Array(n).fill(1)
const build = (spec: Partial<TopologySpec>, n: number): Topology => buildTopology(specOf(spec), all(n), { agents: n })

interface Case {
  spec: TopologySpec
  present: Uint8Array
  agents: number
}
/** Any kind, up to 40 agents of which some are absent, some joined later. */
const anyCase = (weighted: boolean): fc.Arbitrary<Case> =>
  fc
    .record({
      kind: fc.constantFrom(...KINDS),
      branching: fc.integer({ min: 1, max: 4 }),
      groups: fc.integer({ min: 1, max: 6 }),
      oneWay: fc.boolean(),
      size: fc.integer({ min: 1, max: 6 }),
      joined: fc.nat(4),
      absent: fc.array(fc.nat(39), { maxLength: 12 }),
      weights: fc.array(
        fc.record({ a: fc.nat(39), b: fc.nat(39), weight: fc.constantFrom(0.01, 0.5, 1, 2, 3.7, 100) }),
        { maxLength: weighted ? 10 : 0 },
      ),
    })
    .map(({ size, joined, absent, ...spec }) => {
      const agents = spec.groups * size
      const present = all(agents + joined)
      for (const id of absent) if (id < present.length) present[id] = 0
      return { spec: specOf(spec), present, agents }
    })
const topologyOf = ({ spec, present, agents }: Case): Topology => buildTopology(spec, present, { agents })
const members = (t: Topology, capacity: number): AgentId[] =>
  Array.from({ length: capacity }, (_, id) => agentId(id)).filter((id) => t.has(id))

/** Hops of the route, each checked to be a neighbour's. */
function hops(t: Topology, from: AgentId, to: AgentId): number {
  let count = 0
  for (let at = from; at !== to; count++) {
    const next = t.nextHop(at, to)
    if (!t.neighbours(at).includes(next) || count > t.size) throw new Error(`${from} → ${to} strays at ${at} → ${next}`)
    at = next
  }
  return count
}

/** Shortest hop counts from `from`, by breadth-first search over `neighbours`: an independent way to know them. */
function distances(t: Topology, from: AgentId): Map<AgentId, number> {
  const found = new Map([[from, 0]])
  for (const at of found.keys())
    for (const next of t.neighbours(at)) if (!found.has(next)) found.set(next, found.get(at)! + 1)
  return found
}

/** Everything a topology says, as text. */
function tables(t: Topology, capacity: number): string {
  const lines: string[] = []
  for (let id = 0; id < capacity; id++) {
    const a = agentId(id)
    const { neighbours, parent, children, group } = t.surroundings(a)
    const routes = Array.from({ length: capacity }, (_, to) => t.nextHop(a, agentId(to))).join(' ')
    lines.push(
      `${id}: group ${group} level ${t.level(a)} parent ${parent} children [${children}] neighbours [${neighbours}]`,
    )
    lines.push(`   next hops ${routes}`)
  }
  return lines.join('\n').replaceAll('-2', '-')
}

describe('every kind, whoever is absent', () => {
  it('routes arrive over neighbours only, on a shortest path, within the diameter; the diameter is reached', () => {
    fc.assert(
      fc.property(anyCase(false), (c) => {
        const t = topologyOf(c)
        let longest = 0
        for (const from of members(t, c.present.length)) {
          const shortest = distances(t, from)
          for (const to of members(t, c.present.length)) {
            const count = hops(t, from, to)
            expect(count).toBe(shortest.get(to))
            longest = Math.max(longest, count)
          }
        }
        expect(t.diameter()).toBe(longest)
      }),
      { numRuns: 300 },
    )
  })
  it('weights move routes on rings but every one still arrives', () => {
    fc.assert(
      fc.property(anyCase(true), (c) => {
        const t = topologyOf(c)
        for (const from of members(t, c.present.length))
          for (const to of members(t, c.present.length)) expect(hops(t, from, to)).toBeLessThan(t.size)
      }),
      { numRuns: 200 },
    )
  })
  it('a broadcast reaches each present agent exactly once, over links', () => {
    fc.assert(
      fc.property(anyCase(true), (c) => {
        const t = topologyOf(c)
        for (const origin of members(t, c.present.length)) {
          const reached: AgentId[] = []
          const pass = (at: AgentId): void => {
            for (const next of t.spread(at, origin)) {
              expect(t.neighbours(at)).toContain(next)
              reached.push(next)
              if (reached.length <= t.size) pass(next)
            }
          }
          pass(origin)
          expect(reached.sort((a, b) => a - b)).toEqual(members(t, c.present.length).filter((id) => id !== origin))
        }
      }),
      { numRuns: 200 },
    )
  })
  it('degree, links, parents, children and levels agree with the neighbours', () => {
    fc.assert(
      fc.property(anyCase(true), (c) => {
        const t = topologyOf(c)
        const present = members(t, c.present.length)
        expect(present.map(Number)).toEqual([...c.present.keys()].filter((id) => c.present[id] === 1))
        expect(t.size).toBe(present.length)
        const links: string[] = []
        t.forEachLink((a, b) => links.push(`${a} ${b}`))
        expect(new Set(links).size).toBe(links.length)
        expect(t.linkCount()).toBe(links.length)
        const directed = c.spec.oneWay && c.spec.kind.startsWith('ring')
        for (const a of present) {
          const neighbours = t.neighbours(a)
          expect(neighbours).toEqual([...new Set(neighbours)].sort((x, y) => x - y))
          expect(t.degree(a)).toBe(neighbours.length)
          for (const b of neighbours) {
            if (!directed) expect(links).toContain(a < b ? `${a} ${b}` : `${b} ${a}`)
            else expect(links.some((link) => link === `${a} ${b}` || link === `${b} ${a}`)).toBe(true)
            expect(t.weight(a, b)).toBe(t.weight(b, a))
          }
          for (const child of t.children(a)) expect([t.parent(child), t.level(child)]).toEqual([a, t.level(a) + 1])
          if (t.parent(a) === NONE) expect(t.level(a)).toBe(0)
          else expect(t.children(t.parent(a))).toContain(a)
        }
      }),
      { numRuns: 200 },
    )
  })
  it('absent agents have no neighbours and no way leads to or from them', () => {
    fc.assert(
      fc.property(anyCase(false), (c) => {
        const t = topologyOf(c)
        for (let id = 0; id < c.present.length; id++) {
          if (c.present[id] === 1) continue
          const a = agentId(id)
          expect([t.degree(a), t.neighbours(a), t.children(a), t.parent(a), t.level(a)]).toEqual([0, [], [], NONE, 0])
          for (let other = 0; other < c.present.length; other++)
            expect([t.nextHop(a, agentId(other)), t.nextHop(agentId(other), a)]).toEqual([NONE, NONE])
        }
      }),
      { numRuns: 100 },
    )
  })
  it('removing agents and taking them back restores the same tables', () => {
    fc.assert(
      fc.property(anyCase(false), fc.array(fc.nat(39)), (c, leaving) => {
        const before = tables(topologyOf(c), c.present.length)
        const without = { ...c, present: c.present.map((p, id) => (leaving.includes(id) ? 0 : p)) }
        topologyOf(without)
        expect(tables(topologyOf(c), c.present.length)).toBe(before)
      }),
      { numRuns: 50 },
    )
  })
  it('room for later agents changes nothing for those present', () => {
    fc.assert(
      fc.property(anyCase(false), (c) => {
        const roomy = new Uint8Array(c.present.length + 50)
        roomy.set(c.present)
        const t = topologyOf({ ...c, present: roomy })
        expect(tables(t, c.present.length)).toBe(tables(topologyOf(c), c.present.length))
      }),
      { numRuns: 100 },
    )
  })
})

describe('exact hop counts', () => {
  it('tree: levels up to the common ancestor and down again (heap order, parent ⌊(i−1)/b⌋)', () => {
    for (const branching of [1, 2, 3, 5]) {
      const t = build({ kind: 'hierarchical', branching }, 60)
      const up = (i: number): number[] => (i === 0 ? [0] : [i, ...up(Math.floor((i - 1) / branching))])
      for (let a = 0; a < 60; a++)
        for (let b = 0; b < 60; b++) {
          const [x, y] = [up(a), up(b)]
          const shared = x.filter((id) => y.includes(id)).length
          expect(hops(t, agentId(a), agentId(b))).toBe(x.length + y.length - 2 * shared)
        }
    }
  })
  it('ring: the shorter way round, ascending where both are equal; one way: (b − a) mod n', () => {
    for (const n of [1, 2, 3, 8, 9]) {
      const two = build({ kind: 'ring' }, n)
      const one = build({ kind: 'ring', oneWay: true }, n)
      for (let a = 0; a < n; a++)
        for (let b = 0; b < n; b++) {
          const up = (b - a + n) % n
          expect(hops(two, agentId(a), agentId(b))).toBe(Math.min(up, n - up))
          expect(hops(one, agentId(a), agentId(b))).toBe(up)
        }
    }
    expect(build({ kind: 'ring' }, 8).nextHop(agentId(0), agentId(4))).toBe(1)
  })
  it('a ring goes the way of least Σ 1/weight: a strong long way beats a weak short one', () => {
    const weights = [{ a: 0, b: 1, weight: 0.1 }]
    const t = build({ kind: 'ring', weights }, 8)
    expect(t.nextHop(agentId(0), agentId(1))).toBe(7)
    expect(hops(t, agentId(0), agentId(1))).toBe(7)
    expect(build({ kind: 'ring' }, 8).nextHop(agentId(0), agentId(1))).toBe(1)
  })
  it('composite: up to the head, over the heads, down again', () => {
    const mesh = build({ kind: 'mesh-of-trees', groups: 5 }, 200)
    const ring = build({ kind: 'ring-of-trees', groups: 5 }, 200)
    // last agents of groups 0 and 2: level 3 each in a tree of 40 that branches by 3
    expect([mesh.level(agentId(39)), mesh.group(agentId(119))]).toEqual([3, 2])
    expect(hops(mesh, agentId(39), agentId(119))).toBe(3 + 1 + 3)
    expect(hops(ring, agentId(39), agentId(119))).toBe(3 + 2 + 3)
  })
})

describe('constants', () => {
  it('mesh: n(n−1)/2 links, diameter 1; ring: n links, diameter ⌊n/2⌋, one way n−1; tree: n−1 links', () => {
    for (const n of [3, 4, 17, 64]) {
      const shape = (spec: Partial<TopologySpec>) => [build(spec, n).linkCount(), build(spec, n).diameter()]
      expect(shape({ kind: 'mesh' })).toEqual([meshLinks(n), 1])
      expect(shape({ kind: 'ring' })).toEqual([n, ringDiameter(n, false)])
      expect(shape({ kind: 'ring', oneWay: true })).toEqual([n, n - 1])
      expect(build({ kind: 'hierarchical' }, n).linkCount()).toBe(n - 1)
    }
  })
  it('nobody, one and two agents', () => {
    for (const kind of KINDS)
      for (const oneWay of [false, true]) {
        const none = buildTopology(specOf({ kind, oneWay }), new Uint8Array(3), { agents: 3 })
        expect([none.size, none.linkCount(), none.diameter()]).toEqual([0, 0, 0])
        expect([build({ kind, oneWay }, 1).linkCount(), build({ kind, oneWay }, 1).degree(agentId(0))]).toEqual([0, 0])
        expect([build({ kind, oneWay }, 2).linkCount(), build({ kind, oneWay }, 2).diameter()]).toEqual([
          kind === 'ring' && oneWay ? 2 : 1,
          1,
        ])
      }
  })
})

describe('star', () => {
  it('everybody hangs on the smallest present id, who is two hops at most from anybody', () => {
    const present = all(9)
    const hubs = [0, 1].map((gone) => {
      present[gone] = 0
      const t = buildTopology(specOf({ kind: 'star', branching: 2 }), present, { agents: 7 })
      expect([t.linkCount(), t.diameter()]).toEqual([7 - gone, 2])
      return t.children(agentId(gone + 1)).length
    })
    expect(hubs).toEqual([7, 6])
    present[0] = present[1] = 1
    expect(buildTopology(specOf({ kind: 'star' }), present, { agents: 7 }).degree(agentId(0))).toBe(8)
  })
})

describe('repair and membership', () => {
  it('golden: four trees in a ring before and after the head of group 1 and an inner agent leave', async () => {
    const spec = specOf({ kind: 'ring-of-trees', groups: 4, branching: 2 })
    const present = all(20)
    const before = tables(buildTopology(spec, present, { agents: 20 }), 20)
    present[5] = present[11] = 0
    const after = tables(buildTopology(spec, present, { agents: 20 }), 20)
    await expect(`${before}\n\nwithout 5 and 11\n\n${after}\n`).toMatchFileSnapshot('testdata/ringOfTrees.txt')
  })
  it('the smallest present agent of a group stands in for its head', () => {
    const spec = specOf({ kind: 'mesh-of-trees', groups: 2, branching: 3 })
    const present = all(16)
    present[8] = present[9] = 0
    const t = buildTopology(spec, present, { agents: 16 })
    expect([t.parent(agentId(10)), t.neighbours(agentId(10))]).toEqual([NONE, [0, 11, 12, 13, 14, 15]])
  })
  it('agents that join go round the groups, or where they are sent, after those already there', () => {
    const spec = specOf({ kind: 'mesh-of-trees', groups: 2, branching: 2 })
    const inTurn = buildTopology(spec, all(9), { agents: 6 })
    expect([6, 7, 8].map((id) => [inTurn.group(agentId(id)), inTurn.parent(agentId(id))])).toEqual([
      [0, 1],
      [1, 4],
      [0, 1],
    ])
    const sent = buildTopology(spec, all(9), { agents: 6, groupOf: (id) => (id < 3 ? 0 : 1) })
    expect([6, 7, 8].map((id) => [sent.group(agentId(id)), sent.parent(agentId(id))])).toEqual([
      [1, 4],
      [1, 4],
      [1, 5],
    ])
  })
  it('a later strength replaces an earlier one; 1 takes it back', () => {
    const weights = [
      { a: 1, b: 0, weight: 4 },
      { a: 0, b: 1, weight: 2 },
      { a: 2, b: 3, weight: 9 },
      { a: 3, b: 2, weight: 1 },
    ]
    const t = build({ weights }, 5)
    const between = (a: number, b: number) => t.weight(agentId(a), agentId(b))
    expect([between(0, 1), between(1, 0), between(2, 3), between(0, 4)]).toEqual([2, 2, 1, 1])
    expect([t.weighted, t.maxWeight, build({}, 5).weighted, build({}, 5).maxWeight]).toEqual([true, 2, false, 1])
  })
})

describe('20,000 agents', () => {
  it('a mesh holds no links: it is built and routed at once', () => {
    const t = build({ kind: 'mesh' }, 20_000)
    expect([t.linkCount(), t.diameter(), t.degree(agentId(7))]).toEqual([199_990_000, 1, 19_999])
    for (let a = 0; a < 20_000; a++) expect(t.surroundings(agentId(a)).group).toBe(0)
    expect(t.surroundings(agentId(5)).neighbours).toHaveLength(19_999)
  })
  it('the surroundings of a mesh agent are plain data to whoever copies them', () => {
    const { neighbours } = structuredClone(build({ kind: 'mesh' }, 100).surroundings(agentId(3)))
    expect(neighbours).toEqual(Array.from({ length: 100 }, (_, id) => id).filter((id) => id !== 3))
  })
})
