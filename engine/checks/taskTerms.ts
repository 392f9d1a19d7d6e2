import type { Plain } from '../kernel/plain.ts'
import type { TaskSetting } from './Invariant.ts'

/** What a scenario's parameters hold a run of tasks to. */
export interface TaskTerms {
  /** Longest that leases, pauses and open breakers can keep a task from its end, whoever works, µs. */
  readonly patienceUs: number
  /** Times that a task may have to wait behind others and be worked on before it ends. */
  readonly rounds: number
  /** How much of a task's size the slowest worker works off in the same time, and all who can do a kind together. */
  readonly slowest: number
  readonly together: number
  /** What every task before another can cost beside its size, at one worker, µs. */
  readonly perTaskUs: number
  /** Tasks that may be before another at one worker. */
  readonly places: number
  /** Every worker can do every task: who is gone can be replaced by anybody. */
  readonly alike: boolean
  /** What comes later is nowhere worked on first. */
  readonly inOrder: boolean
  /** What comes to a worker so much later never starts there before; null where there is no such bound, µs. */
  readonly overtakeUs: number | null
  /** Tasks that a worker must have in work while others wait there. */
  readonly inWork: number
  /** Within this an idle worker begins what it holds, µs. */
  readonly startUs: number
}

/** For messages and disks, each time that a task is handed out, µs. */
const ON_THE_WAY_US = 500_000
const START_US = 100_000
/** Slower disks are not judged. */
export const DISK_MAX_US = 50_000
/** A worker that has credit for one task at a time, or asks for each, waits for its answer and for the next one. */
const MESSAGES_A_TASK = 2

/**
 * - A message that was lost before the faults ended costs a lease, then the task is handed out again. Where the network
 *   loses messages anyway, or a worker may refuse for want of room, that can happen to every attempt.
 * - Between attempts there are pauses, each twice the one before, up to 2^DOUBLINGS_MAX retryUs: `pausesOf`.
 * - Where every worker's breaker is open, the first one tries again after openUs, and may fail for what is past.
 * - Where full queues refuse, refusals open breakers, and at worst each task that gets through costs another openUs.
 * - Where workers fail at tasks, that can happen to every attempt; and each may wait behind all others' again.
 * - A task costs its messages there and back as well, where a worker gets one at a time, and the time to turn to it.
 * - A graph of tasks goes through all that once for each of its layers.
 */
