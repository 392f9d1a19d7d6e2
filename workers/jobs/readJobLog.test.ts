import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../engine/scenario/limits.ts'
import { JOBS_MAX } from '../../engine/tasks/jobs/swf.ts'
import { doubtOf, readJobLog, sizeProblem } from './readJobLog.ts'

const GOOD = '1 0 -1 10 4 -1 -1 4 -1 -1 1 2 3 4 5 6 -1 -1\n'
async function* chunksOf(...texts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? new TextEncoder().encode(text) : text
}

describe('a job log that streams in', () => {
  it('is known by its name, size and hash', async () => {
    const told: number[] = []
    const read = await readJobLog('two.swf', chunksOf('; MaxProcs: 8\n', GOOD), (bytes) => told.push(bytes))
    expect(read.ok && [read.value.log.bytes, read.value.log.count, read.value.log.machineProcessors]).toEqual([
      58, 1, 8,
    ])
    expect(read.ok && read.value.log.sha256).toBe(createHash('sha256').update(`; MaxProcs: 8\n${GOOD}`).digest('hex'))
    expect(told).toEqual([14, 58])
    expect(read.ok && doubtOf(read.value)).toBeNull()
  })
  it('is refused in one sentence where it is empty, too large or no text', async () => {
    expect(sizeProblem('a.swf', 0)).toMatch(/^a\.swf: 0 bytes is an empty file/)
    expect(sizeProblem('a.swf', LIMITS.jobLogBytesMax)).toBeNull()
    expect(sizeProblem('a.swf', LIMITS.jobLogBytesMax + 1)).toBe(
      'a.swf: 1,073,741,825 bytes is outside 1..1,073,741,824 of a job log.',
    )
    const binary = await readJobLog('a.png', chunksOf(new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0])))
    expect(!binary.ok && binary.error).toBe('a.png: line 2 holds byte 26, which no text has: this is not a job log.')
    const empty = await readJobLog('a.swf', chunksOf())
    expect(!empty.ok && empty.error).toMatch(/0 bytes/)
  })
  it('says what has to be agreed to', async () => {
    const read = await readJobLog('a.swf', chunksOf('; MaxRecords: 9\n', GOOD, 'one two\n', GOOD))
    expect(read.ok && doubtOf(read.value)).toBe(
      'a.swf: it seems to be cut off: its header promises 9 jobs, and it holds 3; ' +
        '1 line is no job (line 3 holds something that is not a number in field 1)',
    )
  })
  it('holds as many jobs as a run may have tasks', () => expect(JOBS_MAX).toBe(LIMITS.tasksMax))
})
