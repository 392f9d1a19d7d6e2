import { assert, unreachable } from '../kernel/assert.ts'
import { exp, inverseNormal, LN2, log } from '../kernel/math.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import type { LatencyLaw, LocalLaw } from '../scenario/Scenario.ts'
import type { LatencyModel } from './Network.ts'
import { oneWayUs, regionIndex } from './regions.ts'

/** Exp(1) of the smallest word: 32·ln 2. No exponential tail is longer than this many means. */
export const TAIL_MAX = 32 * LN2

/** A latency law made ready for one swarm. Draws nothing: the caller gives one uniform 32-bit word a sample. */
export interface Latency extends LatencyModel {
  /** Smallest delay the law can give on src → dst, whole µs ≥ 1. */
  floorUs(src: AgentId, dst: AgentId): number
  /** The least of them over all pairs of places. */
  minFloorUs(): number
  /** Longest delay the law can give on src → dst, whole µs. */
  maxUs(src: AgentId, dst: AgentId): number
  /** Mean of the law before rounding to whole µs. */
  meanUs(src: AgentId, dst: AgentId): number
  /**
   * Delay for one word, whole µs, floorUs ≤ delay ≤ maxUs. A uniform law rises with the word, an exponential tail (and
   * with it the regions law) falls, so equal words on two links give comparable draws.
   */
  sample(src: AgentId, dst: AgentId, word: U32): number
  /** The least floor of all links between agents of two groups, whole µs ≥ 1; of links inside one group for a = b. */
  floorBetweenGroupsUs(a: number, b: number): number
}

/** One law without places. */
interface Law {
  readonly floorUs: number
  readonly maxUs: number
  readonly meanUs: number
  sample(word: U32): number
}

/** Exp(1) by inversion, 0 … TAIL_MAX. */
const exponential = (word: U32): number => -log((word + 1) / 4294967296)

/** Nothing is instantaneous, and delays are whole µs. */
const whole = (us: number): number => Math.max(1, Math.round(us))

function tailed(floorUs: number, meanUs: number): Law {
  const floor = whole(floorUs)
  return {
    floorUs: floor,
    maxUs: floor + Math.round(meanUs * TAIL_MAX),
    meanUs: floor + meanUs,
    sample: (word) => floor + Math.round(meanUs * exponential(word)),
  }
}

/** Steps of the quantile table; linear in between, and its ends stand for the outermost half steps. */
const QUANTILES = 4_096

/**
 * floor + median·e^(σz), z standard normal by the table of its quantiles (Acklam's rational approximation of the
 * inverse normal, relative error below 1.2·10⁻⁹). The tail ends at the table's last quantile, z = 3.84.
 */
function lognormal(floorUs: number, medianUs: number, sigma: number): Law {
  const floor = whole(floorUs)
  const table = Float64Array.from(
    { length: QUANTILES + 1 },
    (_, k) => medianUs * exp(sigma * inverseNormal((k + 0.25) / (QUANTILES + 0.5))),
  )
  const sample = (word: U32): number => {
    const at = (word / 4294967296) * QUANTILES
    const step = Math.floor(at)
    const low = table[step]!
    return floor + Math.round(low + (table[step + 1]! - low) * (at - step))
  }
  let sum = (table[0]! + table[QUANTILES]!) / 2
  for (let k = 1; k < QUANTILES; k++) sum += table[k]!
  return {
    floorUs: floor + Math.floor(table[0]!),
    maxUs: floor + Math.round(table[QUANTILES]!),
    meanUs: floor + sum / QUANTILES,
    sample,
  }
}

function compileLocal(law: LocalLaw): Law {
  switch (law.kind) {
    case 'constant':
      return { floorUs: whole(law.us), maxUs: whole(law.us), meanUs: law.us, sample: () => whole(law.us) }
    case 'uniform': {
      const min = whole(law.minUs)
      const max = whole(law.maxUs)
      assert(min <= max, 'a uniform latency has minUs ≤ maxUs')
      const span = max - min + 1
      const meanUs = (min + max) / 2
      return { floorUs: min, maxUs: max, meanUs, sample: (word) => min + Math.floor((word * span) / 4294967296) }
    }
    case 'exponential':
      return tailed(law.floorUs, law.meanUs)
    case 'lognormal':
      return lognormal(law.floorUs, law.medianUs, law.sigma)
    default:
      return unreachable(law)
  }
}

/**
 * @param groupOf group of an agent; a group g lies in region regions[g % regions.length]. Only the regions law asks.
 * Constant; uniform on whole µs, both ends included; exponential: floor + Exp(mean); regions: half the measured round
 * trip × (1 + Exp(jitter)) between two regions, the local law inside one (also where a region is named twice).
 */
export function compileLatency(law: LatencyLaw, groupOf: (agent: AgentId) => number): Latency {
  if (law.kind !== 'regions') {
    const local = compileLocal(law)
    return {
      floorUs: () => local.floorUs,
      minFloorUs: () => local.floorUs,
      maxUs: () => local.maxUs,
      meanUs: () => local.meanUs,
      sample: (_src, _dst, word) => local.sample(word),
      floorBetweenGroupsUs: () => local.floorUs,
    }
  }
  const laws = compileRegions(law)
  const least = laws.reduce((min, { floorUs }) => Math.min(min, floorUs), Infinity)
  const n = law.regions.length
  const between = (a: number, b: number): Law => laws[(a % n) * n + (b % n)]!
  const of = (src: AgentId, dst: AgentId): Law => between(groupOf(src), groupOf(dst))
  return {
    floorUs: (src, dst) => of(src, dst).floorUs,
    minFloorUs: () => least,
    maxUs: (src, dst) => of(src, dst).maxUs,
    meanUs: (src, dst) => of(src, dst).meanUs,
    sample: (src, dst, word) => of(src, dst).sample(word),
    floorBetweenGroupsUs: (a, b) => Math.min(between(a, b).floorUs, between(b, a).floorUs),
  }
}

/** One law for each ordered pair of the scenario's regions, row = from. */
function compileRegions({ regions, jitter, local }: Extract<LatencyLaw, { kind: 'regions' }>): Law[] {
  assert(regions.length > 0, 'the regions law names a region')
  const index = regions.map(regionIndex)
  assert(!index.includes(-1), 'every region of the law is one of REGIONS')
  const inside = compileLocal(local)
  return index.flatMap((from) =>
    index.map((to) => (from === to ? inside : tailed(oneWayUs(from, to), oneWayUs(from, to) * jitter))),
  )
}
