import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { columnsOf, type Column } from '../sweep/columns.ts'
import { csvHeader, csvLine, RecordScanner, rowOfRecord } from '../sweep/csv.ts'
import { differenceOf, identityOf } from '../sweep/identity.ts'
import { ParquetRows } from '../sweep/ParquetRows.ts'
import type { Row, SweepPart, SweepSpec } from '../sweep/SweepSpec.ts'
import { InputError } from './args.ts'

const READ_BYTES = 1 << 20

export interface SweepFileOptions {
  readonly spec: SweepSpec
  readonly part: SweepPart
  /** Rows of the part in all. */
  readonly rows: number
  /** Goes on with what the file holds; without it a file that is there is refused. */
  readonly resume: boolean
}

/**
 * The rows of a sweep on disk, in their order, so that a whole prefix is all that has to be known to go on. A CSV file
 * grows row by row; a Parquet file has a CSV file beside it as its journal and is written from that at the end, under
 * another name until it is whole. What the sweep is lies beside them, in NAME.sweep.json.
 */
export class SweepFile {
  /** Rows that are there, and how many of them violated an invariant. */
  done = 0
  broken = 0
  private readonly columns: readonly Column[]
  private readonly about: string
  private readonly journal: string
  private readonly isParquet: boolean
  private readonly okColumn: number
  private file = -1

  /** Opens or goes on with `path`. Throws InputError with one sentence. `onRow` is told the rows that are there. */
  constructor(
    private readonly path: string,
    private readonly options: SweepFileOptions,
    onRow: (row: Row) => void,
  ) {
    this.isParquet = path.endsWith('.parquet')
    if (!this.isParquet && !path.endsWith('.csv'))
      throw new InputError(`--out: ${path} ends neither in .csv nor in .parquet`)
    this.columns = columnsOf(options.spec)
    this.okColumn = this.columns.findLastIndex(({ name }) => name === 'invariants_ok')
    this.about = `${path}.sweep.json`
    this.journal = this.isParquet ? `${path}.journal.csv` : path
    this.attempt(() => this.open(onRow))
  }

  /** A disk that is full or a folder that is not there is the user's to mend: one sentence. */
  private attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === undefined) throw error
      throw new InputError(`--out: ${this.path} cannot be written (${code})`)
    }
  }

  private open(onRow: (row: Row) => void): void {
    const there = existsSync(this.path) || existsSync(this.journal)
    if (there && !this.options.resume)
      throw new InputError(`--out: ${this.path} is there already; --resume goes on with it`)
    const { spec, part, rows } = this.options
    if (there) this.mustBeSame()
    else writeFileSync(this.about, `${JSON.stringify(identityOf(spec, part), null, 1)}\n`)
    if (this.isParquet && existsSync(this.path)) {
      this.done = rows // it gets its name only when it is whole
      this.broken = this.kept().broken ?? 0
      return
    }
    this.file = openSync(this.journal, 'a+')
    const whole = this.read(onRow)
    ftruncateSync(this.file, whole) // a row that was torn off is run again
    if (whole === 0) writeSync(this.file, csvHeader(this.columns))
  }

  private mustBeSame(): void {
    const word = differenceOf(this.kept(), identityOf(this.options.spec, this.options.part))
    if (word === null) return
    throw new InputError(`--out: ${this.path} holds a sweep with ${word}; give this one another file`)
  }

  /** What the file beside the rows says of them. */
  private kept(): { readonly broken?: number } {
    try {
      return JSON.parse(readFileSync(this.about, 'utf8')) as { broken?: number }
    } catch {
      throw new InputError(`--out: ${this.path} has no ${this.about} beside it that says which sweep it is of`)
    }
  }

  /** Tells the rows that are whole; returns where they end, in bytes. */
  private read(onRow: (row: Row) => void): number {
    const scanner = new RecordScanner()
    const bytes = Buffer.alloc(READ_BYTES)
    let kept: Buffer = Buffer.alloc(0) // of a record that began in an earlier chunk
    for (let at = 0, many = 0; (many = readSync(this.file, bytes, 0, READ_BYTES, at)) > 0; at += many) {
      let from = 0
      scanner.take(bytes.subarray(0, many), (end) => {
        const record = Buffer.concat([kept, bytes.subarray(from, end)]).toString('utf8')
        kept = Buffer.alloc(0)
        from = end
        if (scanner.records === 1) return // the header
        const row = rowOfRecord(this.columns, record)
        this.count(row)
        onRow(row)
      })
      kept = Buffer.concat([kept, bytes.subarray(from, many)])
    }
    return scanner.wholeBytes
  }

  add(row: Row): void {
    this.attempt(() => writeSync(this.file, csvLine(row)))
    this.count(row)
  }

  private count(row: Row): void {
    this.done++
    if (row[this.okColumn] === false) this.broken++
  }

  /** Closes the file; a Parquet file is written where every row is there. */
  close(): void {
    if (this.file < 0) return
    if (this.isParquet && this.done === this.options.rows) this.attempt(() => this.writeParquet())
    closeSync(this.file)
    this.file = -1
  }

  private writeParquet(): void {
    const { spec, part } = this.options
    const partial = `${this.path}.partial`
    const out = openSync(partial, 'w')
    const rows = new ParquetRows(this.columns, { sweep: JSON.stringify(identityOf(spec, part)) }, (bytes) =>
      writeSync(out, bytes),
    )
    this.done = this.broken = 0
    this.read((row) => rows.add(row))
    rows.finish()
    closeSync(out)
    writeFileSync(this.about, `${JSON.stringify({ ...identityOf(spec, part), broken: this.broken }, null, 1)}\n`)
    renameSync(partial, this.path)
    rmSync(this.journal)
  }
}