export function taskTerms(setting: TaskSetting): TaskTerms {
  const { distributors, workers, working, workload, lossless, drift, messageUs = 0, diskUs = 0 } = setting
  const most = (all: readonly Params[], name: string): number =>
    Math.max(0, ...all.map((params) => Number(params[name] ?? 0)))
  const credits = distributors.reduce((sum, { creditsPerWorker }) => sum + (Number(creditsPerWorker) || Infinity), 0)
  const places = Math.min(credits, most(workers, 'queueMax'))
  const retries = most(distributors, 'retriesMax')
  const hasRoom = credits <= most(workers, 'queueMax')
  const attempts = lossless && hasRoom && most(workers, 'failure') === 0 ? 2 : retries + 1
  const onTheWayUs = ON_THE_WAY_US + MESSAGES_A_TASK * messageUs
  // Behind a disk that is slower than that, writes queue up for as long as tasks come.
  const isSlow = diskUs > DISK_MAX_US && distributors.some(({ durable }) => durable !== false)
  const attemptUs = most(distributors, 'leaseUs') + most(distributors, 'askUs') + onTheWayUs
  const perTaskUs =
    MESSAGES_A_TASK * messageUs + turnUs(workers, workload.kinds) + (hasRoom ? 0 : most(distributors, 'openUs'))
  const pausesUs = most(distributors, 'retryUs') * pausesOf(retries)
  const layers = workload.dag === 'none' ? 1 : workload.dag === 'fork-join' ? 3 : workload.depth
  const slack = 1 + 2 * drift
  const slowest = Math.min(1, ...workers.flatMap(speedsOf)) / slack
  // A hash takes all of a kind to one worker, and who delegates may not work: only one may be at it.
  const alone = distributors.some(({ strategy }) => strategy === 'hash' || strategy === 'delegate')
  // Not everybody has room for every task, so that at worst one worker does all that are wide.
  const isNarrow = workers.some(({ slots }) => Number(slots ?? 1) < (workload.demands ?? 1))
  const isSkilled = (workload.requires ?? []).length > 0 && workers.some(({ abilities }) => listed(abilities))
  const many = alone || isNarrow || isSkilled ? 1 : Math.max(1, Math.floor(working.length / workload.kinds))
  const spans = [...distributors, ...workers].map((params) => overtakeUsOf(params, workload.priorities))
  const here = spans.slice(distributors.length)
  return {
    patienceUs: isSlow
      ? Infinity
      : layers * (attempts * attemptUs + pausesUs + 2 * most(distributors, 'openUs')) * slack,
    rounds: layers * attempts,
    ...{ slowest, together: slowest * many, places },
    perTaskUs: perTaskUs * slack,
    alike: !isNarrow && !isSkilled && workers.every(({ kinds }) => kinds === 'all' || kinds === undefined),
    inOrder: spans.every((span) => span === 0),
    overtakeUs:
      here.includes(null) || workers.some(warmsBeside) ? null : Math.max(0, ...here.map((span) => span! * slack)),
    inWork: workload.demands > 1 || most(workers, 'warmUpUs') > 0 ? 1 : Math.max(1, most(workers, 'slots')),
    startUs: (START_US + most(workers, 'warmUpUs')) * slack,
  }
}
type Params = TaskSetting['workers'][number]

/** As tasks/distributor/assignment.ts, which this room does not import; a test compares. */
export const DOUBLINGS_MAX = 10
/** All pauses between so many attempts, in retryUs. */
const pausesOf = (retries: number): number => {
  const doubled = Math.min(retries, DOUBLINGS_MAX)
  return power2(doubled) - 1 + (retries - doubled) * power2(DOUBLINGS_MAX)
}

/** To turn to a task of another kind; without bound where it is turned to again and again, a slice at a time. */
function turnUs(workers: readonly Params[], kinds: number): number {
  const mostUs = Math.max(0, ...workers.map(({ warmUpUs }) => Number(warmUpUs ?? 0)))
  if (mostUs === 0 || kinds === 1) return mostUs
  const slices = workers.some(({ discipline, preempt }) => discipline === 'feedback' || preempt === true)
  return slices ? Infinity : mostUs
}

/** While one slot gets ready for its task, another may begin one that came later. */
const warmsBeside = ({ slots, warmUpUs }: Params): boolean => Number(slots ?? 1) > 1 && Number(warmUpUs ?? 0) > 0

const listed = (value: Plain | undefined): boolean => Array.isArray(value) && value.length > 0

const speedsOf = ({ speed, speeds }: Params): readonly number[] =>
  Array.isArray(speeds) && speeds.length > 0 ? (speeds as number[]) : [Number(speed ?? 1)]

/**
 * resources/PriorityScheduler.ts: class · ageUs after a task came nothing passes it any more. Without ageing a single
 * class of priority keeps its order; feedback does not, since who has used up a quantum goes behind all the others.
 */
function overtakeUsOf({ discipline, ageUs, levels, preempt }: Params, priorities: number): number | null {
  if (discipline === 'fcfs' && preempt === true && priorities > 1) return null // what had to stop goes to the end
  if (discipline === 'fcfs' || (discipline === 'priority' && priorities === 1)) return 0
  const classes = discipline === 'priority' ? priorities : discipline === 'feedback' ? Number(levels) : Infinity
  return classes < Infinity && Number(ageUs) > 0 ? (classes - 1) * Number(ageUs) : null
}

function power2(exponent: number): number {
  let power = 1
  for (let k = 0; k < exponent; k++) power *= 2
  return power
}
