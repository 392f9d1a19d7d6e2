import { describe, expect, it } from 'vitest'
import { depthOf, roundLaw } from './treeLaw.ts'

describe('depthOf', () => {
  it.each([
    [1, 3, 0],
    [2, 3, 1],
    [4, 3, 1],
    [5, 3, 2],
    [121, 3, 4],
    [122, 3, 5],
    [1_000, 3, 6],
    [1_000, 2, 9],
    [5, 1, 4],
  ])('%i agents, %i below each: %i levels below the top', (n, branching, depth) => {
    expect(depthOf(n, branching)).toBe(depth)
  })
})

/** Park and Miller 1988: not the engine's source of numbers. */
function* uniform(): Generator<number> {
  for (let x = 20_261; ;) yield (x = (x * 48_271) % 2_147_483_647) / 2_147_483_647
}

describe('roundLaw', () => {
  it('a chain is a plain sum: 2·depth delays', () => {
    const { mean, sd } = roundLaw(3, 1, 2, 10)
    expect(mean).toBeCloseTo(36, 2)
    expect(sd).toBeCloseTo(Math.sqrt((6 * 64) / 12), 2)
  })

  it('two leaves: the larger of two triangular sums, by integration', () => {
    const steps = 20_000
    let expected = 0
    for (let k = 0; k < steps; k++) {
      const x = ((k + 0.5) * 2) / steps // sum of two uniforms on [0, 1]
      const below = x < 1 ? (x * x) / 2 : 1 - ((2 - x) * (2 - x)) / 2
      expected += ((1 - below * below) * 2) / steps
    }
    expect(roundLaw(1, 2, 0, 1).mean).toBeCloseTo(expected, 3)
  })

  it('agrees with 20,000 rounds of four levels drawn delay by delay', () => {
    const numbers = uniform()
    const delay = () => 2 + 8 * numbers.next().value!
    const round = (levels: number): number =>
      levels === 0 ? 0 : Math.max(...[0, 1, 2].map(() => delay() + round(levels - 1) + delay()))
    const rounds = Array.from({ length: 20_000 }, () => round(4))
    const average = rounds.reduce((a, b) => a + b, 0) / rounds.length
    const { mean, sd } = roundLaw(4, 3, 2, 10)
    expect(Math.abs(average - mean)).toBeLessThan((4 * sd) / Math.sqrt(rounds.length))
    const spread = Math.sqrt(rounds.reduce((a, b) => a + (b - average) ** 2, 0) / rounds.length)
    expect(spread / sd).toBeCloseTo(1, 1)
  })
})
