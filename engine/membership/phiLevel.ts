import { exp, inverseNormal, log, log1p, pow } from '../kernel/math.ts'

/**
 * How unlikely a silence is: phi = −log₁₀ P(a heartbeat is later than that). Source: N. Hayashibara, X. Défago,
 * R. Yared, T. Katayama: The φ Accrual Failure Detector, SRDS 2004, section 4.
 */
const LN10 = 2.302585092994046
const HALF_LN_TAU = 0.9189385332046728

/** How intervals between heartbeats are taken to be distributed. */
export const PHI_MODELS = ['normal', 'exponential'] as const
export type PhiModel = (typeof PHI_MODELS)[number]

/** Mean and standard deviation of the intervals seen, µs. The exponential model uses the mean only. */
export interface Estimate {
  readonly meanUs: number
  readonly deviationUs: number
}

/** phi after a silence of `silentUs`. The normal model needs deviationUs > 0; phi of an estimate with mean 0 is ∞. */
export function phiOf(model: PhiModel, { meanUs, deviationUs }: Estimate, silentUs: number): number {
  if (model === 'exponential') return silentUs / (meanUs * LN10)
  return -logNormalTail((silentUs - meanUs) / deviationUs) / LN10
}

/** The silence after which phi reaches `phi` > 0, µs; never less than 0. */
export function silenceFor(model: PhiModel, { meanUs, deviationUs }: Estimate, phi: number): number {
  if (model === 'exponential') return meanUs * phi * LN10
  return Math.max(0, meanUs - deviationUs * inverseNormal(pow(10, -phi)))
}

/** Terms of the continued fraction; 150 leave less than 10⁻¹³ of it from 2 on. */
const TERMS = 150

/**
 * ln Q(z), where Q is the upper tail of the standard normal distribution; relative error of Q below 10⁻¹² for every z,
 * no underflow. Below 2 by the series of Φ (Marsaglia 2004), above by Laplace's continued fraction.
 */
export function logNormalTail(z: number): number {
  if (z < 0) return log1p(-exp(logNormalTail(-z)))
  if (z < 2) {
    let term = z
    let sum = z
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= (z * z) / k
      sum += term
    }
    return log(0.5 - sum * exp(-(z * z) / 2 - HALF_LN_TAU))
  }
  let below = z
  for (let k = TERMS; k >= 1; k--) below = z + k / below
  return -(z * z) / 2 - HALF_LN_TAU - log(below)
}
