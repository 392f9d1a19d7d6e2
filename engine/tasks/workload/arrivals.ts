import { philox, STREAM } from '../../kernel/philox.ts'
import type { U32 } from '../../kernel/units.ts'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import { exponentialOf, WORK_DRAW, type LogTimes } from './workload.ts'

/**
 * When tasks (or graphs of tasks) come to one submitter of several. The submitters together make the stream that the
 * workload describes; each needs only its own share of it:
 * - poisson: each has a Poisson stream of its own, with its share of the rate (independent streams add up to one)
 * - bursty: the same, while bursts come to all at one time (a Markov-modulated Poisson process of two states, calm
 *   first)
 * - batch: everything at time 0
 * - log: row i of the log belongs to submitter i mod `of`
 * - closed: nothing comes by itself. Clients `place`, `place + of`, … are this submitter's: each submits after
 *   thinkUsOf, and again that long after it has its answer
 * Plain state; times are whole µs of the submitter's clock, from 0.
 */
export interface Arrivals {
  readonly place: number
  readonly of: number
  /** How many have come to this submitter: the `count` of taskNumber for the next one. */
  count: number
  /** Of the latest arrival, unrounded. */
  atUs: number
  /** Calm and bursts take turns; even = calm. */
  phase: U32
  phaseEndUs: number
}

const words = new Uint32Array(4)

export const newArrivals = (spec: WorkloadSpec, seed: U32, place: number, of: number): Arrivals => ({
  ...{ place, of, count: 0, atUs: 0, phase: 0, phaseEndUs: spec.arrivals === 'bursty' ? phaseUs(spec, seed, 0) : 0 },
})

/** How many of spec.count are this submitter's; Infinity where there is no end. */
export const shareOf = (spec: WorkloadSpec, place: number, of: number, jobs: LogTimes | null = null): number => {
  const ends = spec.arrivals === 'log' ? (jobs?.count ?? 0) : Infinity
  const total = spec.count > 0 ? Math.min(spec.count, ends) : ends
  return total === Infinity ? Infinity : Math.max(0, Math.ceil((total - place) / of))
}

/** Row of the job log that the submitter's `count`-th task comes from. */
export const rowOf = ({ place, of }: Arrivals, count: number): number => place + count * of

/**
 * When the next one comes, and on to the one after it: mutates `arrivals`, whose `count` grows by one. Ascending;
 * several may come in the same µs. Infinity where none comes by itself any more.
 */
export function nextArrivalUs(arrivals: Arrivals, spec: WorkloadSpec, seed: U32, jobs: LogTimes | null = null): number {
  const { place, of, count } = arrivals
  if (count >= shareOf(spec, place, of, jobs) || spec.arrivals === 'closed') return Infinity
  if (spec.arrivals === 'log') arrivals.atUs = jobs!.submitUs[rowOf(arrivals, count)]! * spec.timeScale
  else if (spec.arrivals !== 'batch') {
    if (spec.perSecond === 0) return Infinity
    philox(words, seed, STREAM.workload, WORK_DRAW.gap, place, count >>> 2, 0)
    // How far the integral of the rate goes on until the next arrival.
    const work = exponentialOf(1, words[count & 3]!)
    if (spec.arrivals === 'poisson') arrivals.atUs += work / perUs(spec, of)
    else passPhases(arrivals, spec, seed, work)
  }
  arrivals.count++
  return Math.round(arrivals.atUs)
}

/** Of one submitter, in calm times. */
const perUs = (spec: WorkloadSpec, of: number): number => spec.perSecond / (1_000_000 * of * spec.timeScale)

function passPhases(arrivals: Arrivals, spec: WorkloadSpec, seed: U32, work: number): void {
  for (;;) {
    const rate = perUs(spec, arrivals.of) * (arrivals.phase % 2 === 0 ? 1 : spec.burstFactor)
    const left = (arrivals.phaseEndUs - arrivals.atUs) * rate
    if (work <= left) {
      arrivals.atUs += work / rate
      return
    }
    work -= left
    arrivals.atUs = arrivals.phaseEndUs
    arrivals.phase++
    arrivals.phaseEndUs += phaseUs(spec, seed, arrivals.phase)
  }
}

function phaseUs({ calmUs, burstUs, timeScale }: WorkloadSpec, seed: U32, phase: U32): number {
  philox(words, seed, STREAM.workload, WORK_DRAW.phase, phase, 0, 0)
  return exponentialOf((phase % 2 === 0 ? calmUs : burstUs) * timeScale, words[0]!)
}

/** How long client `client` thinks before its n-th task (both from 0), whole µs; 0 where clients do not think. */
export function thinkUsOf({ thinkUs, timeScale }: WorkloadSpec, seed: U32, client: U32, n: U32): number {
  if (thinkUs === 0) return 0
  philox(words, seed, STREAM.workload, WORK_DRAW.think, client, n, 0)
  return Math.round(exponentialOf(thinkUs * timeScale, words[0]!))
}
