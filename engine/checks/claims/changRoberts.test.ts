import { describe, expect, it } from 'vitest'
import { harmonic, meanMessages, varianceOfMessages } from './changRoberts.ts'

function permutations(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]]
  return values.flatMap((first) => permutations(values.filter((v) => v !== first)).map((rest) => [first, ...rest]))
}

/** Messages by following each number round the ring until a larger agent stops it or it is home. */
function countMessages(ring: readonly number[]): number {
  const n = ring.length
  let total = 0
  for (let i = 0; i < n; i++) {
    let at = i
    do {
      total++
      at = (at + 1) % n
    } while (at !== i && ring[at]! < ring[i]!)
  }
  return total
}

describe('Chang and Roberts 1979', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('%i agents: mean n·H(n) and the variance, over every order', (n) => {
    const counts = permutations(Array.from({ length: n }, (_, k) => k)).map(countMessages)
    const average = counts.reduce((a, b) => a + b, 0) / counts.length
    const variance = counts.reduce((a, b) => a + (b - average) * (b - average), 0) / counts.length
    expect(meanMessages(n)).toBeCloseTo(average, 9)
    expect(varianceOfMessages(n)).toBeCloseTo(variance, 9)
  })

  it('60 agents need about 281 messages (the scenario says so)', () => {
    expect(meanMessages(60)).toBeCloseTo(280.79, 1)
    expect(harmonic(2)).toBe(1.5)
  })
})
