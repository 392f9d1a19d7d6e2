/**
 * A keyed permutation of 0 … size − 1 that needs no list: four rounds of a Feistel network over the next power of four,
 * walked until it lands inside (Black and Rogaway 2002, cycle walking). 10,000 agents that each shuffle 10,000 members
 * keep a key and a place instead of 10⁸ numbers.
 * @param key any 32-bit word: another key is another order
 * @param place 0 … size − 1
 */
export function permuted(key: number, place: number, size: number): number {
  const half = Math.max(1, (33 - Math.clz32(Math.max(1, size - 1))) >> 1)
  let at = place
  do at = feistel(key, at, half)
  while (at >= size)
  return at
}

const ROUNDS = 4

function feistel(key: number, value: number, half: number): number {
  const mask = (1 << half) - 1
  let left = value >>> half
  let right = value & mask
  for (let round = 0; round < ROUNDS; round++) {
    const next = (left ^ mix(key, right, round)) & mask
    left = right
    right = next
  }
  return left * (mask + 1) + right
}

/** After MurmurHash3's finaliser (Appleby, public domain). */
function mix(key: number, word: number, round: number): number {
  let h = Math.imul(word + 1, 0x9e3779b1) ^ Math.imul(key ^ (round * 0x7f4a7c15), 0x85ebca6b)
  h ^= h >>> 16
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 13
  h = Math.imul(h, 0x27d4eb2f)
  return h ^ (h >>> 15)
}
