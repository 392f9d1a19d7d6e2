/** Levels below the top of a heap-ordered tree of n agents: agent k's superior is ⌊(k − 1)/branching⌋. */
export function depthOf(n: number, branching: number): number {
  let depth = 0
  for (let last = n - 1; last > 0; last = Math.floor((last - 1) / branching)) depth++
  return depth
}

/** Points of the grid per longest delay. */
const GRID = 400

/**
 * Mean and standard deviation, in units of the delay law, of the time of one round (orders down, reports up) on a full
 * tree of `depth` levels below the top, every delay independent and uniform on [min, max]. A subtree of height h + 1 is
 * done after the slowest of its `branching` parts, each an order, a subtree of height h and a report:
 *   F₀ = 1 from 0 on,  F_{h+1} = (F_h ∗ U ∗ U)^branching,
 * evaluated on a grid of max / 400 (the error of the mean is below a tenth of one step).
 */
export function roundLaw(depth: number, branching: number, min: number, max: number): { mean: number; sd: number } {
  const step = max / GRID
  const points = 2 * GRID * depth + 2
  // Point k stands for values around k·step; one delay covers whole steps, the ends with half weight (trapezoid rule).
  const low = Math.round(min / step)
  const delay = Array.from({ length: GRID + 1 }, (_, k) => (k < low ? 0 : k === low || k === GRID ? 0.5 : 1))
  const kernel = convolve(delay, delay, 2 * GRID + 1).map((weight) => weight / ((GRID - low) * (GRID - low)))
  let density = [1]
  for (let level = 0; level < depth; level++) density = largestOf(convolve(density, kernel, points), branching)
  let mean = 0
  let square = 0
  density.forEach((p, k) => {
    mean += p * k * step
    square += p * k * k * step * step
  })
  return { mean, sd: Math.sqrt(square - mean * mean) }
}

function convolve(a: readonly number[], b: readonly number[], length: number): number[] {
  const out = new Array<number>(length).fill(0)
  for (let i = 0; i < a.length; i++)
    if (a[i] !== 0) for (let j = 0; j < b.length && i + j < length; j++) out[i + j]! += a[i]! * b[j]!
  return out
}

/** Law of the largest of `count` independent values with the law `density`, mid-point distribution function. */
function largestOf(density: readonly number[], count: number): number[] {
  let before = 0
  let powerBefore = 0
  return density.map((p) => {
    before += p
    const power = powerOf(before, count)
    const mass = power - powerBefore
    powerBefore = power
    return mass
  })
}

function powerOf(x: number, n: number): number {
  let product = 1
  for (let k = 0; k < n; k++) product *= x
  return product
}
