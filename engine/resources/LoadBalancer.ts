import type { U32 } from '../kernel/units.ts'

/**
 * Who gets the next one. Pure choices over what the chooser happens to know; it may be old. Randomness comes in as
 * 32-bit words.
 */

/** Place of the smallest load; among equals each is as likely. One word is drawn for every equal after the first. */
export function leastLoaded(loads: readonly number[], draw: () => U32): number {
  let best = 0
  let equals = 1
  for (let k = 1; k < loads.length; k++) {
    if (loads[k]! > loads[best]!) continue
    if (loads[k]! < loads[best]!) equals = 0
    equals++
    if (equals === 1 || below(equals, draw()) === 0) best = k
  }
  return best
}

/** 0 … n − 1, as likely each (to n / 2³²). */
export const below = (n: number, word: U32): number => Math.floor((word / 4_294_967_296) * n)

/**
 * `d` different places of 0 … n − 1 in a random order (all n, where d ≥ n): the first d steps of a Fisher–Yates shuffle
 * that writes down only what it has swapped. O(d) time and words.
 */
export function sampleDistinct(n: number, d: number, draw: () => U32): number[] {
  const count = Math.min(n, d)
  const swapped = new Map<number, number>()
  const chosen: number[] = []
  for (let k = 0; k < count; k++) {
    const at = k + below(n - k, draw())
    chosen.push(swapped.get(at) ?? at)
    swapped.set(at, swapped.get(k) ?? k)
  }
  return chosen
}
