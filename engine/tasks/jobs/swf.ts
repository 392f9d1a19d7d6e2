import { fail, ok, type Result } from '../../kernel/result.ts'
import { JOB_BYTES, jobColumns, packColumns, type JobColumns } from './jobRows.ts'

/**
 * A reader of the Standard Workload Format (Chapin and others 1999; version 2.2): comments behind `;`, then a job a
 * line, 18 numbers, −1 where one is missing. It takes the file in chunks of bytes however they are cut, allocates
 * nothing a line but the rows, and keeps what it cannot read, with line numbers, for whoever decides about it.
 */
export interface SwfReader {
  /** Lines begun so far; the first is 1. */
  line: number
  /** Bytes of a byte order mark seen before the first line. */
  marked: number
  rows: number
  /** Bytes of the line being read, as far as they fit; `lineBytes` counts them all. */
  readonly text: Uint8Array
  lineBytes: number
  comment: boolean
  readonly fields: Float64Array
  fieldCount: number
  /** The number being read: no digit yet, before its point, behind it. */
  part: 'none' | 'sign' | 'whole' | 'fraction'
  negative: boolean
  value: number
  divisor: number
  /** What is wrong with this line; '' where nothing is. */
  wrong: string
  readonly blocks: JobColumns[]
  readonly header: { [key: string]: string }
  readonly malformed: MalformedLine[]
  malformedCount: number
  sorted: boolean
}

export interface MalformedLine {
  readonly line: number
  readonly why: string
  /** Its beginning, without what cannot be printed. */
  readonly text: string
}

/** A whole log, read. */
export interface SwfLog {
  readonly count: number
  /** Columns of `count` rows in order of submission; see jobRows.ts. */
  readonly buffer: ArrayBufferLike
  readonly machineProcessors: number
  /** `;Key: value` lines, each key's first. */
  readonly header: { readonly [key: string]: string }
  /** The first of them. */
  readonly malformed: readonly MalformedLine[]
  readonly malformedCount: number
  /** Why the file seems to be cut off, as the end of a sentence; '' where it does not. */
  readonly cutOff: string
}

const FIELDS = 18
/** Rows are gathered in blocks, so that none is copied before the end. */
const BLOCK_ROWS = 65_536
const TEXT_MAX = 200
const SHOWN_MAX = 60
export const MALFORMED_SHOWN_MAX = 100
/** LIMITS.tasksMax of the scenario room, compared by a test. */
export const JOBS_MAX = 10_000_000
const HEADER_KEYS_MAX = 100
const INT_MAX = 0x7fffffff

export const swfReader = (): SwfReader => ({
  ...{ line: 1, marked: 0, rows: 0, text: new Uint8Array(TEXT_MAX), lineBytes: 0, comment: false },
  ...{ fields: new Float64Array(FIELDS), fieldCount: 0, part: 'none', negative: false, value: 0, divisor: 1 },
  ...{ wrong: '', blocks: [], header: {}, malformed: [], malformedCount: 0, sorted: true },
})

/** Some editors put it before the first character; it means nothing. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
const NEWLINE = 10
const RETURN = 13
const TAB = 9
const SPACE = 32

/** The next bytes of the file. Mutates `reader`. Fails where this cannot be a job log; nothing after that is read. */
export function readSwf(reader: SwfReader, bytes: Uint8Array): Result<true> {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (reader.line === 1 && reader.lineBytes === 0 && byte === BYTE_ORDER_MARK[reader.marked]) {
      reader.marked++
      continue
    }
    if (byte === NEWLINE) {
      endLine(reader)
      if (reader.rows > JOBS_MAX) return fail(`line ${reader.line}: a job log holds at most ${JOBS_MAX} jobs`)
      reader.line++
      continue
    }
    if (byte < SPACE && byte !== TAB && byte !== RETURN)
      return fail(`line ${reader.line} holds byte ${byte}, which no text has: this is not a job log${gzipHint(reader)}`)
    if (reader.lineBytes < TEXT_MAX) reader.text[reader.lineBytes] = byte
    reader.lineBytes++
    if (reader.comment) continue
    if (byte === SPACE || byte === TAB || byte === RETURN) endField(reader)
    else take(reader, byte)
  }
  return ok(true)
}

