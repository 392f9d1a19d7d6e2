import { describe, expect, it } from 'vitest'
import { algebraicConnectivity, symmetricEigenvalues } from './eigenvalues.ts'

describe('eigenvalues by rotations (Jacobi 1846)', () => {
  it('λ₂ of known graphs: complete n, path 2 − 2 cos(π/n), star 1, two pieces 0 (Fiedler 1973)', () => {
    const n = 9
    const ids = [...Array(n).keys()]
    const mesh = ids.flatMap((a) => ids.filter((b) => a < b).map((b) => [a, b] as const))
    expect(algebraicConnectivity(n, mesh)).toBeCloseTo(n, 12)
    expect(
      algebraicConnectivity(
        n,
        ids.slice(1).map((i) => [i - 1, i] as const),
      ),
    ).toBeCloseTo(2 - 2 * Math.cos(Math.PI / n), 12)
    expect(
      algebraicConnectivity(
        n,
        ids.slice(1).map((i) => [0, i] as const),
      ),
    ).toBeCloseTo(1, 12)
    expect(
      algebraicConnectivity(4, [
        [0, 1],
        [2, 3],
      ]),
    ).toBeCloseTo(0, 12)
  })
  it('keeps the trace and the sum of squares', () => {
    const m = Array.from({ length: 7 }, (_, i) => Array.from({ length: 7 }, (_, j) => ((i * j + i + j) % 5) - 1))
    const squares = m.flat().reduce((sum, x) => sum + x * x, 0)
    const trace = m.reduce((sum, row, i) => sum + row[i]!, 0)
    const values = symmetricEigenvalues(m)
    expect(values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(trace, 10)
    expect(values.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(squares, 10)
  })
})
