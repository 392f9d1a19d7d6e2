import type { Layout } from '../kernel/codec.ts'
import { f64, list, record, u32, u8 } from '../kernel/codec.ts'
import type { AgentId, U32 } from '../kernel/units.ts'

/**
 * One task, as it travels in messages. Its true size is inside it: whoever works on it takes that long; nobody decides
 * by it, except where the workload's prediction is exact.
 */
export interface Task {
  /** Unique in the run: the submitter's place × 2²⁴ + its own count. */
  readonly id: U32
  /** Feature and capability class, 0 … workload.kinds − 1. */
  readonly kind: U32
  /** Slots of its worker that it takes, 1 … workload.demands. */
  readonly demand: U32
  /**
   * Service time at a worker of speed 1, µs; UNKNOWN_SIZE_US where a log does not say. Only the worker that runs it may
   * use it, and only to run it.
   */
  readonly sizeUs: number
  /** What is known of the size, µs; 0 = nothing. */
  readonly predictedUs: number
  /** 0 first. */
  readonly priority: U32
  /** Submitter's local time, µs; 0 = none. */
  readonly deadlineUs: number
  readonly submittedUs: number
  /** Who wants to hear how it ended. */
  readonly submitter: AgentId
  /** Ids of tasks that must be done before; the submitter holds it back until then. */
  readonly after: readonly U32[]
}

/** A job of a log whose run time is missing: nobody can say when it would be done, so nobody does it. */
export const UNKNOWN_SIZE_US = 0

export const taskLayout: Layout<Task> = record({
  ...{ id: u32, kind: u8, demand: u8, sizeUs: f64, predictedUs: f64, priority: u8, deadlineUs: f64, submittedUs: f64 },
  ...{ submitter: u32 as unknown as Layout<AgentId>, after: list(u32) },
})

/**
 * What every program that handles tasks tells observers; checks, charts, claims and the Gantt chart read these and
 * nothing else. `agent` of the mark is who says it.
 *
 * submitted {task, taskKind, sizeUs, predictedUs, priority, demand?}   by the submitter, once a task, when it is
 * durable
 *                                                         there; `demand` where the task takes more than one slot
 * unassignable {task, why}                                nobody can do it: it ends here
 * assigned {task, to}                                     by whoever decided; may come again after a lease ran out
 * queued {task}                                           by the worker that holds it now
 * started {task, waitedUs}                                by the worker; waitedUs since submission by its clock
 * preempted {task}                                        by the worker, which has it queued again
 * worked {task, tookUs}                                   by the worker: it is done there
 * done {task, tookUs}                                     by the submitter: it knows; tookUs since submission. Ends it
 * again {task}                                            by the submitter: done a second time (at-least-once, counted)
 * failed {task, why}                                      by the submitter: given up after its retries. Ends it
 * stolen {tasks, from}                                    by the thief, when they have arrived
 * released {task}                                         by the worker, which holds it no more without having done it
 * able {kinds, slots}                                     by the worker when it boots and whenever that changes, where
 *                                                         it cannot do everything or tasks take unlike room
 *
 * After a restart a submitter may say again what the crash may have kept from being told: then with `retold: true`.
 */
export const TASK_MARKS = [
  ...['submitted', 'unassignable', 'assigned', 'queued', 'started', 'preempted', 'worked', 'done', 'again', 'failed'],
  ...['stolen', 'released', 'able'],
] as const