/** A file of gzip begins with bytes 31 and 139. */
const gzipHint = ({ line, lineBytes }: SwfReader): string =>
  line === 1 && lineBytes === 0 ? '; one that is packed has to be unpacked first' : ''

/** One visible byte of a line of numbers. */
function take(reader: SwfReader, byte: number): void {
  const digit = byte - 48
  if (digit >= 0 && digit <= 9) {
    if (reader.part === 'fraction') reader.divisor *= 10
    else reader.part = 'whole'
    reader.value = reader.value * 10 + digit
  } else if (byte === 45 && reader.part === 'none') {
    reader.negative = true
    reader.part = 'sign'
  } else if (byte === 46 && reader.part === 'whole') reader.part = 'fraction'
  else if (byte === 59 && reader.fieldCount === 0 && reader.part === 'none') reader.comment = true
  else {
    reader.wrong ||= `holds something that is not a number in field ${Math.min(reader.fieldCount + 1, FIELDS)}`
    reader.part = 'whole'
  }
}

function endField(reader: SwfReader): void {
  if (reader.part === 'none') return
  if (reader.part === 'sign') reader.wrong ||= `has a sign without a number in field ${reader.fieldCount + 1}`
  if (reader.fieldCount < FIELDS) {
    const size = reader.value / reader.divisor
    reader.fields[reader.fieldCount] = reader.negative ? -size : size
  }
  reader.fieldCount++
  reader.part = 'none'
  reader.negative = false
  reader.value = 0
  reader.divisor = 1
}

function endLine(reader: SwfReader): void {
  endField(reader)
  if (reader.comment) keepHeader(reader)
  else if (reader.fieldCount > 0) {
    reader.wrong ||= lineProblem(reader)
    if (reader.wrong === '') addRow(reader)
    else tellMalformed(reader)
  }
  reader.comment = false
  reader.lineBytes = 0
  reader.fieldCount = 0
  reader.wrong = ''
}

function lineProblem({ fieldCount, fields }: SwfReader): string {
  if (fieldCount !== FIELDS) return `has ${fieldCount} fields instead of ${FIELDS}`
  if (!(fields[1]! >= 0)) return 'does not say when the job was submitted'
  for (let i = 0; i < FIELDS; i++) {
    if (!(fields[i]! >= -1)) return `has ${fields[i]} in field ${i + 1}, which is below −1`
    if (!(fields[i]! <= INT_MAX)) return `has ${fields[i]} in field ${i + 1}, which is above ${INT_MAX}`
  }
  return ''
}

function tellMalformed(reader: SwfReader): void {
  reader.malformedCount++
  if (reader.malformed.length >= MALFORMED_SHOWN_MAX) return
  reader.malformed.push({ line: reader.line, why: reader.wrong, text: lineText(reader, SHOWN_MAX) })
}

function lineText({ text, lineBytes }: SwfReader, max: number): string {
  const length = Math.min(lineBytes, max, TEXT_MAX)
  let line = ''
  for (let i = 0; i < length; i++) {
    const byte = text[i]!
    line += byte >= SPACE && byte < 127 ? String.fromCharCode(byte) : byte === TAB ? ' ' : byte === RETURN ? '' : '?'
  }
  return line.trim()
}

/** `; MaxProcs: 128`. */
function keepHeader(reader: SwfReader): void {
  const text = lineText(reader, TEXT_MAX)
  const [, key, value] = /^;\s*(\w{1,40}):\s+(.*)$/.exec(text) ?? []
  if (key === undefined || value === undefined || Object.hasOwn(reader.header, key)) return
  if (Object.keys(reader.header).length < HEADER_KEYS_MAX) reader.header[key] = value.trim()
}

const micros = (seconds: number): number => (seconds < 0 ? -1 : Math.round(seconds * 1_000_000))

