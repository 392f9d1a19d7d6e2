/**
 * Places n points in the plane so that their distances come as near as possible to given ones: classical scaling for
 * the
 * start (Torgerson 1952), stress majorisation to finish (SMACOF, de Leeuw 1977; weights d⁻² as in Gansner, Koren &
 * North
 * 2004). Deterministic; turned so that the longest axis is x and point 0 has x ≤ 0, point 1 z ≤ 0.
 * @param distance symmetric, > 0 for a ≠ b; only asked for a < b.
 * @returns 2·n, xz interleaved, centred on the origin.
 */
export function mds(n: number, distance: (a: number, b: number) => number, rounds = 300): Float64Array {
  const d = new Float64Array(n * n)
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++) d[a * n + b] = d[b * n + a] = Math.max(1e-9, distance(a, b))
  const at = classicalScaling(n, d)
  for (let round = 0; round < rounds; round++) majorise(n, d, at)
  return orient(n, at)
}

/** Σ w(|pᵢ−pⱼ| − dᵢⱼ)² over pairs with w = d⁻²: how far the picture is from the given distances. */
export function stress(n: number, distance: (a: number, b: number) => number, at: Float64Array): number {
  let sum = 0
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++) {
      const d = distance(a, b)
      const seen = Math.hypot(at[2 * a]! - at[2 * b]!, at[2 * a + 1]! - at[2 * b + 1]!)
      sum += ((seen - d) / d) ** 2
    }
  return sum
}

function classicalScaling(n: number, d: Float64Array): Float64Array {
  const gram = new Float64Array(n * n)
  const mean = new Float64Array(n)
  let total = 0
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) mean[a]! += d[a * n + b]! ** 2 / n
    total += mean[a]! / n
  }
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) gram[a * n + b] = -0.5 * (d[a * n + b]! ** 2 - mean[a]! - mean[b]! + total)
  const at = new Float64Array(2 * n)
  for (let axis = 0; axis < 2; axis++) {
    const { vector, value } = strongest(n, gram, axis)
    for (let a = 0; a < n; a++) at[2 * a + axis] = vector[a]! * Math.sqrt(Math.max(value, 0))
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) gram[a * n + b]! -= value * vector[a]! * vector[b]!
  }
  return at
}

/** Largest eigenvalue and its vector by power iteration from a fixed start. */
function strongest(n: number, matrix: Float64Array, axis: number): { vector: Float64Array; value: number } {
  let vector = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7 + axis * 3) % 5) * 0.31)
  let value = 0
  for (let round = 0; round < 200; round++) {
    const next = new Float64Array(n)
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) next[a]! += matrix[a * n + b]! * vector[b]!
    const length = Math.hypot(...next)
    if (length < 1e-12) return { vector: new Float64Array(n), value: 0 }
    value = 0
    for (let a = 0; a < n; a++) {
      next[a]! /= length
      value += next[a]! * vector[a]! * length
    }
    vector = next
  }
  return { vector, value }
}

/** One Guttman transform, point by point (each point to the weighted mean of where the others want it). */
function majorise(n: number, d: Float64Array, at: Float64Array): void {
  for (let a = 0; a < n; a++) {
    let x = 0
    let z = 0
    let weights = 0
    for (let b = 0; b < n; b++) {
      if (a === b) continue
      const want = d[a * n + b]!
      const dx = at[2 * a]! - at[2 * b]!
      const dz = at[2 * a + 1]! - at[2 * b + 1]!
      // Coincident points have no direction; a fixed one by index parts them.
      const seen = Math.hypot(dx, dz)
      const ux = seen > 1e-9 ? dx / seen : a < b ? 1 : -1
      const uz = seen > 1e-9 ? dz / seen : (a + b) % 2 ? 0.5 : -0.5
      const w = 1 / (want * want)
      x += w * (at[2 * b]! + want * ux)
      z += w * (at[2 * b + 1]! + want * uz)
      weights += w
    }
    if (weights === 0) continue
    at[2 * a] = x / weights
    at[2 * a + 1] = z / weights
  }
}

function orient(n: number, at: Float64Array): Float64Array {
  let mx = 0
  let mz = 0
  for (let a = 0; a < n; a++) {
    mx += at[2 * a]! / n
    mz += at[2 * a + 1]! / n
  }
  let xx = 0
  let xz = 0
  let zz = 0
  for (let a = 0; a < n; a++) {
    at[2 * a]! -= mx
    at[2 * a + 1]! -= mz
    xx += at[2 * a]! ** 2
    zz += at[2 * a + 1]! ** 2
    xz += at[2 * a]! * at[2 * a + 1]!
  }
  const turn = 0.5 * Math.atan2(2 * xz, xx - zz)
  const [c, s] = [Math.cos(turn), Math.sin(turn)]
  for (let a = 0; a < n; a++) {
    const x = at[2 * a]!
    const z = at[2 * a + 1]!
    at[2 * a] = c * x + s * z
    at[2 * a + 1] = c * z - s * x
  }
  const flipX = n > 0 && at[0]! > 0 ? -1 : 1
  const flipZ = n > 1 && at[3]! > 0 ? -1 : 1
  for (let a = 0; a < n; a++) {
    at[2 * a]! *= flipX
    at[2 * a + 1]! *= flipZ
  }
  return at
}
