import { cos, TAU } from '../kernel/math.ts'
import { NONE } from '../kernel/units.ts'
import type { Forest } from './forest.ts'

/** Links of the complete graph on n. */
export const meshLinks = (n: number): number => (n * (n - 1)) / 2
/** Most hops between two of n on a ring. */
export const ringDiameter = (n: number, oneWay: boolean): number => (oneWay ? n - 1 : Math.floor(n / 2))

/** Algebraic connectivity λ₂ of the Laplacian (Fiedler 1973); n ≥ 2, ring n ≥ 3, star n ≥ 3. */
export const meshConnectivity = (n: number): number => n
export const ringConnectivity = (n: number): number => 2 - 2 * cos(TAU / n)
export const starConnectivity = 1

/** Height of every tree, in the order of `forest.roots`, and the longest path that stays inside one tree. */
export function treeHeights(forest: Forest): { heights: number[]; longestInside: number } {
  const { root, parent } = forest
  const height = new Int32Array(root.length)
  let longestInside = 0
  for (let id = root.length - 1; id >= 0; id--) {
    const above = root[id] === NONE ? NONE : parent[id]!
    if (above === NONE) continue
    const here = height[id]! + 1
    longestInside = Math.max(longestInside, height[above]! + here)
    if (here > height[above]!) height[above] = here
  }
  return { heights: Array.from(forest.roots, (id) => height[id]!), longestInside }
}

/** Longest root-to-root route plus both ways down, roots joined as a mesh. Trees ≥ 2. */
export function longestOverMesh(heights: readonly number[]): number {
  let first = -1
  let second = -1
  for (const height of heights) {
    second = Math.max(second, Math.min(first, height))
    first = Math.max(first, height)
  }
  return first + 1 + second
}

/**
 * The same over a ring: max over i < j, j − i ≤ reach of height(i) + (j − i) + height(j), indices going twice round.
 * A queue of candidates with falling height(i) − i gives the best i for each j in O(n) in all.
 */
export function longestOverRing(heights: readonly number[], oneWay: boolean): number {
  const n = heights.length
  const reach = ringDiameter(n, oneWay)
  const candidates: number[] = []
  let head = 0
  let longest = 0
  const lead = (i: number): number => heights[i % n]! - i
  for (let j = 0; j < 2 * n; j++) {
    while (head < candidates.length && candidates[head]! < j - reach) head++
    if (head < candidates.length) longest = Math.max(longest, lead(candidates[head]!) + j + heights[j % n]!)
    while (candidates.length > head && lead(candidates.at(-1)!) <= lead(j)) candidates.pop()
    candidates.push(j)
  }
  return longest
}
