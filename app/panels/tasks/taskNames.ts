/** A submitter's own count; of a later submitter with its place before it. Ids are place × 2²⁴ + count. */
export function taskName(task: number): string {
  const place = Math.floor(task / 2 ** 24)
  const count = task % 2 ** 24
  return place === 0 ? `${count}` : `${place}:${count}`
}
