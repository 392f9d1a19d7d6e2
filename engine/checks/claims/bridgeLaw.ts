/** Of the share that the arm ahead has had after some crossings: its mean and its standard deviation. */
export interface ShareLaw {
  readonly mean: number
  readonly deviation: number
}

/**
 * The law of the choice rule, exactly: ants choose one after the other, each with probability
 * (k + L)ⁿ / ((k + L)ⁿ + (k + R)ⁿ) for the left arm, and add one to it. A recursion over how many went left.
 */
export function winnerShare(crossings: number, k: number, n: number): ShareLaw {
  const powers = Float64Array.from({ length: crossings + 1 }, (_, marks) => {
    let power = 1
    for (let i = 0; i < n; i++) power *= k + marks
    return power
  })
  let chance = new Float64Array(crossings + 1)
  let next = new Float64Array(crossings + 1)
  chance[0] = 1
  for (let done = 0; done < crossings; done++) {
    next[0] = 0
    for (let left = 0; left <= done; left++) {
      const toLeft = powers[left]! / (powers[left]! + powers[done - left]!)
      next[left]! += chance[left]! * (1 - toLeft)
      next[left + 1] = chance[left]! * toLeft
    }
    ;[chance, next] = [next, chance]
  }
  let [mean, square] = [0, 0]
  for (let left = 0; left <= crossings; left++) {
    const share = Math.max(left, crossings - left) / crossings
    mean += chance[left]! * share
    square += chance[left]! * share * share
  }
  return { mean, deviation: Math.sqrt(square - mean * mean) }
}

/** The winner's share of the marks where they fade: ½(1 + √(1 − (2kρ/φ)²)) for n = 2, and ½ up to φ/ρ = 2k. */
export function fadingShare(marks: number, k: number): number {
  const ratio = (2 * k) / marks
  return ratio >= 1 ? 0.5 : 0.5 * (1 + Math.sqrt(1 - ratio * ratio))
}
