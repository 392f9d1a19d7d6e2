import { NEVER } from '../../kernel/units.ts'

/**
 * Which of the waiting jobs begin now on a machine of equal processors, where a job holds all of its own until it ends.
 * - fcfs: first come, first served; nobody passes the first job that does not fit
 * - easy: who fits may pass, but must not delay the first of the queue (Lifka 1995; Mu'alem and Feitelson 2001)
 * - first-fit: who fits may pass; large jobs can wait for ever
 */
export const POLICIES = ['fcfs', 'easy', 'first-fit'] as const
export type Policy = (typeof POLICIES)[number]

export interface WaitingJob {
  readonly processors: number
  /** At most so long it is expected to hold its processors, µs. */
  readonly holdsUs: number
}
export interface RunningJob {
  readonly processors: number
  /** When it is expected to have given its processors back, µs. */
  readonly endsUs: number
}

/** When the first job of the queue can begin at the latest, and what of the machine is free beside it from then on. */
export interface Reservation {
  readonly startUs: number
  readonly spare: number
}

/**
 * Walks the running jobs in order of their expected ends until `processors` are free. NEVER where they never will be.
 * What is overdue may end at any moment.
 */
export function reserve(processors: number, free: number, running: readonly RunningJob[], nowUs: number): Reservation {
  let left = free
  let startUs = nowUs
  for (const job of running.toSorted((a, b) => a.endsUs - b.endsUs)) {
    if (left >= processors && job.endsUs > startUs) break // those that end together count together
    left += job.processors
    startUs = Math.max(startUs, job.endsUs)
  }
  return left >= processors ? { startUs, spare: left - processors } : { startUs: NEVER, spare: 0 }
}

export interface Choice {
  /** Places in the queue, ascending. */
  readonly starts: readonly number[]
  /** Of the first job that stays; null where none does. */
  readonly reservation: Reservation | null
}

/**
 * Pure. `at(k)` is the k-th of `length` waiting jobs; at most `depth` of those behind the first are looked at.
 */
export function chooseJobs(
  policy: Policy,
  at: (place: number) => WaitingJob,
  length: number,
  free: number,
  running: readonly RunningJob[],
  nowUs: number,
  depth: number,
): Choice {
  const starts: number[] = []
  const now = running.slice()
  let left = free
  const start = (place: number, { processors, holdsUs }: WaitingJob): void => {
    starts.push(place)
    now.push({ processors, endsUs: nowUs + holdsUs })
    left -= processors
  }
  let first = 0
  for (; first < length; first++) {
    const job = at(first)
    if (job.processors > left) break
    start(first, job)
  }
  if (first === length) return { starts, reservation: null }
  const reservation = reserve(at(first).processors, left, now, nowUs)
  if (policy === 'fcfs') return { starts, reservation }
  let { spare } = reservation
  const end = Math.min(length, first + 1 + depth)
  for (let place = first + 1; place < end && left > 0; place++) {
    const job = at(place)
    if (job.processors > left) continue
    if (policy === 'easy' && nowUs + job.holdsUs > reservation.startUs) {
      if (job.processors > spare) continue
      spare -= job.processors
    }
    start(place, job)
  }
  return { starts, reservation }
}
