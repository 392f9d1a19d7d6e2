/**
 * The p-quantile of Student's t distribution with `df` degrees of freedom, p in 0.5 … 1: by bisection of the
 * distribution function, which is an incomplete beta function (Abramowitz and Stegun 26.7.1). True to 10 digits.
 */
export function studentQuantile(p: number, df: number): number {
  let lo = 0
  let hi = 1
  while (studentCdf(hi, df) < p) [lo, hi] = [hi, 2 * hi]
  for (let i = 0; i < 80; i++) {
    const middle = (lo + hi) / 2
    if (studentCdf(middle, df) < p) lo = middle
    else hi = middle
  }
  return (lo + hi) / 2
}

/** P(T ≤ t) for t ≥ 0. */
const studentCdf = (t: number, df: number): number => 1 - incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2

/** Regularised incomplete beta function I_x(a, b) by its continued fraction (DLMF 8.17.22), evaluated as Lentz does. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  // The fraction converges fast below the mean only; above it, the other tail.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
  let [c, d, fraction] = [1, 0, 1]
  for (let i = 0; i < 500; i++) {
    const m = Math.floor(i / 2)
    const term =
      i === 0
        ? 1
        : i % 2 === 0
          ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
          : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + term * d)
    c = nonZero(1 + term / c)
    fraction *= c * d
    if (Math.abs(1 - c * d) < 1e-14) break
  }
  return front * (fraction - 1)
}

const nonZero = (x: number): number => (Math.abs(x) < 1e-300 ? 1e-300 : x)

/** ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1) above 10, where eight digits past the point are safe. */
function logGamma(x: number): number {
  let [y, shift] = [x, 0]
  while (y < 10) shift -= Math.log(y++)
  const r = 1 / (y * y)
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / y
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series + shift
}
