import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer'
import type { Column, ColumnType } from './columns.ts'
import type { Cell, Row } from './SweepSpec.ts'

/** Rows that are written together; more compress better, and stay in memory until then. */
const ROWS_PER_GROUP = 100_000

const PARQUET_TYPE: { readonly [T in ColumnType]: Pick<SchemaElement, 'type' | 'converted_type'> } = {
  int: { type: 'INT64' },
  real: { type: 'DOUBLE' },
  bool: { type: 'BOOLEAN' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
}

/**
 * Writes rows as a Parquet file (Apache Parquet format 2, Snappy), group by group, so that memory holds one group.
 * `out` is given the file's bytes in order and must be done with them when it returns.
 */
export class ParquetRows {
  private readonly writer = new ByteWriter(1 << 20)
  private readonly parquet: ParquetWriter
  private cells: (Cell | bigint)[][]
  private waiting = 0

  /** @param about is kept in the file's metadata, by key. */
  constructor(
    private readonly columns: readonly Column[],
    about: { readonly [key: string]: string },
    private readonly out: (bytes: Uint8Array) => void,
  ) {
    this.parquet = new ParquetWriter({
      writer: this.writer,
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map(({ name, type }): SchemaElement => ({
          name,
          repetition_type: 'OPTIONAL',
          ...PARQUET_TYPE[type],
        })),
      ],
      kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
      createdBy: 'AMOS Swarm Lab',
    })
    this.cells = columns.map(() => [])
  }

  add(row: Row): void {
    for (const [i, { type }] of this.columns.entries()) {
      const cell = row[i]!
      this.cells[i]!.push(type === 'int' && cell !== null ? BigInt(cell) : cell)
    }
    if (++this.waiting === ROWS_PER_GROUP) this.writeGroup()
  }

  /** Writes what is left and the footer; nothing may be added after it. */
  finish(): void {
    if (this.waiting > 0) this.writeGroup()
    void this.parquet.finish()
    this.hand()
  }

  private writeGroup(): void {
    const columnData = this.columns.map(({ name }, i) => ({ name, data: this.cells[i]! }))
    void this.parquet.write({ columnData, rowGroupSize: this.waiting })
    this.cells = this.columns.map(() => [])
    this.waiting = 0
    this.hand()
  }

  /** The writer counts offsets from the file's beginning, so its buffer may be used again. */
  private hand(): void {
    this.out(this.writer.getBytes())
    this.writer.index = 0
  }
}
