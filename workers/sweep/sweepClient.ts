import { STOPS } from '../../engine/checks/claims/stops.ts'
import type { StopWhen } from '../../engine/checks/claims/Claim.ts'
import { jobLogOf } from '../../engine/tasks/jobs/jobLogs.ts'
import { columnsOf } from './columns.ts'
import { csvHeader, csvLine } from './csv.ts'
import { identityOf } from './identity.ts'
import { runInOrder } from './runInOrder.ts'
import type { SweepAnswer, SweepAsk } from './sweepWorker.ts'
import { WHOLE, type Row, type SweepSpec } from './SweepSpec.ts'

/** The page's door to sweeps: the rows are those of the headless command, byte for byte. */

export { parseValues, textOf } from './axis.ts'
export { columnsOf, type Column } from './columns.ts'
export { differenceOf, identityOf, type SweepIdentity } from './identity.ts'
export { PointMeans, type PointMean } from './PointMeans.ts'
export { planSweep, SweepPlan } from './SweepPlan.ts'
export { WHOLE, type Axis, type Cell, type Row, type SweepSpec } from './SweepSpec.ts'

export const STOP_NAMES = Object.keys(STOPS) as readonly StopWhen[]

export interface PageSweep {
  readonly spec: SweepSpec
  /** Rows that are there already: the first ones. */
  readonly from: number
  readonly rows: number
  /** Takes the rows in their order. */
  take(row: Row): void
  /** Awaited before each run is begun. */
  gate(): Promise<void>
  /** Ends it at once: what was running is not done. */
  readonly stop: AbortSignal
}

/** One worker a core; one core stays with the page. */
export const sweepWorkers = (): number => Math.max(1, (navigator.hardwareConcurrency ?? 2) - 1)

/** Runs a sweep on workers of its own. Resolves when all is done or stopped; rejects with one sentence. */
export async function runSweep({ spec, from, rows, take, gate, stop }: PageSweep): Promise<void> {
  const threads = Math.max(1, Math.min(sweepWorkers(), rows - from))
  const workers = Array.from({ length: threads }, () => startWorker(spec))
  try {
    await runInOrder<Row>({
      ...{ count: rows - from, threads, take, gate, stop },
      ask: (thread, i) => ask(workers[thread]!, from + i, stop),
    })
  } finally {
    for (const worker of workers) worker.terminate()
  }
}

function startWorker(spec: SweepSpec): Worker {
  const worker = new Worker(new URL('./sweepWorker.ts', import.meta.url), { type: 'module' })
  worker.postMessage({ spec, jobLog: jobLogOf(spec.scenario) } satisfies SweepAsk)
  return worker
}

function ask(worker: Worker, run: number, stop: AbortSignal): Promise<Row> {
  return new Promise((resolve, reject) => {
    const stopped = (): void => reject(new Error('stopped'))
    stop.addEventListener('abort', stopped, { once: true })
    worker.onmessage = ({ data }: MessageEvent<SweepAnswer>) => {
      stop.removeEventListener('abort', stopped)
      if ('row' in data) resolve(data.row)
      else reject(new Error(data.error))
    }
    worker.onerror = (event) =>
      reject(new Error(`A worker of the sweep stopped: ${event.message || 'it could not start'}`))
    worker.postMessage({ run } satisfies SweepAsk)
  })
}

/** All rows as one CSV file. */
export const csvBlob = (spec: SweepSpec, rows: readonly Row[]): Blob =>
  new Blob([csvHeader(columnsOf(spec)), ...rows.map(csvLine)], { type: 'text/csv' })

/** All rows as one Parquet file; the library for it loads when it is first asked for. */
export async function parquetBlob(spec: SweepSpec, rows: readonly Row[]): Promise<Blob> {
  const { ParquetRows } = await import('./ParquetRows.ts')
  const parts: Uint8Array<ArrayBuffer>[] = []
  const about = { sweep: JSON.stringify(identityOf(spec, WHOLE)) }
  const file = new ParquetRows(columnsOf(spec), about, (bytes) => parts.push(new Uint8Array(bytes)))
  for (const row of rows) file.add(row)
  file.finish()
  return new Blob(parts, { type: 'application/vnd.apache.parquet' })
}