function addRow(reader: SwfReader): void {
  const { fields, rows, blocks } = reader
  const at = rows % BLOCK_ROWS
  if (at === 0) blocks.push(jobColumns(new ArrayBuffer(BLOCK_ROWS * JOB_BYTES), BLOCK_ROWS))
  const block = blocks[blocks.length - 1]!
  block.job[at] = fields[0]!
  block.submitUs[at] = micros(fields[1]!)
  block.waitUs[at] = micros(fields[2]!)
  block.runUs[at] = micros(fields[3]!)
  block.processors[at] = fields[4]!
  block.requested[at] = fields[7]!
  block.requestedUs[at] = micros(fields[8]!)
  block.status[at] = fields[10]!
  block.user[at] = fields[11]!
  block.group[at] = fields[12]!
  block.application[at] = fields[13]!
  block.queue[at] = fields[14]!
  block.partition[at] = fields[15]!
  block.preceding[at] = fields[16]!
  const before = at > 0 ? block.submitUs[at - 1]! : rows > 0 ? blocks.at(-2)!.submitUs[BLOCK_ROWS - 1]! : 0
  if (block.submitUs[at]! < before) reader.sorted = false
  reader.rows++
}

/** The file has ended. Fails where it holds no job at all. The reader is used up. */
export function finishSwf(reader: SwfReader): Result<SwfLog> {
  const open = reader.lineBytes > 0 && !reader.comment
  const before = reader.malformedCount
  endLine(reader)
  const { rows, header, malformed, malformedCount, line } = reader
  const cutInLine = open && malformedCount > before
  if (rows === 0)
    return fail(
      malformedCount === 0
        ? 'holds no job: no line of 18 numbers'
        : `holds no job: of ${malformedCount} lines none has 18 numbers (line ${malformed[0]!.line} ${malformed[0]!.why})`,
    )
  const promised = Number(header['MaxRecords'] ?? header['MaxJobs'])
  const missing = promised - rows - malformedCount + (cutInLine ? 1 : 0)
  const cutOff = cutInLine
    ? `it ends in the middle of line ${line}`
    : missing > 0
      ? `its header promises ${promised} jobs, and it holds ${rows + malformedCount}`
      : ''
  return ok({ ...packed(reader), count: rows, header, malformed, malformedCount, cutOff })
}

/** All rows as one piece of memory, in order of submission. */
function packed({ rows, blocks, header, sorted }: SwfReader): Pick<SwfLog, 'buffer' | 'machineProcessors'> {
  const all = blocks.length === 1 ? blocks[0]! : joined(blocks, rows)
  const order = sorted ? null : Int32Array.from({ length: rows }, (_, i) => i)
  order?.sort((a, b) => all.submitUs[a]! - all.submitUs[b]! || a - b)
  return { buffer: packColumns(all, rows, order), machineProcessors: machineOf(all, rows, header) }
}

/**
 * As the header says, but no less than a job had: some logs count nodes there and processors in their jobs. A wish
 * beyond that does not make the machine larger, unless there is no header to say how large it is.
 */
function machineOf({ processors, requested }: JobColumns, rows: number, header: SwfLog['header']): number {
  const told = [header['MaxProcs'], header['MaxNodes']].map(Number).find((n) => Number.isInteger(n) && n > 0)
  let largest = told ?? 0
  for (let i = 0; i < rows; i++) largest = Math.max(largest, processors[i]!, told === undefined ? requested[i]! : 0)
  return largest
}

function joined(blocks: readonly JobColumns[], rows: number): JobColumns {
  const all = jobColumns(new ArrayBuffer(rows * JOB_BYTES), rows)
  blocks.forEach((block, k) => {
    const count = Math.min(BLOCK_ROWS, rows - k * BLOCK_ROWS)
    for (const name of Object.keys(block) as (keyof JobColumns)[])
      all[name].set(block[name].subarray(0, count), k * BLOCK_ROWS)
  })
  return all
}
