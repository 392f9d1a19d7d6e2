import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jobColumns } from './jobRows.ts'
import { finishSwf, MALFORMED_SHOWN_MAX, readSwf, swfReader, type SwfLog } from './swf.ts'

const NASA = join(import.meta.dirname, '../../../..', 'shared', 'data', 'NASA-iPSC-1993-3.1-cln.swf')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function read(bytes: Uint8Array, cuts: readonly number[] = []): ReturnType<typeof finishSwf> {
  const reader = swfReader()
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  for (let i = 1; i < places.length; i++) {
    const chunk = readSwf(reader, bytes.subarray(places[i - 1]!, places[i]!))
    if (!chunk.ok) return chunk
  }
  return finishSwf(reader)
}
const readText = (text: string): SwfLog => {
  const log = read(bytesOf(text))
  if (!log.ok) throw new Error(log.error)
  return log.value
}
const problem = (bytes: Uint8Array): string => {
  const log = read(bytes)
  return log.ok ? 'none' : log.error
}

const HEADER = '; Version: 2.2\r\n;  MaxProcs:   64 \r\n; Information: http://example.org/\r\n;\r\n'
const JOB = '  7   12.5  3  100  4  -1 -1  8 3600  -1 1 11 2 5 1 3 6 -1\r\n'

