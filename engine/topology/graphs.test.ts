import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentId, NONE, type AgentId } from '../kernel/units.ts'
import type { TopologySpec } from '../scenario/Scenario.ts'
import { buildTopology } from './buildTopology.ts'
import type { Topology } from './Topology.ts'

const KINDS = ['torus', 'small-world', 'random'] as const
const specOf = (spec: Partial<TopologySpec>): TopologySpec => ({
  ...{ kind: 'random', branching: 3, groups: 1, oneWay: false, degree: 4, rewire: 0.1, columns: 0, repairUs: 0 },
  weights: [],
  ...spec,
})
const all = (n: number): Uint8Array => new Uint8Array(n).fill(1)
const build = (spec: Partial<TopologySpec>, n: number, seed = 1): Topology =>
  buildTopology(specOf(spec), all(n), { agents: n, seed })

interface Case {
  readonly spec: TopologySpec
  readonly agents: number
  readonly present: Uint8Array
  readonly seed: number
}
/** Any graph, up to 45 agents of which some are absent, some joined later. */
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    agents: fc.integer({ min: 1, max: 40 }),
    degree: fc.nat(8),
    rewire: fc.constantFrom(0, 0.1, 0.5, 1),
    joined: fc.nat(5),
    absent: fc.array(fc.nat(44), { maxLength: 15 }),
    seed: fc.nat(0xffff),
  })
  .map(({ kind, agents, degree, rewire, joined, absent, seed }) => {
    const most = kind === 'small-world' ? 2 * Math.min(degree, Math.floor((agents - 1) / 2)) : Math.min(degree, agents)
    const present = all(agents + joined)
    for (const id of absent) if (id < present.length) present[id] = 0
    return { spec: specOf({ kind, degree: most, rewire }), agents, present, seed }
  })
const topologyOf = ({ spec, agents, present, seed }: Case): Topology => buildTopology(spec, present, { agents, seed })
const members = (t: Topology, capacity: number): AgentId[] =>
  Array.from({ length: capacity }, (_, id) => agentId(id)).filter((id) => t.has(id))
const links = (t: Topology): string[] => {
  const found: string[] = []
  t.forEachLink((a, b) => found.push(`${a}-${b}`))
  return found
}

/** Shortest hop counts from `from`, by a search over `neighbours`: an independent way to know them. */
function distances(t: Topology, from: AgentId): Map<AgentId, number> {
  const found = new Map([[from, 0]])
  for (const at of found.keys())
    for (const next of t.neighbours(at)) if (!found.has(next)) found.set(next, found.get(at)! + 1)
  return found
}

describe('every graph, whoever is absent', () => {
  it('routes reach whoever can be reached in the least number of hops, over the smallest id, and nobody else', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const t = topologyOf(c)
        const present = members(t, c.present.length)
        for (const to of present) {
          const away = distances(t, to)
          for (const from of present) {
            const hops = away.get(from)
            const nearer = t.neighbours(from).filter((id) => away.get(id) === (hops ?? NaN) - 1)
            expect(t.nextHop(from, to)).toBe(hops === undefined ? NONE : from === to ? to : Math.min(...nearer))
          }
        }
      }),
      { numRuns: 200 },
    )
  })
  it('a broadcast brings each agent that can be reached exactly one copy, over links', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
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
          const others = [...distances(t, origin).keys()].filter((id) => id !== origin)
          expect(reached.sort((a, b) => a - b)).toEqual(others.sort((a, b) => a - b))
        }
      }),
      { numRuns: 100 },
    )
  })
  it('the diameter is the longest shortest way within the component with the most agents', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const t = topologyOf(c)
        let best: Map<AgentId, number> = new Map()
        const from = members(t, c.present.length).map((id) => distances(t, id))
        for (const component of from) if (component.size > best.size) best = component
        const within = from.filter((component) => component.has([...best.keys()][0]!))
        expect(t.diameter()).toBe(Math.max(0, ...within.flatMap((component) => [...component.values()])))
      }),
      { numRuns: 100 },
    )
  })
  it('links are told once, join two who are present, and agree with neighbours and degrees', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const t = topologyOf(c)
        const told = links(t)
        expect(new Set(told).size).toBe(told.length)
        expect(t.linkCount()).toBe(told.length)
        for (let id = 0; id < c.present.length; id++) {
          const neighbours = t.neighbours(agentId(id))
          expect(t.degree(agentId(id))).toBe(neighbours.length)
          expect(neighbours).toEqual([...new Set(neighbours)].sort((a, b) => a - b))
          for (const other of neighbours) {
            expect([t.has(agentId(id)), t.has(other), other === id]).toEqual([true, true, false])
            expect(told).toContain(id < other ? `${id}-${other}` : `${other}-${id}`)
          }
          expect(t.surroundings(agentId(id))).toEqual({
            neighbours,
            parent: NONE,
            children: [],
            group: t.group(agentId(id)),
          })
        }
      }),
      { numRuns: 100 },
    )
  })
  it('a crash takes exactly the links of that agent among those of the start, and its return brings back all', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (c, pick) => {
        const gone = pick % c.present.length
        const before = links(topologyOf(c))
        const during = links(topologyOf({ ...c, present: c.present.map((p, id) => (id === gone ? 0 : p)) }))
        const atStart = (link: string): boolean => link.split('-').every((id) => Number(id) < c.agents)
        const kept = before.filter((link) => !link.split('-').includes(String(gone)))
        expect(during.filter(atStart)).toEqual(kept.filter(atStart))
        expect(links(topologyOf(c))).toEqual(before)
      }),
      { numRuns: 100 },
    )
  })
  it('the tables do not depend on which were asked for first, nor on how many are kept', () => {
    const t = build({ degree: 5 }, 60)
    const [there, again] = [build({ degree: 5 }, 60), build({ degree: 5 }, 60)]
    for (let to = 59; to >= 0; to--) again.nextHop(agentId(0), agentId(to))
    for (let from = 0; from < 60; from++)
      for (let to = 0; to < 60; to++) {
        const [a, b] = [agentId(from), agentId(to)]
        expect([there.nextHop(a, b), again.nextHop(a, b)]).toEqual([t.nextHop(a, b), t.nextHop(a, b)])
      }
  })
})

