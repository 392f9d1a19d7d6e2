/** H(n) = 1 + 1/2 + … + 1/n. */
export function harmonic(n: number): number {
  let h = 0
  for (let k = n; k >= 1; k--) h += 1 / k
  return h
}

/** Mean number of messages of one election on a ring of n in random order, the winner's round included: n·H(n). */
export const meanMessages = (n: number): number => n * harmonic(n)

/**
 * Variance of that number, exact. Agent i's message is sent on by the d-th agent after it iff i is the largest of the
 * arc i … i+d, so the count is the sum of those indicators over i and d, and
 *   P(i largest of A and j largest of B) = 1/(|A|·|B|) where the arcs are disjoint, 1/(|A ∪ B|·|B|) where A holds j
 *   but B does not hold i, 0 where each holds the other's first agent, 1/max(|A|, |B|) where i = j.
 * By symmetry i = 0. O(n³).
 */
export function varianceOfMessages(n: number): number {
  let square = 0
  for (let a = 1; a <= n; a++) for (let b = 1; b <= n; b++) square += n / Math.max(a, b)
  for (let j = 1; j < n; j++)
    for (let a = 1; a <= n; a++)
      for (let b = 1; b <= n; b++) {
        const aHoldsJ = a > j
        const bHoldsI = b > n - j
        if (aHoldsJ && bHoldsI) continue
        if (aHoldsJ) square += n / (Math.max(a, j + b) * b)
        else if (bHoldsI) square += n / (Math.max(b, n - j + a) * a)
        else square += n / (a * b)
      }
  return square - meanMessages(n) * meanMessages(n)
}
