import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { philox } from '../../kernel/philox.ts'
import { jitter, randomDirection, turnTowards } from './directions.ts'
import { hypot3 } from '../testing/vectors.ts'

const N = 20_000
/** `N` draws of four words. */
function draws(visit: (words: Uint32Array) => void): void {
  const words = new Uint32Array(4)
  for (let k = 0; k < N; k++) {
    philox(words, 1, 2, k, 0, 0, 0)
    visit(words)
  }
}
const component = fc.double({ min: -1, max: 1, noNaN: true })
const direction = fc
  .tuple(component, component, component)
  .filter((v) => hypot3(v) > 0.1)
  .map((v) => v.map((x) => x / hypot3(v)))

describe('randomDirection', () => {
  it.each([true, false])('is uniform: mean 0, and no axis preferred (flat: %s)', (isFlat) => {
    const out = new Float64Array(3)
    const sum = [0, 0, 0]
    const squares = [0, 0, 0]
    draws((words) => {
      randomDirection(words[0]!, words[1]!, isFlat, out)
      out.forEach((x, axis) => (sum[axis]! += x / N))
      out.forEach((x, axis) => (squares[axis]! += (x * x) / N))
    })
    // Five standard errors: the variance of a component is at most 1/2.
    for (const mean of sum) expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(0.5 / N))
    const share = isFlat ? [1 / 2, 1 / 2, 0] : [1 / 3, 1 / 3, 1 / 3]
    squares.forEach((square, axis) => expect(square).toBeCloseTo(share[axis]!, 1.8))
  })
})

describe('jitter', () => {
  it.each([true, false])('errs by a normal angle, to no side in particular (flat: %s)', (isFlat) => {
    const v = new Float64Array(3)
    const sum = [0, 0, 0]
    let squares = 0
    let longest = 0
    draws((words) => {
      v.set([0.6, 0.8, 0])
      jitter(v, 0.05, words[0]!, words[1]!, isFlat)
      longest = Math.max(longest, Math.abs(hypot3([...v]) - 1))
      const [x, y, z] = [v[0]! - 0.6, v[1]! - 0.8, v[2]!]
      ;[x, y, z].forEach((d, axis) => (sum[axis]! += d / N))
      squares += (x * x + y * y + z * z) / N
    })
    expect(longest).toBeLessThan(1e-12)
    // The chord of a small angle is nearly the angle; σ² within five standard errors, √(2/N) each.
    expect(squares / 0.0025).toBeGreaterThan(1 - 5 * Math.sqrt(2 / N))
    expect(squares / 0.0025).toBeLessThan(1 + 5 * Math.sqrt(2 / N))
    const along = sum[0]! * 0.6 + sum[1]! * 0.8
    expect(along).toBeCloseTo(-0.00125, 3)
    for (const aside of [sum[1]! * 0.6 - sum[0]! * 0.8, sum[2]!])
      expect(Math.abs(aside)).toBeLessThan((5 * 0.05) / Math.sqrt(N))
  })
})

describe('turnTowards', () => {
  it('turns in the plane of both, by at most the angle, and to a unit vector', () => {
    fc.assert(
      fc.property(direction, direction, fc.double({ min: 0.01, max: 3.1, noNaN: true }), (from, wanted, most) => {
        const to = new Float32Array(3)
        const start = new Float32Array(from)
        turnTowards(start, to, 0, new Float64Array(wanted), Math.cos(most), Math.sin(most))
        const dot = (a: Iterable<number>, b: readonly number[]): number =>
          [...a].reduce((sum, x, axis) => sum + x * b[axis]!, 0)
        const angle = (a: Iterable<number>, b: readonly number[]): number =>
          Math.acos(Math.max(-1, Math.min(1, dot(a, b))))
        expect(hypot3([...to])).toBeCloseTo(1, 6)
        expect(angle(to, from)).toBeLessThan(most + 1e-3)
        // What it has turned and what is left make up the whole.
        expect(angle(to, from) + angle(to, wanted)).toBeCloseTo(angle(from, wanted), 2)
      }),
    )
  })

  it.each([[[1, 0, 0]], [[0, 0, 1]], [[0.6, -0.8, 0]]])('turns from %j to its very opposite too', (from) => {
    const to = new Float32Array(3)
    const back = new Float64Array(from.map((x) => -x))
    turnTowards(new Float32Array(from), to, 0, back, Math.cos(0.5), Math.sin(0.5))
    expect(from.reduce((sum, x, axis) => sum + x * to[axis]!, 0)).toBeCloseTo(Math.cos(0.5), 6)
  })
})
