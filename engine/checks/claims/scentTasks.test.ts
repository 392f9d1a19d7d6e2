import { describe, expect, it } from 'vitest'
import { areaAhead, straightSearch } from './scentTasks.ts'

/** Points of a fine lattice that n discs in a row, one unit apart, cover. */
function covered(r: number, discs: number): number {
  const step = 0.005
  let count = 0
  for (let x = -r - step / 2; x <= r + discs; x += step)
    for (let y = step / 2; y <= r; y += step) {
      const nearest = Math.max(0, Math.min(discs - 1, Math.round(x)))
      if ((x - nearest) * (x - nearest) + y * y <= r * r) count += 2
    }
  return count * step * step
}

describe('a search along straight lines', () => {
  it.each([0.6, 1, 1.5, 4])('covers a new area in every step: counted, r = %d', (r) => {
    const first = Math.PI * r * r
    for (const steps of [1, 2, 5])
      expect(Math.abs(covered(r, steps + 1) - first - steps * areaAhead(r))).toBeLessThan(0.002 * (first + steps))
  })

  it('for long paths it is the width of the way, 2r, nearly', () => {
    expect(areaAhead(100)).toBeCloseTo(200, 2)
  })

  it('takes A / (2rn) steps or so in a wide world: an exponential law', () => {
    const { mean, deviation } = straightSearch(8_000, 1_000, 1)
    const lambda = (8_000 * areaAhead(1)) / 1e6
    // Who stands there when the task comes has looked once.
    const atOnce = (8_000 * Math.PI) / 1e6
    expect(mean).toBeCloseTo(1 + Math.exp(-atOnce) / (1 - Math.exp(-lambda)), 0)
    expect(deviation / (mean - 1)).toBeCloseTo(1, 1)
  })
})
