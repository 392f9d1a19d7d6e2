import type { Column } from './columns.ts'
import type { Cell, Row } from './SweepSpec.ts'

/** Lines of RFC 4180 end so. */
const LINE_END = '\r\n'

/** An absent value is an empty field, an empty text a quoted one; numbers in their shortest form that reads back. */
function fieldOf(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

export const csvLine = (cells: Row): string => cells.map(fieldOf).join(',') + LINE_END

export const csvHeader = (columns: readonly Column[]): string => csvLine(columns.map(({ name }) => name))

const [QUOTE, CR, LF] = [0x22, 0x0d, 0x0a]

/** Finds the ends of records in UTF-8 bytes that come in chunks, and says how far a torn file is whole. */
export class RecordScanner {
  records = 0
  /** Bytes up to and with the end of the last whole record. */
  wholeBytes = 0
  private seen = 0
  private quoted = false
  private afterCr = false

  /** `onRecord` is told where each record of this chunk ends, in bytes from the chunk's beginning. */
  take(chunk: Uint8Array, onRecord: (end: number) => void = () => {}): void {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!
      if (byte === QUOTE) this.quoted = !this.quoted // a doubled quote turns twice
      if (byte === LF && this.afterCr && !this.quoted) {
        this.records++
        this.wholeBytes = this.seen + i + 1
        onRecord(i + 1)
      }
      this.afterCr = byte === CR
    }
    this.seen += chunk.length
  }
}

/** The fields of one record, as text; null where a field is empty and not quoted. */
export function fieldsOf(record: string): (string | null)[] {
  const fields: (string | null)[] = []
  const line = record.endsWith(LINE_END) ? record.slice(0, -LINE_END.length) : record
  for (let at = 0; at <= line.length;) {
    let field: string | null
    if (line[at] === '"') {
      let end = line.indexOf('"', at + 1)
      while (line[end + 1] === '"') end = line.indexOf('"', end + 2)
      field = line.slice(at + 1, end).replaceAll('""', '"')
      at = end + 1
    } else {
      const comma = line.indexOf(',', at)
      const end = comma < 0 ? line.length : comma
      field = end === at ? null : line.slice(at, end)
      at = end
    }
    fields.push(field)
    at++ // the comma
  }
  return fields
}

/** A row as it was before it was written: cells by the types of their columns. */
export function rowOfRecord(columns: readonly Column[], record: string): Row {
  return fieldsOf(record).map((field, i): Cell => {
    const type = columns[i]!.type
    if (field === null) return null
    return type === 'int' || type === 'real' ? Number(field) : type === 'bool' ? field === 'true' : field
  })
}
