import { describe, expect, it } from 'vitest'
import { agentId } from '../../kernel/units.ts'
import type { Scenario, TopologySpec } from '../../scenario/Scenario.ts'
import { buildTopology } from '../../topology/buildTopology.ts'
import type { Topology } from '../../topology/Topology.ts'
import { shapeOf } from './shapes.ts'
import { algebraicConnectivity } from './eigenvalues.ts'
import { giantShare, giantVariance } from './percolation.ts'
import { latticeClustering, latticeDistance, rewiredClustering } from './smallWorld.ts'

const SPEC: TopologySpec = {
  ...{ kind: 'small-world', branching: 3, groups: 1, oneWay: false, degree: 4, rewire: 0, columns: 0, repairUs: 0 },
  weights: [],
}
const graph = (spec: Partial<TopologySpec>, n: number, seed: number): Topology =>
  buildTopology({ ...SPEC, ...spec }, new Uint8Array(n).fill(1), { agents: n, seed })
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((x) => (x - mean(values)) ** 2)) * (values.length / (values.length - 1)))

/** Linked pairs of neighbours over all pairs. */
function transitivity(t: Topology, n: number): number {
  const near = Array.from({ length: n }, (_, id) => new Set(t.neighbours(agentId(id))))
  let linked = 0
  let pairs = 0
  for (const ids of near)
    for (const a of ids)
      for (const b of ids)
        if (a < b) {
          pairs++
          if (near[a]!.has(b)) linked++
        }
  return linked / pairs
}

describe('the laws that claims compare with', () => {
  it('S = 1 − e^(−cS): 0.583, 0.797, 0.941; nothing below the threshold (Erdős and Rényi 1960)', () => {
    expect([1.5, 2, 3].map((c) => giantShare(c).toFixed(3))).toEqual(['0.583', '0.797', '0.940'])
    expect(giantShare(0.8)).toBeLessThan(1e-9)
  })
  it('the spread of the largest cluster, S(1 − S)/(1 − c(1 − S))²/n (Stepanov 1970)', () => {
    const n = 500
    const shares = Array.from({ length: 150 }, (_, seed) => {
      const t = graph({ kind: 'random', degree: 2 }, n, seed)
      const seen = new Set<number>()
      let most = 0
      for (let id = 0; id < n; id++) {
        if (seen.has(id)) continue
        const cluster = new Set([agentId(id)])
        for (const at of cluster) for (const next of t.neighbours(at)) cluster.add(next)
        for (const member of cluster) seen.add(member)
        most = Math.max(most, cluster.size)
      }
      return most / n
    })
    const expected = Math.sqrt(giantVariance(2) / n)
    expect(Math.abs(mean(shares) - giantShare(2))).toBeLessThan((4 * expected) / Math.sqrt(150))
    expect(Math.abs(deviation(shares) / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * 149))
  })
  it('mesh, ring, star, torus and tree have the links, the diameter and the λ₂ of the tables', () => {
    for (const kind of ['mesh', 'ring', 'star', 'torus', 'hierarchical'] as const)
      for (const n of [3, 9, 12, 25, 40])
        for (const branching of [2, 3]) {
          const topology = { ...SPEC, kind, branching }
          const shape = shapeOf({ swarm: { agents: n } as Scenario['swarm'], topology })
          const t = graph(topology, n, 1)
          if (shape === null) {
            expect([kind, n]).toEqual(['torus', 3])
            continue
          }
          expect([kind, n, shape.links, shape.diameter]).toEqual([kind, n, t.linkCount(), t.diameter()])
          const links: [number, number][] = []
          t.forEachLink((a, b) => links.push([a, b]))
          expect(shape.connectivity()).toBeCloseTo(algebraicConnectivity(n, links), 10)
        }
  })
  it('the lattice: ⌈d/(k/2)⌉ hops, 3(k − 2)/4(k − 1) of neighbours know each other (Watts and Strogatz 1998)', () => {
    for (const [n, degree] of [
      [21, 4],
      [40, 6],
      [50, 10],
    ] as const) {
      const t = graph({ degree }, n, 1)
      const hops = Array.from({ length: n - 1 }, (_, k) => {
        let at = agentId(0)
        let count = 0
        for (; at !== k + 1; count++) at = t.nextHop(at, agentId(k + 1))
        return count
      })
      expect(latticeDistance(n, degree)).toBeCloseTo(mean(hops), 12)
      expect(latticeClustering(degree)).toBeCloseTo(transitivity(t, n), 12)
    }
  })
  it('triangles left after rewiring, mean and spread (Barrat and Weigt 2000), but for what chance closes', () => {
    for (const rewire of [0.02, 0.2]) {
      const [n, degree, graphs] = [500, 8, 120]
      const law = rewiredClustering(n, degree, rewire)
      const seen = Array.from({ length: graphs }, (_, seed) => transitivity(graph({ degree, rewire }, n, seed), n))
      const chance = (degree / n) * (1 - law.mean / latticeClustering(degree))
      const off = mean(seen) - law.mean
      expect(off).toBeGreaterThan((-4 * law.deviation) / Math.sqrt(graphs))
      expect(off).toBeLessThan((4 * law.deviation) / Math.sqrt(graphs) + chance)
      expect(Math.abs(deviation(seen) / law.deviation - 1)).toBeLessThan(4 / Math.sqrt(2 * (graphs - 1)))
    }
  })
})
