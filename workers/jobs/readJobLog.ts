import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { fail, ok, type Result } from '../../engine/kernel/result.ts'
import { LIMITS } from '../../engine/scenario/limits.ts'
import { count } from '../../engine/scenario/show.ts'
import type { JobLog } from '../../engine/tasks/jobs/jobRows.ts'
import { finishSwf, readSwf, swfReader, type MalformedLine } from '../../engine/tasks/jobs/swf.ts'

/** A job log that was read, with what a person has to agree to before it is used. */
export interface OpenedJobLog {
  readonly log: JobLog
  /** The first of them. */
  readonly malformed: readonly MalformedLine[]
  readonly malformedCount: number
  /** Why the file seems to be cut off; '' where it does not. */
  readonly cutOff: string
}

/** Why a file is not even begun to be read; null where it is. */
export function sizeProblem(name: string, bytes: number): string | null {
  if (bytes === 0) return `${name}: 0 bytes is an empty file; a job log holds a job a line.`
  if (bytes > LIMITS.jobLogBytesMax)
    return `${name}: ${count(bytes)} bytes is outside 1..${count(LIMITS.jobLogBytesMax)} of a job log.`
  return null
}

/**
 * Reads a job log as it streams in: no more of it is held than a chunk and its rows. Errors are one sentence. `onBytes`
 * is told after every chunk how many bytes have been read.
 */
export async function readJobLog(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void = () => {},
): Promise<Result<OpenedJobLog>> {
  const reader = swfReader()
  const hash = sha256.create()
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    const problem = sizeProblem(name, Math.max(1, bytes)) // a file may grow while it is read
    if (problem !== null) return fail(problem)
    const read = readSwf(reader, chunk)
    if (!read.ok) return fail(`${name}: ${read.error}.`)
    hash.update(chunk)
    onBytes(bytes)
  }
  const problem = sizeProblem(name, bytes)
  if (problem !== null) return fail(problem)
  const finished = finishSwf(reader)
  if (!finished.ok) return fail(`${name}: ${finished.error}.`)
  const { buffer, machineProcessors, malformed, malformedCount, cutOff } = finished.value
  const digest = bytesToHex(hash.digest())
  const log = { name, bytes, sha256: digest, count: finished.value.count, machineProcessors, buffer }
  return ok({ log, malformed, malformedCount, cutOff })
}

/** What has to be agreed to, in one sentence without its end; null where nothing has. */
export function doubtOf({ log, malformedCount, malformed, cutOff }: OpenedJobLog): string | null {
  const lines = malformedCount === 1 ? '1 line is' : `${count(malformedCount)} lines are`
  const first = malformed[0]
  const parts = [
    ...(cutOff === '' ? [] : [`it seems to be cut off: ${cutOff}`]),
    ...(first === undefined ? [] : [`${lines} no job (line ${first.line} ${first.why})`]),
  ]
  return parts.length === 0 ? null : `${log.name}: ${parts.join('; ')}`
}
