/** The known name closest to `name` by edit distance, or null where nothing is close enough to suggest. */
export function nearest(name: string, known: readonly string[]): string | null {
  const wanted = name.slice(0, 64).toLowerCase()
  let best: string | null = null
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

/** `; did you mean "x"?` or nothing: the tail of a sentence about an unknown name. */
export function suggestion(name: string, known: readonly string[]): string {
  const close = nearest(name, known)
  return close === null ? '' : `; did you mean "${close}"?`
}

/** Levenshtein 1966, one row at a time: insertions, deletions and substitutions cost 1. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitute = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitute, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