describe('torus', () => {
  it('every agent has four neighbours, 2n links, and ⌊rows/2⌋ + ⌊columns/2⌋ hops at most', () => {
    for (const [n, columns, rows, width] of [
      [36, 0, 6, 6],
      [40, 0, 5, 8],
      [40, 10, 4, 10],
      [99, 0, 9, 11],
    ] as const) {
      const t = build({ kind: 'torus', columns }, n)
      for (let id = 0; id < n; id++) expect(t.degree(agentId(id))).toBe(4)
      expect([t.linkCount(), t.diameter()]).toEqual([2 * n, Math.floor(rows / 2) + Math.floor(width / 2)])
    }
  })
  it('any number of agents works: a side of two is joined once, a prime number is a ring', () => {
    expect(build({ kind: 'torus' }, 13).linkCount()).toBe(13)
    expect(build({ kind: 'torus' }, 10).linkCount()).toBe(15)
    expect(build({ kind: 'torus' }, 4).linkCount()).toBe(4)
    expect(links(build({ kind: 'torus' }, 2))).toEqual(['0-1'])
    expect(links(build({ kind: 'torus', columns: 1 }, 3))).toEqual(['0-1', '0-2', '1-2'])
  })
})

describe('small-world (Watts and Strogatz 1998)', () => {
  it('nothing rewired is the lattice: degree/2 neighbours on either side', () => {
    const t = build({ kind: 'small-world', degree: 6, rewire: 0 }, 20)
    for (let id = 0; id < 20; id++) {
      const near = [1, 2, 3, 17, 18, 19].map((step) => (id + step) % 20).sort((a, b) => a - b)
      expect(t.neighbours(agentId(id))).toEqual(near)
    }
  })
  it('rewiring keeps the number of links, whatever the share, and leaves each agent its own ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 }),
        fc.nat(9),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (n, half, rewire, seed) => {
          const degree = 2 * Math.max(1, Math.min(half, Math.floor((n - 1) / 2)))
          const t = build({ kind: 'small-world', degree, rewire }, n, seed)
          expect(t.linkCount()).toBe((n * degree) / 2)
          for (let id = 0; id < n; id++) expect(t.degree(agentId(id))).toBeGreaterThanOrEqual(degree / 2)
        },
      ),
      { numRuns: 100 },
    )
  })
  it('the share that is rewired is `rewire`, and far ends are uniform over the others', () => {
    const n = 2_000
    const lattice = new Set(links(build({ kind: 'small-world', degree: 10, rewire: 0 }, n)))
    const moved = links(build({ kind: 'small-world', degree: 10, rewire: 0.3 }, n)).filter((link) => !lattice.has(link))
    // Binomial(10,000, 0.3), 4.6 standard deviations; a far end comes back to the lattice once in 200.
    expect(Math.abs(moved.length - 3_000 * 0.995)).toBeLessThan(46 * 4.6)
    const spans = moved.map((link) => {
      const [a, b] = link.split('-').map(Number) as [number, number]
      return Math.min(b - a, n - (b - a))
    })
    const bins = new Array<number>(10).fill(0)
    for (const span of spans) bins[Math.min(9, Math.floor(span / 100))]!++
    const each = spans.length / 10
    // χ², 9 degrees of freedom: above 27.9 in one of a thousand seeds
    expect(bins.reduce((sum, seen) => sum + ((seen - each) * (seen - each)) / each, 0)).toBeLessThan(27.9)
  })
})

