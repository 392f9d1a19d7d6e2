import { create } from 'zustand'
import type { Mark } from '../../engine/agents/Program.ts'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import type { Advanced } from '../../workers/browser/client.ts'
import type { ComparedRun, Parting } from '../../workers/compare/comparison.ts'
import type { Facts, Opened, SeriesBucket, StageInfo } from '../../workers/protocol.ts'
import { TaskBook } from '../panels/tasks/TaskBook.ts'
import { mergeSeries } from './facts.ts'
import { hasTasks } from './hasTasks.ts'
import { MarkLog, type Marks } from './MarkLog.ts'
import { namesFor, type Names } from './names.ts'

/** Set-ups side by side; loaded with the comparison, apart from what the page starts with. */

export const SIDES_MAX = 4
export const LETTERS = ['A', 'B', 'C', 'D'] as const

/** What a lab is opened with. */
export interface SetUp {
  readonly scenario: Scenario
  readonly log: readonly Command[]
}

/** One of the set-ups: what was asked for, and what its lab said last. */
export interface Side extends SetUp {
  readonly id: number
  /** Null while it is being set up. */
  readonly opened: Opened | null
  readonly stage: StageInfo | null
  readonly names: Names
  readonly facts: Facts | null
  readonly marks: Marks
  readonly series: readonly SeriesBucket[]
  readonly totals: Advanced['totals'] | null
  readonly tally: Tally
  /** What was told of tasks; grows in place with the marks. */
  readonly book: TaskBook
  /** Its lab died: one sentence. */
  readonly broken: string | null
}

/** Times of what is counted, µs, ascending: so that going back in time counts back as well. */
export interface Tally {
  readonly electedUs: readonly number[]
  readonly doneUs: readonly number[]
}
export const NO_TALLY: Tally = { electedUs: [], doneUs: [] }

/** What a person pointed at on one of the stages. */
export interface Pointed {
  readonly side: number
  readonly x: number
  readonly y: number
  readonly at:
    | { readonly kind: 'agent'; readonly agent: number }
    | { readonly kind: 'message'; readonly src: number; readonly seq: number }
}

/** The search for where the first set-up and another part. */
export interface Search {
  /** Of which set-ups, exactly: the answer holds for no others. */
  readonly of: string
  readonly untilUs: number
  readonly reachedUs: number
  readonly found: Parting | null
  readonly problem: string | null
}

/** Runs of all set-ups over seeds; row k holds the runs of seed + k in the order of `sides`. */
export interface Repetition {
  readonly of: string
  readonly sides: readonly number[]
  readonly untilUs: number
  readonly wanted: number
  readonly rows: readonly (readonly ComparedRun[])[]
  readonly running: boolean
  readonly problem: string | null
}

export interface CompareState {
  readonly sides: readonly Side[]
  /** The set-up that the first one is compared with in words and figures; null: the second. */
  readonly other: number | null
  readonly timeUs: number
  readonly playing: boolean
  /** −1..1, 0 = normal, as in the single view. */
  readonly speed: number
  readonly slow: boolean
  readonly explicit: boolean
  readonly selected: number | null
  readonly pointed: Pointed | null
  /** The form for another set-up is open. */
  readonly adding: boolean
  readonly search: Search | null
  readonly repetition: Repetition | null
  /** Logs to go back to, by set-up; newest last. */
  readonly undo: readonly (readonly (readonly [id: number, log: readonly Command[]])[])[]
  /** Whom all wait for, where one is much slower than the others; null: nobody. */
  readonly slowest: number | null
}

export const NO_COMPARISON: CompareState = {
  sides: [],
  other: null,
  timeUs: 0,
  playing: false,
  speed: 0,
  slow: false,
  explicit: false,
  selected: null,
  pointed: null,
  adding: false,
  search: null,
  repetition: null,
  undo: [],
  slowest: null,
}

export const useCompare = create<CompareState>()(() => NO_COMPARISON)

export const newSide = (id: number, { scenario, log }: SetUp): Side => ({
  id,
  scenario,
  log,
  opened: null,
  stage: null,
  names: namesFor(scenario, null),
  facts: null,
  marks: new MarkLog().view(),
  series: [],
  totals: null,
  tally: NO_TALLY,
  book: new TaskBook(),
  broken: null,
})

/** A side after its lab has told `facts`. `log` grows in place; what React sees of it is new. */
export function toldSide(side: Side, facts: Facts, log: MarkLog): Side {
  if (facts.reset) log.clear()
  log.add(facts.marks)
  if (hasTasks(side.scenario)) side.book.take(facts.marks, facts.reset)
  const stage = facts.stage ?? side.stage
  return {
    ...side,
    facts,
    log: sameLog(side.log, facts.log) ? side.log : facts.log,
    marks: facts.reset || facts.marks.length > 0 ? log.view() : side.marks,
    series: mergeSeries(facts.reset ? [] : side.series, facts.series),
    tally: tallied(facts.reset ? NO_TALLY : side.tally, facts.marks),
    stage,
    names: stage === side.stage ? side.names : namesFor(side.scenario, stage),
  }
}

/** What a worker sends is a copy each time; the same log stays the same object, so that nothing is redone for it. */
const sameLog = (a: readonly Command[], b: readonly Command[]): boolean =>
  a.length === b.length && JSON.stringify(a) === JSON.stringify(b)

/** Marks come in the order of time, each once between two resets. */
function tallied(tally: Tally, marks: readonly Mark[]): Tally {
  const times = (of: (mark: Mark) => boolean): number[] => marks.filter(of).map(({ key }) => key.time)
  const elected = times(({ body }) => body.kind === 'leader' || body.kind === 'elected')
  const done = times(({ program, body }) => program === 'client' && body.kind === 'ok')
  if (elected.length + done.length === 0) return tally
  return { electedUs: [...tally.electedUs, ...elected], doneUs: [...tally.doneUs, ...done] }
}

/** Changes one side, where it is still there. */
export function changeSide(id: number, change: (side: Side) => Side): void {
  useCompare.setState((s) => ({ sides: s.sides.map((side) => (side.id === id ? change(side) : side)) }))
}

/** The one that the first is compared with. */
export const otherSide = (s: Pick<CompareState, 'sides' | 'other'>): Side | null =>
  s.sides.slice(1).find(({ id }) => id === s.other) ?? s.sides[1] ?? null

export const letterOf = (sides: readonly Side[], id: number): string =>
  LETTERS[sides.findIndex((side) => side.id === id)] ?? ''
