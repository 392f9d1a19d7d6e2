import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLUSTER_MIN, ClusterSearch, type Clusters } from './clusters.ts'
import { spaceOf, type Body } from './testing/spaceOf.ts'

const clustersOf = (bodies: readonly Body[], distance: number, change = {}, groups = 1): Clusters => {
  const space = spaceOf(bodies, change)
  const search = new ClusterSearch()
  search.find(space, distance)
  return search.summary(space, groups)
}
const heap = (x: number, y: number, n: number, group = 0): Body[] =>
  Array.from({ length: n }, (_, i) => ({ at: [x + 0.1 * i, y], group }))

describe('clusters', () => {
  it('are told by who is within the distance of whom, by way of others', () => {
    const found = clustersOf([...heap(10, 10, 8), ...heap(50, 50, 5), ...heap(80, 20, 2)], 1)
    expect(found).toMatchObject({ count: 2, largest: 8 / 15, members: 8, fullest: 0 })
    expect(found.size).toBeCloseTo((64 + 25) / 13)
    expect(found.sizes).toEqual([0, 0, 1, 1])
  })

  it('reach over the seams of a world that wraps, and not over walls', () => {
    const bodies: Body[] = [{ at: [0.2, 5] }, { at: [99.8, 5] }, { at: [99.4, 5] }]
    expect(clustersOf(bodies, 0.5, { edges: 'wrap' }).members).toBe(3)
    expect(clustersOf(bodies, 0.5, { edges: 'walls' }).members).toBe(0)
  })

  it('are as pure as their fullest groups are full', () => {
    const bodies = [...heap(10, 10, 6, 1), ...heap(10.05, 10, 2, 2), ...heap(60, 60, 4, 2)]
    expect(clustersOf(bodies, 1, {}, 3).purity).toBeCloseTo(10 / 12)
    expect(clustersOf(bodies, 1, {}, 1).purity).toBe(1)
  })

  it('are as polarised as their members look the same way, whatever the others do', () => {
    const turned = heap(60, 60, 4).map((body): Body => ({ ...body, to: [0, 1] }))
    expect(clustersOf([...heap(10, 10, 4), ...turned], 1).polarisation).toBe(1)
    const across = heap(60, 60, 4).map((body, i): Body => ({ ...body, to: i < 2 ? [1, 0] : [-1, 0] }))
    expect(clustersOf([...heap(10, 10, 4), ...across], 1).polarisation).toBe(0.5)
  })

  it('are of those who take part only', () => {
    const bodies = heap(10, 10, 5).map((body, i): Body => ({ ...body, status: i === 2 ? 2 : 1 }))
    expect(clustersOf(bodies, 0.15).count).toBe(0)
    expect(clustersOf(bodies, 0.25)).toMatchObject({ count: 1, members: 4, largest: 1 })
  })

  it.each([2, 3] as const)('are what comparing every pair finds, in %i dimensions', (dimensions) => {
    const coordinate = fc.float({ min: 0, max: Math.fround(9.999), noNaN: true })
    const body = fc.tuple(coordinate, coordinate, coordinate, fc.boolean())
    const edges = fc.constantFrom('wrap' as const, 'walls' as const)
    const distance = fc.double({ min: 0.05, max: 5, noNaN: true })
    fc.assert(
      fc.property(fc.array(body, { maxLength: 40 }), edges, distance, (list, edge, far) => {
        const bodies = list.map(([x, y, z, up]): Body => ({
          at: [x, y, dimensions === 3 ? z : 0],
          status: up ? 1 : 2,
        }))
        const world = { dimensions, edges: edge, width: 10, height: 10, depth: 10 }
        const space = spaceOf(bodies, world)
        const search = new ClusterSearch()
        search.find(space, far)
        expect([...search.roots.subarray(0, bodies.length)]).toEqual(byPairs(space, far))
      }),
      { numRuns: 200 },
    )
  })
})

/** Smallest row of each body's cluster, found the slow way. */
function byPairs({ position, status, count, spec }: ReturnType<typeof spaceOf>, far: number): number[] {
  const labels = Array.from({ length: count }, (_, row) => (status[row] === 1 ? row : -1))
  const apart = (i: number, j: number): number => {
    let sum = 0
    for (let axis = 0; axis < spec.dimensions; axis++) {
      const d = Math.abs(position[3 * i + axis]! - position[3 * j + axis]!)
      sum += (spec.edges === 'wrap' ? Math.min(d, 10 - d) : d) ** 2
    }
    return sum
  }
  for (let again = true; again;) {
    again = false
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) {
        if (labels[i]! < 0 || labels[j]! < 0 || labels[i] === labels[j] || apart(i, j) > far * far) continue
        labels[i] = labels[j] = Math.min(labels[i]!, labels[j]!)
        again = true
      }
  }
  return labels
}

it('what is said of clusters does not depend on who is called what', () => {
  const coordinate = fc.integer({ min: 0, max: 90 }).map((x) => x / 10)
  const body = fc.record({ at: fc.tuple(coordinate, coordinate), group: fc.integer({ min: 0, max: 2 }) })
  const bodies = fc.array(body, { minLength: 3, maxLength: 40 })
  fc.assert(
    fc.property(bodies, fc.infiniteStream(fc.nat()), (list, numbers) => {
      const relabelled = [...list].map((one) => [numbers.next().value!, one] as const).sort(([a], [b]) => a - b)
      const [a, b] = [list, relabelled.map(([, one]) => one)].map((some) =>
        clustersOf(some, 0.8, { width: 9, height: 9, edges: 'walls' }, 3),
      )
      const { fullest: _first, ...here } = a!
      const { fullest: _second, ...there } = b!
      expect(there).toEqual(here)
    }),
  )
})

it('a cluster has at least three bodies: two may meet by chance', () => expect(CLUSTER_MIN).toBe(3))
