import { syntheticLog, SYNTHETIC_JOBS } from '../../engine/tasks/jobs/syntheticLog.ts'
import { readJobLog } from '../jobs/readJobLog.ts'
import { median, significant, type Bench, type BenchRow } from './Bench.ts'

const ROUNDS = 9
const CHUNK_BYTES = 65_536
/** What opening a log of so many jobs may take. */
const TARGET_MS = 1_000

/** Reading and hashing a log in the Standard Workload Format, as it streams in from a file. */
export async function jobLogOpening(jobs = SYNTHETIC_JOBS, rounds = ROUNDS): Promise<readonly BenchRow[]> {
  const bytes = new TextEncoder().encode(swfText(jobs))
  const tookMs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    const read = await readJobLog('bench.swf', chunksOf(bytes))
    tookMs.push(performance.now() - began)
    if (!read.ok || read.value.log.count !== jobs) throw new Error('the log that was written is read')
  }
  const value = median(tookMs)
  const perSecond = significant(bytes.length / 1_000 / value)
  return [
    {
      ...{ name: 'job-log-open', value: significant(value), unit: 'ms', runs: rounds, peers: [] },
      note: `${jobs} jobs, ${bytes.length} bytes, parsed and hashed by SHA-256; ${perSecond} MB/s; at most ${TARGET_MS} ms`,
    },
  ]
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES)
}

/** A log as archives have it: columns set out with blanks, a line about 90 bytes long. */
function swfText(jobs: number): string {
  const { submitUs, runUs, processors } = syntheticLog(1, jobs)
  const lines = Array.from({ length: jobs }, (_, i) => {
    const field = (value: number, width: number): string => String(value).padStart(width)
    const [submit, run] = [submitUs[i]! / 1_000_000, runUs[i]! / 1_000_000]
    const rest = '-1   -1     -1    -1 -1   1   1  -1 -1 -1 -1 -1'
    return `${field(i + 1, 5)} ${field(submit, 8)} ${field(-1, 6)} ${field(run, 6)} ${field(processors[i]!, 4)} ${field(-1, 6)} ${rest}`
  })
  return `; Version: 2.2\n; MaxProcs: 128\n${lines.join('\n')}\n`
}

export const jobLogBench: Bench = {
  name: 'job-log-open',
  title: 'Reading a job log of 18,239 jobs.',
  run: () => jobLogOpening(),
}
