import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { fail, ok, type Result } from '../../engine/kernel/result.ts'
import { knowJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import type { JobFile } from '../../engine/tasks/jobs/jobRows.ts'
import { doubtOf, readJobLog, sizeProblem } from '../jobs/readJobLog.ts'

const FIELD = 'tasks.workload.file'
const ARRIVALS = 'tasks.workload.arrivals'
/** A job log that is longer than this says how far it is, bytes. */
const TOLD_EVERY = 64 * 2 ** 20

/**
 * Turns `tasks.workload.file=PATH` of `--set` into what a scenario says of that file: its name, size and hash. The file
 * is read as a stream, and this thread knows its rows from then on. A workload that is given a file takes it, unless
 * another kind of arrivals is asked for. Errors are one sentence.
 */
export async function withJobLogs(sets: readonly string[], skipMalformed: boolean): Promise<Result<readonly string[]>> {
  const done: string[] = []
  for (const set of sets) {
    const [path, value] = [set.slice(0, set.indexOf('=')).trim(), set.slice(set.indexOf('=') + 1).trim()]
    if (path !== FIELD || value === 'null' || value.startsWith('{')) {
      done.push(set)
      continue
    }
    const file = await openJobLog(value, skipMalformed)
    if (!file.ok) return file
    if (!sets.some((other) => other.startsWith(`${ARRIVALS}=`))) done.push(`${ARRIVALS}=log`)
    done.push(`${FIELD}=${JSON.stringify(file.value)}`)
  }
  return ok(done)
}

/** Reads a job log and makes it known to this thread. */
export async function openJobLog(path: string, skipMalformed: boolean): Promise<Result<JobFile>> {
  const name = basename(path)
  try {
    const stat = statSync(path)
    if (!stat.isFile()) return fail(`${FIELD}: ${path} is not a file`)
    const problem = sizeProblem(name, stat.size)
    if (problem !== null) return fail(`${FIELD}: ${problem}`)
    let told = 0
    const read = await readJobLog(name, createReadStream(path), (bytes) => {
      if (bytes - told < TOLD_EVERY) return
      told = bytes
      console.error(`${name}: ${Math.floor((100 * bytes) / stat.size)} % read`)
    })
    if (!read.ok) return fail(`${FIELD}: ${read.error}`)
    const doubt = doubtOf(read.value)
    if (doubt !== null && !skipMalformed)
      return fail(`${FIELD}: ${doubt}; --skip-malformed takes the ${read.value.log.count} jobs that can be read`)
    const { log, malformed, malformedCount } = read.value
    for (const { line, why, text } of malformed) console.error(`${name}, line ${line} ${why}: ${text}`)
    if (malformedCount > malformed.length) console.error(`… and ${malformedCount - malformed.length} more lines`)
    if (doubt !== null) console.error(`${doubt}: skipped`)
    knowJobLog(log)
    return ok({ name: log.name, bytes: log.bytes, sha256: log.sha256 })
  } catch (error) {
    return fail(`${FIELD}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}