describe('the Standard Workload Format', () => {
  it('a byte order mark before the first line means nothing, wherever the chunks end', () => {
    const marked = Uint8Array.of(0xef, 0xbb, 0xbf, ...bytesOf(HEADER + JOB))
    const plain = readText(HEADER + JOB)
    for (const cut of [0, 1, 2, 3, 4]) expect(read(marked, [cut])).toEqual({ ok: true, value: plain })
  })

  it('has 18 fields a line; times become µs, and −1 stays what is missing', () => {
    const log = readText(HEADER + JOB + '8 20 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1')
    const rows = jobColumns(log.buffer, log.count)
    const row = (i: number): number[] => Object.values(rows).map((column) => column[i]!)
    expect(log.count).toBe(2)
    expect(Object.keys(rows).map((name, i) => `${name} ${row(0)[i]}`)).toEqual([
      ...['submitUs 12500000', 'runUs 100000000', 'requestedUs 3600000000', 'waitUs 3000000', 'job 7', 'processors 4'],
      ...['requested 8', 'status 1', 'user 11', 'group 2', 'application 5', 'queue 1', 'partition 3', 'preceding 6'],
    ])
    expect(row(1)).toEqual([20_000_000, -1, -1, -1, 8, -1, -1, -1, -1, -1, -1, -1, -1, -1])
    expect([log.malformedCount, log.cutOff, log.machineProcessors]).toEqual([0, '', 64])
    expect(log.header).toEqual({ Version: '2.2', MaxProcs: '64', Information: 'http://example.org/' })
  })

  it('takes empty lines, comments between jobs, tabs and any line end, and the machine for its largest job', () => {
    const log = readText(`\n${JOB}\n; Note: a break\n${JOB.trim().replace(/\s+/g, '\t')}`)
    expect([log.count, log.machineProcessors, log.header['Note']]).toEqual([2, 8, 'a break'])
  })

  it('has a machine as large as its header says or a job had, not as somebody wished', () => {
    const line = (given: number, asked: number): string => `1 0 0 1 ${given} -1 -1 ${asked} -1 -1 1 1 1 1 1 1 -1 -1\n`
    const machine = (...lines: readonly string[]): number => readText(lines.join('')).machineProcessors
    expect(machine('; MaxProcs: 64\n', line(4, 4), line(-1, 128))).toBe(64)
    expect(machine('; MaxNodes: 64\n', line(128, 4))).toBe(128)
    expect(machine(line(4, 4), line(-1, 16))).toBe(16)
  })

  it('brings jobs into order of submission; those of one moment stay as they were', () => {
    const line = (job: number, at: number): string => `${job} ${at} 0 1 1 -1 -1 1 -1 -1 1 1 1 1 1 1 -1 -1\n`
    const log = readText(line(1, 30) + line(2, 10) + line(3, 30) + line(4, 20))
    expect([...jobColumns(log.buffer, log.count).job]).toEqual([2, 4, 1, 3])
  })

  it('names malformed lines by their numbers and says what is wrong with each', () => {
    const bad = [
      '1 2 3',
      `${JOB.trim()} 19`,
      JOB.trim().replace('100', '1e2'),
      JOB.trim().replace('12.5', '-1'),
      JOB.trim().replace('100', '-7'),
      JOB.trim().replace('100', '99999999999'),
      JOB.trim().replace('-1', '-'),
    ]
    const log = readText(HEADER + JOB + bad.map((line) => `${line}\n`).join('') + JOB)
    expect(log.count).toBe(2)
    expect(log.malformed.map(({ line, why }) => `${line} ${why}`)).toEqual([
      '6 has 3 fields instead of 18',
      '7 has 19 fields instead of 18',
      '8 holds something that is not a number in field 4',
      '9 does not say when the job was submitted',
      '10 has -7 in field 4, which is below −1',
      '11 has 99999999999 in field 4, which is above 2147483647',
      '12 has a sign without a number in field 6',
    ])
    expect(log.malformed[0]!.text).toBe('1 2 3')
  })

  it('counts all malformed lines, and keeps only the first', () => {
    const log = readText(JOB + 'x\n'.repeat(5_000))
    expect([log.malformedCount, log.malformed.length]).toEqual([5_000, MALFORMED_SHOWN_MAX])
  })

  it('notices a file that ends in the middle of a line, or holds fewer jobs than its header promises', () => {
    expect(readText(JOB + JOB.slice(0, 30)).cutOff).toBe('it ends in the middle of line 2')
    expect(readText(`; MaxRecords: 5\n${JOB}`).cutOff).toBe('its header promises 5 jobs, and it holds 1')
    expect(readText(`; MaxRecords: 2\n${JOB}one\n`).cutOff).toBe('')
  })

  it('is no picture, no archive, no other text and not nothing', () => {
    expect(problem(new Uint8Array([31, 139, 8, 0]))).toBe(
      'line 1 holds byte 31, which no text has: this is not a job log; one that is packed has to be unpacked first',
    )
    expect(problem(bytesOf(`${JOB}\0`))).toBe('line 2 holds byte 0, which no text has: this is not a job log')
    expect(problem(bytesOf('; only a comment\n'))).toBe('holds no job: no line of 18 numbers')
    expect(problem(bytesOf('{"name": "a scenario"}\n[]'))).toBe(
      'holds no job: of 2 lines none has 18 numbers (line 1 holds something that is not a number in field 1)',
    )
  })

  it('gives the same however the bytes are cut into chunks', () => {
    const pieces = fc.constantFrom(HEADER, JOB, '1 2 3\n', '\n', ';x\n', JOB.replace('7', '9'), 'no\r\n', '-')
    const texts = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, fc.array(fc.nat(), { maxLength: 20 }), (text, cuts) => {
        const whole = read(bytesOf(text))
        const cut = read(bytesOf(text), cuts)
        expect(plainOf(cut)).toEqual(plainOf(whole))
      }),
    )
  })

  it('takes any bytes at all without failing otherwise than by a sentence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const log = read(bytes)
        if (log.ok) expect(log.value.count).toBeGreaterThan(0)
        else expect(log.error).toMatch(/^(line \d+|holds) /)
      }),
    )
  })
})

const plainOf = (log: ReturnType<typeof finishSwf>): unknown =>
  log.ok ? { ...log.value, buffer: [...new Uint8Array(log.value.buffer)] } : log

describe.skipIf(!existsSync(NASA))('the log of NASA Ames’ iPSC/860 (skipped where the file is absent)', () => {
  it('holds 18,239 jobs on 128 processors, none malformed', () => {
    const log = readText(readFileSync(NASA, 'latin1'))
    expect([log.count, log.machineProcessors, log.malformedCount, log.cutOff]).toEqual([18_239, 128, 0, ''])
    const { processors, runUs, submitUs } = jobColumns(log.buffer, log.count)
    const work = runUs.reduce((sum, us, i) => sum + (us / 1_000_000) * processors[i]!, 0)
    expect([work, submitUs.at(-1)]).toEqual([474_238_015, 7_948_936_000_000])
  })
})
