/** The keys of one kind of object in canonical order, each with a 64-bit hash of its text. */
export interface KeyOrder {
  readonly keys: readonly string[]
  /** Two words a key. */
  readonly hashes: Int32Array
}

/** Objects whose keys came in the same order, so far: a node of a tree over keys in the order of insertion. */
interface Shape {
  readonly next: Map<string, Shape>
  /** Of the objects that end here; made when the first one does. */
  order: KeyOrder | null
}

/**
 * Canonical key order of an object: keys sorted by UTF-16 units. Remembered by shape, because a run has few shapes and
 * asks for every mark, agent and message; objects used as dictionaries are sorted each time once the memory is full.
 */
export function keyOrder(value: object): KeyOrder {
  let shape = root
  for (const key in value) {
    const next = shape.next.get(key) ?? learn(shape, key)
    if (next === null) return orderOf(Object.keys(value))
    shape = next
  }
  return (shape.order ??= orderOf(Object.keys(value)))
}

const root: Shape = { next: new Map(), order: null }
let shapes = 0
const SHAPES_MAX = 4_096

function learn(shape: Shape, key: string): Shape | null {
  if (shapes === SHAPES_MAX) return null
  shapes++
  const next = { next: new Map<string, Shape>(), order: null }
  shape.next.set(key, next)
  return next
}

function orderOf(keys: string[]): KeyOrder {
  keys.sort()
  const hashes = new Int32Array(2 * keys.length)
  keys.forEach((key, i) => hashText(key, hashes, 2 * i))
  return { keys, hashes }
}

/** FNV-1a (Fowler, Noll, Vo) over UTF-16 units in two lanes of 32 bits with different bases, each mixed at the end. */
function hashText(text: string, out: Int32Array, at: number): void {
  let low = 0x811c9dc5 | 0
  let high = 0x2f0b4c47
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 15)
  }
  out[at] = Math.imul(low ^ (low >>> 16), 0x85ebca6b)
  out[at + 1] = Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
}
