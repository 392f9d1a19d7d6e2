import { assert } from '../kernel/assert.ts'
import { log } from '../kernel/math.ts'
import { philox, STREAM, threshold } from '../kernel/philox.ts'
import { squarestSides } from '../kernel/sides.ts'
import type { TopologySpec } from '../scenario/Scenario.ts'

/**
 * The links of a graph among the agents at the start, whoever is present: link k joins a[k] and b[k], each once, none
 * to itself. The same for the same spec, seed and number of agents.
 */
export interface DrawnGraph {
  readonly a: Int32Array
  readonly b: Int32Array
}

/** What a draw of STREAM.graph is for: the first word of its counter. */
export const DRAW = { random: 1, smallWorld: 2, joined: 3 } as const

export const isGraph = ({ kind }: Pick<TopologySpec, 'kind'>): boolean =>
  kind === 'torus' || kind === 'small-world' || kind === 'random' || kind === 'none'

/** For the kinds of `isGraph`. O(links), on average. */
export function drawGraph(spec: TopologySpec, agents: number, seed: number): DrawnGraph {
  switch (spec.kind) {
    case 'none':
      return new Links().drawn()
    case 'torus':
      return torus(agents, spec.columns)
    case 'small-world':
      return smallWorld(agents, spec.degree, spec.rewire, seed)
    case 'random':
      return random(agents, spec.degree, seed)
    default:
      assert(false, `${spec.kind} is no graph of links`)
  }
}

/** Pairs in the order they are added. */
class Links {
  private readonly a: number[] = []
  private readonly b: number[] = []
  add(a: number, b: number): void {
    this.a.push(a)
    this.b.push(b)
  }
  drawn(): DrawnGraph {
    return { a: Int32Array.from(this.a), b: Int32Array.from(this.b) }
  }
}

/**
 * Rows of `columns` agents, closed both ways: agent id stands in row ⌊id / columns⌋. 0 columns: as near to square as n
 * allows; a prime n has one row only and is a ring. A side of two is joined once, not twice.
 */
function torus(n: number, columns: number): DrawnGraph {
  const links = new Links()
  if (n === 0) return links.drawn()
  const width = columns === 0 ? squarestSides(n)[1] : columns
  const rows = n / width
  assert(Number.isInteger(rows), 'the rows of a torus are full')
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++) {
      const id = row * width + column
      if (width > 2 || (width === 2 && column === 0)) links.add(id, row * width + ((column + 1) % width))
      if (rows > 2 || (rows === 2 && row === 0)) links.add(id, ((row + 1) % rows) * width + column)
    }
  return links.drawn()
}

/**
 * A ring lattice in which each agent is joined to degree/2 on either side; lap by lap (nearest first) and agent by
 * agent, each link's far end moves with probability `rewire` to one chosen uniformly among those that the agent is not
 * joined to: by three draws, then out of their list.
 * Source: Watts and Strogatz, "Collective dynamics of 'small-world' networks", Nature 393, 1998.
 */
function smallWorld(n: number, degree: number, rewire: number, seed: number): DrawnGraph {
  const laps = degree / 2
  assert(Number.isInteger(laps) && (laps === 0 || degree < n), 'a lattice has an even degree below its size')
  const a = new Int32Array(n * laps)
  const b = new Int32Array(n * laps)
  const joined = new Set<number>()
  const degrees = new Int32Array(n).fill(degree)
  const pair = (i: number, j: number): number => (i < j ? i * n + j : j * n + i)
  for (let lap = 0, k = 0; lap < laps; lap++)
    for (let i = 0; i < n; i++, k++) {
      a[k] = i
      b[k] = (i + lap + 1) % n
      if (rewire > 0) joined.add(pair(i, b[k]!))
    }
  if (rewire === 0) return { a, b }
  const words = new Uint32Array(4)
  const move = threshold(rewire)
  for (let k = 0; k < a.length; k++) {
    const i = a[k]!
    philox(words, seed, STREAM.graph, DRAW.smallWorld, i, Math.floor(k / n), 0)
    if (words[0]! >= move || degrees[i]! >= n - 1) continue
    const isFree = (id: number): boolean => id !== i && !joined.has(pair(i, id))
    let far = words
      .subarray(1)
      .map((word) => below(word, n))
      .find(isFree)
    if (far === undefined) {
      philox(words, seed, STREAM.graph, DRAW.smallWorld, i, Math.floor(k / n), 1)
      far = amongFree(n, words[0]!, isFree)
    }
    joined.delete(pair(i, b[k]!))
    degrees[b[k]!]!--
    b[k] = far
    degrees[far]!++
    joined.add(pair(i, far))
  }
  return { a, b }
}

/** Uniform among the free of 0 … n−1, of whom there is one. */
function amongFree(n: number, word: number, isFree: (id: number) => boolean): number {
  const free: number[] = []
  for (let id = 0; id < n; id++) if (isFree(id)) free.push(id)
  return free[below(word, free.length)]!
}

/**
 * G(n, p) with p = degree / (n − 1): every pair is joined with probability p. The gaps between joined pairs, in the
 * order (1, 0), (2, 0), (2, 1), (3, 0) …, are geometric, so that the cost is that of the links.
 * Source: Batagelj and Brandes, "Efficient generation of large random networks", Physical Review E 71, 2005.
 */
function random(n: number, degree: number, seed: number): DrawnGraph {
  const links = new Links()
  const p = n < 2 ? 0 : degree / (n - 1)
  // A chance that 1 − p cannot hold is no chance: its gaps would be endless.
  if (1 - p >= 1) return links.drawn()
  const words = new Uint32Array(4)
  const perUnit = p < 1 ? 1 / log(1 - p) : 0
  let draw = 0
  for (let v = 1, w = -1; v < n;) {
    if ((draw & 3) === 0) philox(words, seed, STREAM.graph, DRAW.random, draw >>> 2, 0, 0)
    // 1 − r with r uniform in [0, 1): never 0
    const rest = 1 - words[draw & 3]! / 4_294_967_296
    draw++
    w += 1 + Math.floor(log(rest) * perUnit)
    while (w >= v && v < n) {
      w -= v
      v++
    }
    if (v < n) links.add(w, v)
  }
  return links.drawn()
}

/** A uniform word as a whole number below n. */
export const below = (word: number, n: number): number => Math.floor((word / 4_294_967_296) * n)
