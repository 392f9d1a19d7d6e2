/**
 * Philox4x32-10: a counter-based generator, so a random number has an address instead of a place in a sequence.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11; vectors from Random123.
 */
const M0 = 0xd2511f53
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85
const M0_LOW = M0 & 0xffff
const M0_HIGH = M0 >>> 16
const M1_LOW = M1 & 0xffff
const M1_HIGH = M1 >>> 16

/** Fills `out[0..3]` with the four words at key (k0, k1) and counter (c0, c1, c2, c3). Arguments are taken mod 2³². */
export function philox(out: Uint32Array, k0: number, k1: number, c0: number, c1: number, c2: number, c3: number): void {
  for (let round = 0; round < 10; round++) {
    // High halves of the two 32×32-bit products by 16-bit limbs; every partial sum stays below 2³².
    const a = c0 & 0xffff
    const b = c0 >>> 16
    const ab = b * M0_LOW + ((a * M0_LOW) >>> 16)
    const abMid = a * M0_HIGH + (ab & 0xffff)
    const high0 = b * M0_HIGH + (ab >>> 16) + (abMid >>> 16)
    const c = c2 & 0xffff
    const d = c2 >>> 16
    const cd = d * M1_LOW + ((c * M1_LOW) >>> 16)
    const cdMid = c * M1_HIGH + (cd & 0xffff)
    const high1 = d * M1_HIGH + (cd >>> 16) + (cdMid >>> 16)
    const low0 = Math.imul(c0, M0)
    const low1 = Math.imul(c2, M1)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + W0) | 0
    k1 = (k1 + W1) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/** What a random number is for: the second half of the key. Numbers are never reused; new ones are appended. */
export const STREAM = {
  link: 1,
  program: 2,
  rule: 3,
  scenario: 4,
  disk: 5,
  space: 6,
  service: 7,
  clock: 8,
  chaos: 9,
  graph: 10,
  credit: 11,
  workload: 12,
  benefit: 13,
} as const

/** A 32-bit word as a number in [0, 1). */
export const unit = (word: number): number => word / 4_294_967_296

/** A probability as the bound a 32-bit word is compared with: `word < threshold(p)`. p = 1 is always, p = 0 never. */
export const threshold = (probability: number): number => Math.ceil(probability * 4_294_967_296)
