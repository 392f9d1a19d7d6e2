import type { U32 } from '../../kernel/units.ts'

/**
 * Lists of job sizes, in units. `worst-list` and `worst-longest` are those on which two famous rules fare worst.
 * Source: R. L. Graham, "Bounds on multiprocessing timing anomalies", SIAM Journal on Applied Mathematics 17(2), 1969.
 */
export const INSTANCES = ['worst-list', 'worst-longest', 'striped', 'random'] as const
export type Instance = (typeof INSTANCES)[number]
export const ORDERS = ['listed', 'longest-first', 'shuffled'] as const
export type Order = (typeof ORDERS)[number]

/** Below `below`, for the k-th question. */
export type Draw = (k: U32, below: number) => number

/**
 * Sizes in units, for `machines` ≥ 1.
 * - worst-list: m(m − 1) jobs of 1, then one of m. In this order they take 2m − 1, and m is possible.
 * - worst-longest: two each of m + 1 … 2m − 1, and three of m. Longest first they take 4m − 1, and 3m is possible: in
 *   the order in which they are listed here.
 * - striped: m² jobs, of which every m-th has size m, the others 1.
 * - random: `count` jobs of 1 … 2m, evenly drawn.
 */
export function sizesOf(instance: Instance, machines: number, count: number, draw: Draw): number[] {
  const m = machines
  switch (instance) {
    case 'worst-list':
      return [...Array<number>(m * (m - 1)).fill(1), m]
    case 'worst-longest':
      return worstLongest(m)
    case 'striped':
      return Array.from({ length: m * m }, (_, k) => (k % m === 0 ? m : 1))
    case 'random':
      return Array.from({ length: count }, (_, k) => 1 + draw(k, 2 * m))
  }
}

/** A pair that makes 3m for every machine but the last, which has three of m: in the order in which they begin. */
function worstLongest(m: number): number[] {
  const firsts: number[] = []
  for (let size = 2 * m - 1; size > m; size--) firsts.push(size, size)
  const begun = firsts.slice(0, m - 1)
  const partners = begun.map((size) => ({ atUnits: size, size: 3 * m - size }))
  const thirds = [m, m, m].map((size, k) => ({ atUnits: k * m, size }))
  const all = [...begun.map((size) => ({ atUnits: 0, size })), ...partners, ...thirds]
  return all.toSorted((a, b) => a.atUnits - b.atUnits).map(({ size }) => size)
}

/** Places of the jobs in the order in which they are given out. Of equal ones the first listed goes first. */
export function placesIn(order: Order, sizes: readonly number[], draw: Draw): number[] {
  const places = sizes.map((_, k) => k)
  if (order === 'longest-first') return places.sort((a, b) => sizes[b]! - sizes[a]! || a - b)
  if (order === 'shuffled')
    for (let k = places.length - 1; k > 0; k--) {
      const other = draw(k, k + 1)
      ;[places[k], places[other]] = [places[other]!, places[k]!]
    }
  return places
}