describe('random (Erdős and Rényi 1959; Gilbert 1959)', () => {
  it('has no link where the chance of one is too small for a number, and ends', () => {
    for (const degree of [0, 1e-300, 1e-20, 1e-14, 1e-12]) expect(build({ degree }, 500).linkCount()).toBe(0)
  })

  it('degrees follow Binomial(n − 1, p): χ² over the classes, fixed seed', () => {
    const n = 20_000
    const mean = 4
    const t = build({ kind: 'random', degree: mean }, n, 7)
    const classes = 12
    const seen = new Array<number>(classes).fill(0)
    for (let id = 0; id < n; id++) seen[Math.min(classes - 1, t.degree(agentId(id)))]!++
    const p = mean / (n - 1)
    let chance = Math.pow(1 - p, n - 1)
    let rest = 1
    let chi2 = 0
    for (let k = 0; k < classes; k++) {
      const expected = n * (k === classes - 1 ? rest : chance)
      chi2 += (seen[k]! - expected) ** 2 / expected
      rest -= chance
      chance *= ((n - 1 - k) / (k + 1)) * (p / (1 - p))
    }
    // 11 degrees of freedom: above 31.3 in one of a thousand seeds
    expect(chi2).toBeLessThan(31.3)
  })
  it('every pair is as likely as every other, from no link at all to all of them', () => {
    const n = 8
    const counts = new Map<string, number>()
    const runs = 2_000
    for (let seed = 0; seed < runs; seed++)
      for (const link of links(build({ degree: 2.8 }, n, seed))) counts.set(link, (counts.get(link) ?? 0) + 1)
    const expected = runs * (2.8 / 7)
    const chi2 = [...counts.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / (expected * 0.6), 0)
    expect(counts.size).toBe(28)
    expect(chi2).toBeLessThan(56.9) // 28 degrees of freedom, one of a thousand
    expect(build({ degree: 0 }, n).linkCount()).toBe(0)
    expect(build({ degree: 7 }, n).linkCount()).toBe(28)
  })
  it('is another graph for another seed and the same for the same', () => {
    expect(links(build({}, 50, 3))).toEqual(links(build({}, 50, 3)))
    expect(links(build({}, 50, 3))).not.toEqual(links(build({}, 50, 4)))
  })
})

describe('agents that join later', () => {
  it('attach to `degree` present agents (a torus: to four), whatever is absent, with room for more or without', () => {
    for (const kind of KINDS) {
      const present = new Uint8Array(60).fill(1, 0, 33)
      present[3] = present[31] = 0
      const t = buildTopology(specOf({ kind, degree: 6 }), present, { agents: 30, seed: 5 })
      expect([30, 32].map((id) => t.neighbours(agentId(id)).filter((other) => other < id).length)).toEqual(
        kind === 'torus' ? [4, 4] : [6, 6],
      )
      expect(links(buildTopology(specOf({ kind, degree: 6 }), present.slice(0, 33), { agents: 30, seed: 5 }))).toEqual(
        links(t),
      )
    }
  })
  it('attach to everybody where there are not enough, and to nobody where nobody is left', () => {
    const present = new Uint8Array(10)
    present[2] = present[8] = 1
    const t = buildTopology(specOf({ degree: 4 }), present, { agents: 6, seed: 1 })
    expect(t.neighbours(agentId(8))).toEqual([2])
    present[2] = 0
    expect(buildTopology(specOf({ degree: 4 }), present, { agents: 6, seed: 1 }).degree(agentId(8))).toBe(0)
  })
})

describe('20,000 agents of degree 10', () => {
  it.each(KINDS)('%s: links, routes and surroundings are there at once', (kind) => {
    const present = new Uint8Array(21_024).fill(1, 0, 20_000)
    const t = buildTopology(specOf({ kind, degree: 10 }), present, { agents: 20_000, seed: 1 })
    expect(t.size).toBe(20_000)
    let far = agentId(0)
    for (let at = far; at !== 12_345; far = at) at = t.nextHop(at, agentId(12_345))
    expect(t.surroundings(agentId(19_999)).neighbours).toHaveLength(t.degree(agentId(19_999)))
    if (kind === 'small-world') expect(t.linkCount()).toBe(100_000)
  })
})
