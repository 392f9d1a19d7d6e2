import type { ClassSums, Report } from './TaskBook.ts'

/** A figure over time; NaN where nothing is known. */
export interface CountLine {
  readonly label: string
  readonly values: readonly number[]
}

/** What programs that only count tell over time. */
export interface CountLines {
  /** µs, ascending; one for each value of each line. */
  readonly atUs: readonly number[]
  /** A second, since the point before. */
  readonly done: CountLine
  readonly waiting: CountLine
  readonly outstanding: CountLine
  /** Means of the tasks done since the point before, µs; by priority where there are several. Empty: not told. */
  readonly waited: readonly CountLine[]
  readonly took: readonly CountLine[]
}

interface Sums {
  atUs: number
  readonly counts: { [name: string]: number }
  readonly classes: ClassSums[]
}

/** Points of a line: as many as a panel is wide enough for. */
const POINTS_MAX = 80

/** Lines of what was reported up to `untilUs`. */
export function countLines(reports: readonly Report[], untilUs: number): CountLines {
  const points = thinned(sumsOver(reports, untilUs), untilUs)
  const line = (label: string, of: (now: Sums, before: Sums) => number): CountLine => ({
    label,
    values: points.map((now, k) => of(now, points[k - 1] ?? NOTHING)),
  })
  const count = (name: string) => (s: Sums) => s.counts[name] ?? NaN
  const mean = (name: 'waitedUs' | 'tookUs'): readonly CountLine[] => {
    const last = points.at(-1)
    if (last === undefined) return []
    if (last.classes.length > 1)
      return last.classes.map((_, k) =>
        line(`priority ${k}`, (now, before) => since(now.classes[k], before.classes[k], (c) => c[name])),
      )
    return last.counts[name] === undefined
      ? []
      : [line('all', (now, before) => since(doneOf(now), doneOf(before), (c) => c[name]))]
  }
  return {
    atUs: points.map(({ atUs }) => atUs),
    done: line('done', (now, before) => {
      const more = (now.counts['done'] ?? NaN) - (before.counts['done'] ?? 0)
      return more < 0 ? NaN : (1e6 * more) / Math.max(1, now.atUs - before.atUs)
    }),
    waiting: line('waiting', count('waiting')),
    outstanding: line('with workers', count('outstanding')),
    waited: mean('waitedUs'),
    took: mean('tookUs'),
  }
}

const NOTHING: Sums = { atUs: 0, counts: {}, classes: [] }
const NONE: ClassSums = { done: 0, waitedUs: 0, tookUs: 0 }

const doneOf = ({ counts }: Sums): ClassSums => ({
  done: counts['done'] ?? 0,
  waitedUs: counts['waitedUs'] ?? NaN,
  tookUs: counts['tookUs'] ?? 0,
})

/** Mean of what was done between two sums; NaN where that is nothing, or where counting began anew. */
function since(now: ClassSums = NONE, before: ClassSums = NONE, of: (sums: ClassSums) => number): number {
  const done = now.done - before.done
  const sum = of(now) - (Number.isNaN(of(before)) ? 0 : of(before))
  return done > 0 && sum >= 0 ? sum / done : NaN
}

/** Sums over all agents of what each reported last, at every time at which somebody reported. */
function sumsOver(reports: readonly Report[], untilUs: number): readonly Sums[] {
  const newest = new Map<number, Report>()
  const all: Sums[] = []
  for (let k = 0; k < reports.length; k++) {
    const report = reports[k]!
    if (report.atUs > untilUs) break
    newest.set(report.agent, report)
    if (reports[k + 1]?.atUs === report.atUs) continue
    const sums: Sums = { atUs: report.atUs, counts: {}, classes: [] }
    for (const { counts, classes } of newest.values()) {
      for (const [name, value] of Object.entries(counts)) sums.counts[name] = (sums.counts[name] ?? 0) + value
      classes.forEach((one, c) => {
        const { done, waitedUs, tookUs } = sums.classes[c] ?? NONE
        sums.classes[c] = { done: done + one.done, waitedUs: waitedUs + one.waitedUs, tookUs: tookUs + one.tookUs }
      })
    }
    all.push(sums)
  }
  return all
}

/** The last of each of POINTS_MAX equal stretches. */
function thinned(all: readonly Sums[], untilUs: number): readonly Sums[] {
  const widthUs = untilUs / POINTS_MAX
  const bin = (s: Sums | undefined): number => (s === undefined ? -1 : Math.floor(s.atUs / widthUs))
  return all.length <= POINTS_MAX ? all : all.filter((s, k) => bin(s) !== bin(all[k + 1]))
}
