import { presetNamed } from '../../engine/scenario/presets/index.ts'
import { columnsOf } from '../sweep/columns.ts'
import { csvHeader, csvLine } from '../sweep/csv.ts'
import { ParquetRows } from '../sweep/ParquetRows.ts'
import { rowOf } from '../sweep/rowOf.ts'
import { SweepPlan } from '../sweep/SweepPlan.ts'
import type { Cell, Row, SweepSpec } from '../sweep/SweepSpec.ts'
import { alternate, median, significant, type Bench, type BenchRow } from './Bench.ts'

const ROWS = 1_000_000
const ROUNDS = 3
/** Real runs that the rows are made of. */
const MEASURED = 64

const SPEC: SweepSpec = {
  scenario: presetNamed('raft-lan')!.scenario,
  axes: [
    { path: 'network.loss', values: [0, 0.05, 0.1, 0.2] },
    { path: 'swarm.agents', values: [3, 5] },
  ],
  repeat: MEASURED / 8,
  untilUs: 500_000,
  stop: null,
}
const PRIME = 1_000_003

/**
 * Row k of a long sweep: a measured row with its own number, seed and digest, and its counts moved a little, so that no
 * two rows are the same and a dictionary helps no more than it would.
 */
function rowMaker(): (k: number) => Row {
  const plan = new SweepPlan(SPEC)
  const rows = Array.from({ length: MEASURED }, (_, run) => rowOf(plan, run))
  const columns = columnsOf(SPEC)
  const [seedAt, digestAt] = ['seed', 'digest'].map((name) => columns.findIndex((column) => column.name === name))
  const first = columns.findIndex(({ name }) => name === 'events')
  return (k) => {
    const row = rows[k % MEASURED]!.map((cell, i): Cell => {
      if (typeof cell !== 'number' || i < first || cell === 0) return cell
      const moved = (k * PRIME) % 997
      return columns[i]!.type === 'int' ? cell + moved : cell + moved / 7
    })
    row[0] = k
    row[seedAt!] = 10 + Math.floor(k / 8)
    const digest = BigInt(k + 1) * 0x9e37_79b9_7f4a_7c15n
    row[digestAt!] = BigInt.asUintN(64, digest).toString(16).padStart(16, '0')
    return row
  }
}

/** The same rows as Parquet and as CSV: wall time and bytes. Nothing is written to a disk. */
export async function parquetRows(many = ROWS, rounds = ROUNDS): Promise<readonly BenchRow[]> {
  const columns = columnsOf(SPEC)
  const row = rowMaker()
  const bytes = { parquet: 0, csv: 0 }
  const write = {
    parquet: () => {
      const file = new ParquetRows(columns, {}, (part) => void (bytes.parquet += part.length))
      for (let k = 0; k < many; k++) file.add(row(k))
      file.finish()
    },
    csv: () => {
      bytes.csv = csvHeader(columns).length
      for (let k = 0; k < many; k++) bytes.csv += csvLine(row(k)).length // nothing in it is outside ASCII
    },
  }
  const seconds = await alternate(['parquet', 'csv'], rounds, async (way) => {
    bytes[way] = 0
    const began = performance.now()
    write[way]()
    return (performance.now() - began) / 1_000
  })
  const note = `${many.toLocaleString('en')} rows of ${columns.length} columns, Snappy, made from ${MEASURED} measured runs`
  return [
    {
      name: 'parquet-seconds',
      value: significant(median(seconds.parquet)),
      unit: 's',
      runs: rounds,
      peers: [{ name: 'the same rows as CSV', version: 'RFC 4180', value: significant(median(seconds.csv)) }],
      note: `${note}; the making of the rows is in both`,
    },
    {
      name: 'parquet-bytes',
      value: significant(bytes.parquet / many),
      unit: 'bytes a row',
      runs: rounds,
      peers: [{ name: 'the same rows as CSV', version: 'RFC 4180', value: significant(bytes.csv / many) }],
      note: `${note}; 16 bytes of them are the digest, which nothing compresses`,
    },
  ]
}

export const parquetRowsBench: Bench = {
  name: 'parquet-rows',
  title: 'A million rows of a sweep as Parquet beside CSV',
  run: () => parquetRows(),
}
