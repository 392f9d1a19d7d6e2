import type { BenchRow } from '../../bench/Bench.ts'
import { selectBenches } from '../../bench/Bench.ts'
import { ENGINE_BENCHES } from '../../bench/engineBenches.ts'
import { pageBench } from '../../bench/pageRows.ts'
import { RING_BENCHES } from '../../bench/ringBenches.ts'
import { orThrow, type Flags } from '../args.ts'
import { printTable } from '../print.ts'

/** Runs the benchmarks called `names`, or all, one after another; rows on stdout, progress on stderr. */
export async function bench(names: readonly string[], flags: Flags): Promise<number> {
  const chosen = orThrow(selectBenches([...ENGINE_BENCHES, ...RING_BENCHES, pageBench], names))
  const rows: BenchRow[] = []
  for (const { name, title, run } of chosen) {
    console.error(`${name}: ${title}`)
    rows.push(...(await run()))
  }
  if (flags.json) console.log(JSON.stringify(rows))
  else print(rows)
  return 0
}

function print(rows: readonly BenchRow[]): void {
  for (const { name, value, unit, runs, peers, note } of rows) {
    console.log(`\n${name}, median of ${runs}: ${note}`)
    const lines = [['this lab', '', shown(value), unit]]
    for (const peer of peers) lines.push([peer.name, peer.version, shown(peer.value), peerUnit(peer.name, unit)])
    printTable(lines.map((line) => ['', ...line]))
  }
}

/** A peer that is another measure says its own unit after a comma. */
const peerUnit = (name: string, unit: string): string => (name.includes(', ') ? '' : unit)

const shown = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 4 })
