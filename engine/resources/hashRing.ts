import type { AgentId, U32 } from '../kernel/units.ts'

/**
 * Consistent hashing (Karger, Lehman, Leighton, Panigrahy, Levine, Lewin, STOC 1997): every member stands at
 * `virtualNodes` points of a circle of 2³²; a key belongs to the member at the first point at or after its own. Who
 * joins takes only keys that become its own, about 1/n of all, and who leaves gives away only its own.
 */
export interface HashRing {
  /** Ascending. */
  readonly points: Uint32Array
  /** The member at that point. */
  readonly owners: Uint32Array
}

/** MurmurHash3's finalizer over two words (Appleby, public domain). */
function mix(a: U32, b: U32): U32 {
  let h = Math.imul(a ^ 0x2f0b4c47, 0xcc9e2d51)
  h = ((h << 15) | (h >>> 17)) ^ Math.imul(b, 0x1b873593)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** O(n v log n v) for n members of v virtual nodes. Where two points fall together the smaller id stands first. */
export function buildRing(members: readonly AgentId[], virtualNodes: number): HashRing {
  const stands: { readonly point: U32; readonly owner: AgentId }[] = []
  for (const owner of members) for (let k = 0; k < virtualNodes; k++) stands.push({ point: mix(owner, k + 1), owner })
  stands.sort((x, y) => x.point - y.point || x.owner - y.owner)
  return {
    points: Uint32Array.from(stands, ({ point }) => point),
    owners: Uint32Array.from(stands, ({ owner }) => owner),
  }
}

/** Place of the first point at or after the key's, round the circle; O(log n v). */
function placeOf({ points }: HashRing, key: U32): number {
  const point = mix(key, 0)
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (points[middle]! < point) low = middle + 1
    else high = middle
  }
  return low === points.length ? 0 : low
}

/** The key's owner, and whom it would belong to without the ones before: up to `count` different members. */
export function ownersOf(ring: HashRing, key: U32, count: number): AgentId[] {
  const found: AgentId[] = []
  const start = placeOf(ring, key)
  const points = ring.points.length
  for (let k = 0; k < points && found.length < count; k++) {
    const owner = ring.owners[(start + k) % points] as AgentId
    if (!found.includes(owner)) found.push(owner)
  }
  return found
}
