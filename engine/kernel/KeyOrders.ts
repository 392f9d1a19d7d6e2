/** Canonical order of an object's fields: its keys sorted by UTF-16 units. */
export interface KeyOrder {
  /** Places of the sorted keys in the order in which the object enumerates them. */
  readonly places: Int32Array
  /** A 64-bit hash of each sorted key's text, in two words. */
  readonly hashes: Int32Array
}

/** Objects whose keys came in the same order, so far: a node of a tree over keys as they are enumerated. */
export interface Shape {
  readonly next: Map<string, Shape>
  /** The child last taken; nearly always the only one. */
  likelyKey: string
  likely: Shape | null
  /** Of the objects that end here; made when the first one does. */
  order: KeyOrder | null
}

/**
 * Orders remembered by shape: a run has few shapes and asks for every mark, agent and message. Objects used as
 * dictionaries are sorted each time: by number always, by name once the memory is full.
 */
export class KeyOrders {
  readonly root = emptyShape()
  private shapes = 0

  /** The shape with one key more; null where there is no room for another. */
  after(shape: Shape, key: string): Shape | null {
    if (shape.likelyKey === key && shape.likely !== null) return shape.likely
    let next = shape.next.get(key)
    if (next === undefined) {
      if (this.shapes === SHAPES_MAX || isIndex(key)) return null
      this.shapes++
      next = emptyShape()
      shape.next.set(key, next)
    }
    shape.likelyKey = key
    shape.likely = next
    return next
  }

  /** The order of `value`, which enumerates the keys of `shape`; null: an unknown one. */
  of(value: object, shape: Shape | null): KeyOrder {
    if (shape === null) return orderOf(Object.keys(value))
    return (shape.order ??= orderOf(Object.keys(value)))
  }
}

const emptyShape = (): Shape => ({ next: new Map(), likelyKey: '', likely: null, order: null })

const SHAPES_MAX = 4_096

/** Whether a key begins like a number, as the keys of a dictionary by id do and the names of fields do not. */
const isIndex = (key: string): boolean => key.charCodeAt(0) <= 0x39

function orderOf(keys: readonly string[]): KeyOrder {
  const sorted = keys.toSorted()
  const hashes = new Int32Array(2 * keys.length)
  sorted.forEach((key, i) => hashText(key, hashes, 2 * i))
  return { places: Int32Array.from(sorted, (key) => keys.indexOf(key)), hashes }
}

/** FNV-1a (Fowler, Noll, Vo) over UTF-16 units in two lanes of 32 bits with different multipliers, mixed at the end. */
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
