/** Neighbours by index, for an undirected graph on 0 … n−1. */
export type Links = readonly (readonly [a: number, b: number])[]

/** Second smallest eigenvalue of a graph's Laplacian: its algebraic connectivity (Fiedler 1973); n ≥ 2 agents. */
export function algebraicConnectivity(n: number, links: Links): number {
  const laplacian = Array.from({ length: n }, () => new Array<number>(n).fill(0))
  for (const [a, b] of links) {
    laplacian[a]![a]!++
    laplacian[b]![b]!++
    laplacian[a]![b]!--
    laplacian[b]![a]!--
  }
  return symmetricEigenvalues(laplacian).toSorted((x, y) => x - y)[1]!
}

const SWEEPS_MAX = 60

/**
 * Eigenvalues of a symmetric matrix, in no order, by Jacobi's cyclic rotations. Mutates `m`. O(n³) a sweep; converges
 * quadratically, in some ten sweeps. Source: Golub and Van Loan, Matrix Computations, section 8.5.
 */
export function symmetricEigenvalues(m: number[][]): number[] {
  const n = m.length
  for (let sweep = 0; sweep < SWEEPS_MAX && offDiagonal(m) > 1e-22 * n; sweep++)
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) if (m[p]![q] !== 0) rotate(m, p, q)
  return m.map((row, k) => row[k]!)
}

/** Sum of the squares beside the diagonal. */
const offDiagonal = (m: readonly (readonly number[])[]): number =>
  m.reduce((sum, row, i) => sum + row.reduce((s, x, j) => (i === j ? s : s + x * x), 0), 0)

/** The rotation of the plane (p, q) that makes m[p][q] vanish. */
function rotate(m: number[][], p: number, q: number): void {
  const theta = (m[q]![q]! - m[p]![p]!) / (2 * m[p]![q]!)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (const row of m) {
    const [x, y] = [row[p]!, row[q]!]
    row[p] = c * x - s * y
    row[q] = s * x + c * y
  }
  const [rowP, rowQ] = [m[p]!, m[q]!]
  for (let k = 0; k < m.length; k++) {
    const [x, y] = [rowP[k]!, rowQ[k]!]
    rowP[k] = c * x - s * y
    rowQ[k] = s * x + c * y
  }
}
