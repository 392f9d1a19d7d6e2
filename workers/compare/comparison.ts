import * as Comlink from 'comlink'
import { jobLogOf } from '../../engine/tasks/jobs/jobLogs.ts'
import { runInOrder } from '../sweep/runInOrder.ts'
import type { CompareLab, ComparedSetUp, Parting } from './compareWorker.ts'
import type { ComparedRun } from './measures.ts'

export { MEASURES, measuresOf, type Measure, type MeasureName } from './measureNames.ts'
export { pairedDifference, type PairedDifference } from './paired.ts'
export { touchesMessages } from './repetition.ts'
export type { ComparedRun, ComparedSetUp, Parting }

/** A worker that runs whole runs for a comparison; started when first asked. */
export class CompareWorker {
  private worker: Worker | null = null
  private lab!: Comlink.Remote<CompareLab>
  private ended: Promise<never> = new Promise(() => {})
  private end: (error: Error) => void = () => {}

  /** Rejects with one sentence where the worker dies or is stopped. */
  parting(a: ComparedSetUp, b: ComparedSetUp, untilUs: number, progress: (timeUs: number) => void): Promise<Parting> {
    const lab = this.started()
    tellJobLogs(lab, [a, b])
    return Promise.race([lab.parting(a, b, untilUs, Comlink.proxy(progress)), this.ended])
  }

  repeat(setUp: ComparedSetUp, by: number, untilUs: number): Promise<ComparedRun> {
    const lab = this.started()
    tellJobLogs(lab, [setUp])
    return Promise.race([lab.repeat(setUp, by, untilUs), this.ended])
  }

  /** Ends whatever it does. */
  stop(why = 'stopped'): void {
    this.worker?.terminate()
    this.worker = null
    this.end(new Error(why))
  }

  private started(): Comlink.Remote<CompareLab> {
    if (this.worker !== null) return this.lab
    const worker = new Worker(new URL('./compareWorker.ts', import.meta.url), { type: 'module', name: 'comparison' })
    this.worker = worker
    this.ended = new Promise<never>((_, reject) => (this.end = reject))
    this.ended.catch(() => {}) // those who wait are told
    worker.onerror = (event) => {
      event.preventDefault()
      this.stop(`The comparison's worker stopped: ${event.message || 'it could not start'}`)
    }
    this.lab = Comlink.wrap<CompareLab>(worker)
    return this.lab
  }
}

/** Calls are answered in order, so what is asked next finds them there. */
function tellJobLogs(lab: Comlink.Remote<CompareLab>, setUps: readonly ComparedSetUp[]): void {
  for (const { scenario } of setUps) {
    const jobLog = jobLogOf(scenario)
    if (jobLog !== null) void lab.knowJobLog(jobLog)
  }
}

export interface Repeating {
  readonly workers: readonly CompareWorker[]
  readonly setUps: readonly ComparedSetUp[]
  /** Seeds so much further on than each set-up's own; half-open. */
  readonly from: number
  readonly to: number
  readonly untilUs: number
  /** The runs of one seed, in the order of the set-ups; seeds in their order. */
  take(runs: readonly ComparedRun[]): void
  readonly stop: AbortSignal
}

/** Runs every set-up under every seed. Resolves when all are taken or `stop` was said; rejects where a run does. */
export async function repeatRuns({ workers, setUps, from, to, untilUs, take, stop }: Repeating): Promise<void> {
  const end = (): void => workers.forEach((worker) => worker.stop())
  stop.addEventListener('abort', end, { once: true })
  let runs: ComparedRun[] = []
  try {
    await runInOrder<ComparedRun>({
      count: (to - from) * setUps.length,
      threads: workers.length,
      stop,
      // Seed by seed, so that whole pairs come in as early as can be.
      ask: (thread, i) =>
        workers[thread]!.repeat(setUps[i % setUps.length]!, from + Math.floor(i / setUps.length), untilUs),
      take: (run) => {
        runs.push(run)
        if (runs.length < setUps.length) return
        take(runs)
        runs = []
      },
    })
  } finally {
    stop.removeEventListener('abort', end)
  }
}
