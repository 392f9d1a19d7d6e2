import { describeEvent } from './describeEvent.ts'
import type { HistoryRow } from './History.ts'
import { compareKeys, type Key } from './kernel/key.ts'
import type { Micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import type { ShardSnapshot } from './snapshot.ts'

const STRIDE_US = 10_000
const ROWS = 200_000

/**
 * The first event that one of two runs has and the other does not, from a cut both share (`parts`) up to `until`: both
 * are run again side by side. Null where none differs.
 */
export function firstDifference(
  scenario: Scenario,
  parts: readonly ShardSnapshot[],
  logA: readonly Command[],
  logB: readonly Command[],
  until: number,
): { key: Key; what: string; instead: string } | null {
  const [a, b] = [logA, logB].map((log) => {
    const run = new LocalRun(scenario, { history: ROWS })
    run.setLog(log)
    run.restore(parts)
    return run
  }) as [LocalRun, LocalRun]
  while (a.clock < until) {
    const next = Math.min(until, Math.max(a.clock + STRIDE_US, Math.min(a.nextTime(), b.nextTime()) + 1)) as Micros
    const [x, y] = [a, b].map((run) => {
      run.shards[0]!.history.clear()
      run.runTo(next)
      return run.shards[0]!.history.last(ROWS)
    }) as [HistoryRow[], HistoryRow[]]
    for (let i = 0; i < Math.max(x.length, y.length); i++) {
      const [p, q] = [x[i], y[i]]
      if (p !== undefined && q !== undefined && same(p, q)) continue
      const first = p === undefined || (q !== undefined && compareKeys(q.key, p.key) < 0) ? q! : p
      const name = (row: HistoryRow | undefined, log: readonly Command[]): string =>
        row === undefined ? 'nothing' : describeEvent(row, a.plan.messageKinds, log, scenario)
      return { key: first.key, what: name(p, logA), instead: name(q, logB) }
    }
  }
  return null
}

const same = (p: HistoryRow, q: HistoryRow): boolean =>
  compareKeys(p.key, q.key) === 0 && p.type === q.type && p.kind === q.kind && p.heard === q.heard
