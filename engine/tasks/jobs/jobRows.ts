/**
 * The jobs of a log as columns over one buffer, so that threads can share them. Rows are in order of submission, and
 * −1 stands for what the log does not say (Standard Workload Format, Feitelson and others).
 */
export const JOB_COLUMNS = {
  submitUs: Float64Array, //   since the beginning of the log
  runUs: Float64Array,
  requestedUs: Float64Array, // the user's own estimate
  waitUs: Float64Array, //     as it was on the machine that wrote the log
  job: Int32Array, //          number in the log
  processors: Int32Array, //   given
  requested: Int32Array, //    asked for
  status: Int32Array, //       0 failed, 1 completed, 2…4 parts of a job, 5 cancelled
  user: Int32Array,
  group: Int32Array,
  application: Int32Array,
  queue: Int32Array,
  partition: Int32Array,
  preceding: Int32Array, //    job that had to end first
} as const

export type JobColumn = keyof typeof JOB_COLUMNS
export type JobColumns = { readonly [C in JobColumn]: InstanceType<(typeof JOB_COLUMNS)[C]> }

/** Read only: whoever has the buffer sees the same rows. */
export interface JobRows extends JobColumns {
  readonly count: number
  /** Of the machine: MaxProcs of the header, or MaxNodes, or the largest job; 0 where no job says. */
  readonly machineProcessors: number
}

/** What names a file in a scenario: found by its hash, told to people by its name and size. */
export interface JobFile {
  readonly name: string
  readonly bytes: number
  /** 64 hexadecimal digits. */
  readonly sha256: string
}

/** A parsed log as it travels between threads: plain data, the rows in memory that is shared where it can be. */
export interface JobLog extends JobFile {
  readonly count: number
  readonly machineProcessors: number
  readonly buffer: ArrayBufferLike
}

const NAMES = Object.keys(JOB_COLUMNS) as readonly JobColumn[]
/** Columns of eight bytes come first, so that all are aligned. */
export const JOB_BYTES = NAMES.reduce((sum, name) => sum + JOB_COLUMNS[name].BYTES_PER_ELEMENT, 0)

/** The columns of `count` rows in a buffer of at least count × JOB_BYTES. */
export function jobColumns(buffer: ArrayBufferLike, count: number): JobColumns {
  let at = 0
  const columns = NAMES.map((name) => {
    const Column = JOB_COLUMNS[name]
    const column = new Column(buffer as ArrayBuffer, at, count)
    at += column.byteLength
    return [name, column] as const
  })
  return Object.fromEntries(columns) as unknown as JobColumns
}

export const jobRows = ({ buffer, count, machineProcessors }: JobLog): JobRows => ({
  ...jobColumns(buffer, count),
  ...{ count, machineProcessors },
})

/** Memory that other threads can share, where this host has such; else the plain kind, which they copy. */
export const jobMemory = (bytes: number): ArrayBufferLike =>
  typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes)

/** Copies rows into a new buffer in the order given by `order`, or as they are. */
export function packColumns(from: JobColumns, count: number, order: Int32Array | null): ArrayBufferLike {
  const buffer = jobMemory(count * JOB_BYTES)
  const to = jobColumns(buffer, count)
  for (const name of NAMES) {
    const [source, target] = [from[name], to[name]]
    if (order === null) target.set(source.subarray(0, count))
    else for (let i = 0; i < count; i++) target[i] = source[order[i]!]!
  }
  return buffer
}
