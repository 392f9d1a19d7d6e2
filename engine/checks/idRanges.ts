/**
 * A set of whole numbers as flat pairs [first, last, first, last, …], ascending and with gaps between: ids that are
 * given out one by one cost two numbers in all, however many there are.
 */
export type IdRanges = number[]

/** Where the first range lies that ends at `id` or above; half the length where there is none. */
function place(ranges: IdRanges, id: number): number {
  let low = 0
  let high = ranges.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (ranges[2 * middle + 1]! < id) low = middle + 1
    else high = middle
  }
  return low
}

export function hasId(ranges: IdRanges, id: number): boolean {
  const at = place(ranges, id)
  return 2 * at < ranges.length && ranges[2 * at]! <= id
}

/** Whether it is new. Mutates `ranges`; O(log n) where ids come in order, O(n) ranges moved where one comes between. */
export function addId(ranges: IdRanges, id: number): boolean {
  const at = 2 * place(ranges, id)
  if (at < ranges.length && ranges[at]! <= id) return false
  const joinsBefore = at > 0 && ranges[at - 1] === id - 1
  const joinsAfter = ranges[at] === id + 1
  if (joinsBefore && joinsAfter) ranges.splice(at - 1, 2)
  else if (joinsBefore) ranges[at - 1] = id
  else if (joinsAfter) ranges[at] = id
  else ranges.splice(at, 0, id, id)
  return true
}
