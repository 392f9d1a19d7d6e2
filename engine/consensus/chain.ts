/**
 * A chained digest for observers, 53 bits in a plain number: equal chains mean equal sequences, so comparing two logs
 * at one index compares everything before it. Two multiply–xorshift lanes (multipliers: the primes of xxHash32).
 */
export type Chain = number
export const EMPTY_CHAIN: Chain = 0

const TWO_32 = 4_294_967_296
const LANE_B_MASK = 0x1fffff // 21 bits: 32 + 21 = 53
const scratch = new DataView(new ArrayBuffer(8))

export function mixWord(chain: Chain, word: number): Chain {
  let a = Math.imul((chain % TWO_32) ^ word, 0x9e3779b1)
  a ^= a >>> 15
  a = Math.imul(a, 0x85ebca77)
  a ^= a >>> 13
  let b = Math.imul(Math.floor(chain / TWO_32) ^ word ^ a, 0xc2b2ae3d)
  b ^= b >>> 16
  return (b & LANE_B_MASK) * TWO_32 + (a >>> 0)
}

/** All 64 bits of `value` count; −0 differs from 0. */
export function mixNumber(chain: Chain, value: number): Chain {
  scratch.setFloat64(0, value, true)
  return mixWord(mixWord(chain, scratch.getInt32(0, true)), scratch.getInt32(4, true))
}

export function mixText(chain: Chain, text: string): Chain {
  let mixed = mixWord(chain, text.length)
  for (let i = 0; i < text.length; i++) mixed = mixWord(mixed, text.charCodeAt(i))
  return mixed
}
