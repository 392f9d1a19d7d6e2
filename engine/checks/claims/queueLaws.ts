import { pow } from '../../kernel/math.ts'

/** Closed forms of queueing theory, in units of the mean service time where nothing else is said. */

/**
 * P(an arrival waits) of M/M/c with offered load a = λ/μ < c (Erlang 1917), from Erlang's loss formula, which its own
 * recursion gives without large numbers: B(0) = 1, B(k) = a B(k−1) / (k + a B(k−1)).
 */
export function erlangC(c: number, a: number): number {
  let blocking = 1
  for (let k = 1; k <= c; k++) blocking = (a * blocking) / (k + a * blocking)
  return blocking / (1 - (a / c) * (1 - blocking))
}

/** Share of arrivals that find K tasks at a single server and are lost: M/M/1/K, ρ ≠ 1. */
export const lossShare = (rho: number, k: number): number => ((1 - rho) * pow(rho, k)) / (1 - pow(rho, k + 1))

/**
 * Mean time in the system where each task goes to the shortest of d queues drawn at random, as n → ∞:
 * Σ_{i≥1} λ^((dⁱ − d)/(d − 1)) (Vvedenskaya, Dobrushin, Karpelevich 1996; Mitzenmacher 2001). d = 1: 1 / (1 − λ).
 */
export function choicesTime(d: number, lambda: number): number {
  if (d === 1) return 1 / (1 - lambda)
  let sum = 0
  for (let i = 1, exponent = 0; i < 64; i++, exponent = exponent * d + d) {
    const term = pow(lambda, exponent)
    sum += term
    if (term < 1e-15) break
  }
  return sum
}

/**
 * Mean waits of the classes at a single server that never interrupts, first class first: W₀ / ((1 − σ_{k−1})(1 − σ_k)),
 * σ_k = ρ_1 + … + ρ_k, W₀ the mean work left of the task in service (Cobham 1954).
 */
export function cobhamWaits(loads: readonly number[], residual: number): number[] {
  let before = 0
  return loads.map((load) => {
    const wait = residual / ((1 - before) * (1 - before - load))
    before += load
    return wait
  })
}

/** Σ ρ_k W_k of every discipline that never idles, never interrupts and does not look at sizes (Kleinrock 1965). */
export const conservedWait = (rho: number, residual: number): number => (rho * residual) / (1 - rho)

/** A queue as a birth and death process, truncated where nothing happens any more. */
export interface BirthDeath {
  /** Rates of coming and going by the number of tasks there. */
  readonly births: readonly number[]
  readonly deaths: readonly number[]
  /** Arrivals a unit of time, also those that are turned away. */
  readonly arrivals: number
}

/** M/M/c at offered load a = λ/μ, in service times; beyond `places` tasks all are turned away. */
export function serverQueue(c: number, a: number, places: number): BirthDeath {
  const states = Array.from({ length: places + 1 }, (_, n) => n)
  return { births: states.map((n) => (n < places ? a : 0)), deaths: states.map((n) => Math.min(n, c)), arrivals: a }
}

/**
 * Mean and asymptotic standard deviation of what arrivals see: of the mean of f(tasks there) over N arrivals, the
 * deviation is `deviation` / √N for large N. With h solving the Poisson equation of the process for the reward
 * λ(f − f̄), the sum over arrivals and h make a martingale, whose jumps are f(x) − f̄ + h(x+1) − h(x) at arrivals and
 * h(x−1) − h(x) at departures; balance of the flows gives the differences of h (Burman 1980; Whitt 1992, "Asymptotic
 * formulas for Markov processes with applications to simulation").
 */
export function seenByArrivals(
  { births, deaths, arrivals }: BirthDeath,
  f: (tasks: number) => number,
): { readonly mean: number; readonly deviation: number } {
  const weights = [1]
  for (let n = 1; n < births.length; n++) weights.push((weights[n - 1]! * births[n - 1]!) / deaths[n]!)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = weights.map((weight) => weight / total)
  const mean = shares.reduce((sum, share, n) => sum + share * f(n), 0)
  // From the far end on, where terms of one sign keep all their digits: what lies beyond n, more than its share.
  const beyond = shares.map(() => 0)
  for (let n = shares.length - 2; n >= 0; n--)
    beyond[n] = beyond[n + 1]! + shares[n + 1]! * arrivals * (f(n + 1) - mean)
  let variance = 0
  let stepBefore = 0
  shares.forEach((share, n) => {
    // Where nobody comes in there is no step up: such arrivals only see.
    const step = births[n]! > 0 ? beyond[n]! / (births[n]! * share) : 0
    const jump = f(n) - mean + step
    variance += share * (arrivals * jump * jump + deaths[n]! * stepBefore * stepBefore)
    stepBefore = step
  })
  return { mean, deviation: Math.sqrt(variance / arrivals) }
}

/**
 * Tasks a service time that a worker of `slots` slots ends at most, where each takes 1 … demands ≤ slots of them at
 * once
 * (evenly), all take Exp(1), and the first in line keeps those behind it from beginning (Brill, Green 1984; in closed
 * form Rumyantsev, Morozov 2017, "Stability criterion of a multiserver model with simultaneous service"). Its inverse
 * is
 * the mean over what is in work, j tasks in i slots, of the time 1/j until one of them ends, where the next in line
 * takes
 * more than the slots − i that are left.
 */
export function wideRate(slots: number, demands: number): number {
  let shares = [1] // by slots, that so many tasks in a row take
  let time = 0
  for (let j = 1; j <= slots; j++) {
    const next = new Array<number>(slots + 1).fill(0)
    shares.forEach((share, i) => {
      for (let demand = 1; demand <= Math.min(demands, slots - i); demand++) next[i + demand]! += share / demands
    })
    shares = next
    shares.forEach((share, i) => (time += (share * Math.max(0, demands - (slots - i))) / demands / j))
  }
  return 1 / time
}
