import type { Mark } from './agents/Program.ts'
import { describeEvent } from './describeEvent.ts'
import { COMMAND, type HistoryRow } from './History.ts'
import { compareKeys, type Key } from './kernel/key.ts'
import type { Micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import type { ShardSnapshot } from './snapshot.ts'

const STRIDE_US = 10_000
/** Events of one stretch that are remembered; a run stops short of it and the other waits. */
const ROWS = 200_000
const ROWS_KEPT_FREE = 16_384

/** One run: a scenario under a command log, from a cut (`parts`) or, where left out, from time 0. */
export interface SetUp {
  readonly scenario: Scenario
  readonly log: readonly Command[]
  readonly parts?: readonly ShardSnapshot[]
}

export interface FirstDifference {
  readonly key: Key
  /** The event of the set-up that has it; the first set-up's where both have it and it differs. */
  readonly what: string
  /** What the other set-up has in its place: the next event that it does have, or nothing. */
  readonly instead: string
  /** Time of `instead`; null where the other set-up has nothing more. */
  readonly insteadUs: number | null
  /** Who has the event `key`: only the first set-up, only the second, or both but not alike. */
  readonly only: 'first' | 'second' | 'neither'
}

/**
 * The first event in key order that one of two runs has and the other does not, or that tells observers something else,
 * up to `until`: both are run again side by side. From cuts, both must stand at the same time. Null where none differs.
 */
export function firstDifference(first: SetUp, second: SetUp, until: number): FirstDifference | null {
  const pair = new SideBySide(first, second)
  while (pair.clock < until) {
    const difference = pair.compare(until)
    if (difference !== null) return difference
  }
  return null
}

/** What a run did since the last stretch that both have finished, in key order. */
class Side {
  readonly run: LocalRun
  rows: HistoryRow[] = []
  marks: Mark[] = []

  constructor(private readonly setUp: SetUp) {
    this.run = new LocalRun(setUp.scenario, { history: ROWS })
    this.run.setLog(setUp.log)
    if (setUp.parts !== undefined) this.run.restore(setUp.parts)
  }

  advance(until: Micros): void {
    const { history } = this.run.shards[0]!
    history.clear()
    this.run.runTo(until, () => history.written > ROWS - ROWS_KEPT_FREE)
    this.rows.push(...history.last(ROWS))
    this.marks.push(...this.run.takeMarks())
  }

  words(row: HistoryRow): string {
    const { scenario, log } = this.setUp
    return describeEvent(row, this.run.plan.messageKinds, log, scenario)
  }

  /** What the row is, in terms that two scenarios share: numbers of kinds and places in a log are each one's own. */
  meaning(row: HistoryRow): string | undefined {
    return row.type === COMMAND ? this.words(row) : this.run.plan.messageKinds[row.kind]
  }
}

/** Two runs in step, compared stretch by stretch. */
export class SideBySide {
  private readonly first: Side
  private readonly second: Side

  constructor(first: SetUp, second: SetUp) {
    this.first = new Side(first)
    this.second = new Side(second)
  }

  /** Up to here both have been compared. */
  get clock(): number {
    return Math.min(this.first.run.clock, this.second.run.clock)
  }

  /** Takes both a stretch on, at most to `until`, and compares what they did in it. */
  compare(until: number): FirstDifference | null {
    const { first, second } = this
    const [a, b] = [first.run, second.run]
    const next = Math.max(this.clock + STRIDE_US, Math.min(a.nextTime(), b.nextTime()) + 1)
    // One may have stopped short where very much happened: then the other waits for it.
    const target = Math.min(until, a.clock === b.clock ? next : Math.max(a.clock, b.clock)) as Micros
    if (a.clock < target) first.advance(target)
    if (b.clock < target) second.advance(target)
    const here = this.clock
    return this.differentRow(upTo(first.rows, here), upTo(second.rows, here), this.differentMark(here))
  }

  private differentRow(x: readonly HistoryRow[], y: readonly HistoryRow[], told: Told | null): FirstDifference | null {
    const { first, second } = this
    for (let i = 0; i < Math.max(x.length, y.length); i++) {
      const [p, q] = [x[i], y[i]]
      const order = p === undefined ? 1 : q === undefined ? -1 : compareKeys(p.key, q.key)
      if (order === 0 && alike(p!, q!) && first.meaning(p!) === second.meaning(q!)) {
        if (told !== null && compareKeys(told.key, p!.key) === 0) return consequence(told, first.words(p!))
        continue
      }
      const [has, other, row, instead] = order <= 0 ? [first, second, p!, q] : [second, first, q!, p]
      return {
        key: row.key,
        what: has.words(row),
        instead: instead === undefined ? 'nothing' : other.words(instead),
        insteadUs: instead?.key.time ?? null,
        only: order === 0 ? 'neither' : order < 0 ? 'first' : 'second',
      }
    }
    return told && consequence(told, 'the start')
  }

  /** The first mark before the cut `here`, in order, that one has and the other does not, or not alike. */
  private differentMark(here: number): Told | null {
    const [x, y] = [upTo(this.first.marks, here), upTo(this.second.marks, here)]
    for (let i = 0; i < Math.max(x.length, y.length); i++) {
      const [p, q] = [x[i], y[i]]
      if (JSON.stringify(p) === JSON.stringify(q)) continue
      const order = p === undefined ? 1 : q === undefined ? -1 : compareKeys(p.key, q.key)
      return { key: (order <= 0 ? p! : q!).key, first: order <= 0 ? p : undefined, second: order >= 0 ? q : undefined }
    }
    return null
  }
}

/** Two marks of one event that differ; undefined where only the other one exists. */
interface Told {
  readonly key: Key
  readonly first: Mark | undefined
  readonly second: Mark | undefined
}

const alike = (p: HistoryRow, q: HistoryRow): boolean => p.type === q.type && p.heard === q.heard

/** Both have the event; what it led to is not the same. */
function consequence({ key, first, second }: Told, event: string): FirstDifference {
  // Steps of bodies are no events of their own.
  const what = (first ?? second)!.program === 'space' ? 'a step of the bodies' : event
  return {
    key,
    what: `${what}, and tells ${wordsOf(first, second)}`,
    instead: `${what}, and tells ${wordsOf(second, first)}`,
    insteadUs: key.time,
    only: 'neither',
  }
}

/** Figures of a measurement that are named: the first that differ. */
const FIGURES_NAMED = 3
const DIGITS = 4

/** meanSpeed → mean speed */
const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function wordsOf(mark: Mark | undefined, other: Mark | undefined): string {
  if (mark === undefined) return 'nothing'
  if (mark.body.kind !== 'measure' || mark.program !== 'space') return Object.values(mark.body).map(String).join(' ')
  return Object.entries(mark.body)
    .filter(([name, value]) => typeof value === 'number' && other?.body[name] !== value)
    .slice(0, FIGURES_NAMED)
    .map(([name, value]) => `${spaced(name)} ${Number((value as number).toPrecision(DIGITS))}`)
    .join(', ')
}

/** Removes and returns what lies before the cut `t`. Mutates `list`. */
function upTo<T extends { readonly key: Key }>(list: T[], t: number): T[] {
  let end = list.length
  while (end > 0 && list[end - 1]!.key.time >= t) end--
  return list.splice(0, end)
}
