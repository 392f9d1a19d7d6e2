import type { U32 } from '../kernel/units.ts'

/**
 * Where things are by their id, as plain data: open addressing with linear probing over two columns, at most half full;
 * removal shifts what follows back, so that no marks of the dead pile up (Knuth, The Art of Computer Programming 3,
 * 6.4, algorithm R). Functions mutate the index and nothing else.
 */
export interface IdIndex {
  ids: Uint32Array
  /** The thing's place + 1; 0 = free. */
  places: Uint32Array
  size: number
}

const INITIAL = 8

export const newIdIndex = (): IdIndex => ({
  ids: new Uint32Array(INITIAL),
  places: new Uint32Array(INITIAL),
  size: 0,
})

/** Where the id wants to be: Fibonacci hashing spreads numbers that follow each other. */
const home = (id: U32, mask: number): number => {
  const mixed = Math.imul(id, 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) & mask
}

/** The cell of the id, or the free one where it would be. */
function cellOf({ ids, places }: IdIndex, id: U32): number {
  const mask = ids.length - 1
  let cell = home(id, mask)
  while (places[cell] !== 0 && ids[cell] !== id) cell = (cell + 1) & mask
  return cell
}

/** The thing's place, or −1. */
export const slotOf = (index: IdIndex, id: U32): number => index.places[cellOf(index, id >>> 0)]! - 1

/** Adds the id, or moves it to another place. */
export function indexId(index: IdIndex, id: U32, place: number): void {
  if (2 * (index.size + 1) > index.ids.length) resize(index, 2 * index.ids.length)
  const cell = cellOf(index, id >>> 0)
  if (index.places[cell] === 0) index.size++
  index.ids[cell] = id
  index.places[cell] = place + 1
}

/** Forgets the id; nothing where it is not there. Gives memory back when seven of eight cells are free. */
export function unindexId(index: IdIndex, id: U32): void {
  const { ids, places } = index
  const mask = ids.length - 1
  let hole = cellOf(index, id >>> 0)
  if (places[hole] === 0) return
  for (let next = (hole + 1) & mask; places[next] !== 0; next = (next + 1) & mask) {
    // It may fill the hole if its home does not lie between the hole and itself.
    if (((next - home(ids[next]!, mask)) & mask) < ((next - hole) & mask)) continue
    ids[hole] = ids[next]!
    places[hole] = places[next]!
    hole = next
  }
  ids[hole] = 0
  places[hole] = 0
  index.size--
  if (ids.length > INITIAL && 8 * index.size < ids.length) resize(index, ids.length >> 1)
}

function resize(index: IdIndex, cells: number): void {
  const { ids, places } = index
  index.ids = new Uint32Array(cells)
  index.places = new Uint32Array(cells)
  for (let k = 0; k < ids.length; k++) {
    if (places[k] === 0) continue
    const cell = cellOf(index, ids[k]!)
    index.ids[cell] = ids[k]!
    index.places[cell] = places[k]!
  }
}
