import type { StateCreator } from 'zustand'
import type { LinkState } from '../../engine/scenario/link.ts'
import type { Command } from '../../engine/scenario/Scenario.ts'
import type { Facts, SeriesBucket } from '../../workers/protocol.ts'
import type { Lab } from './lab.ts'
import { MarkLog, type Marks } from './MarkLog.ts'

export type FactsNow = Omit<Facts, 'marks' | 'series' | 'reset' | 'stage'>

const NOTHING: FactsNow = {
  timeUs: 0,
  frontierUs: 0,
  playing: false,
  ended: false,
  lagUs: 0,
  events: 0,
  messages: 0,
  transmissions: 0,
  eventsPerWallSecond: 0,
  digest: null,
  branch: 0,
  branches: [],
  log: [],
  checks: [],
  latency: null,
}

export const UNDO_MAX = 100
/** What undo goes back to: another log of the same run, or the run that was left for this one. */
export type UndoStep = readonly Command[] | LinkState

/** What the engine said last, at most ten times a second. */
export interface FactsSlice {
  facts: FactsNow
  /** Marks of the current branch up to the frontier; a new object whenever there are more. */
  marks: Marks
  /** In order of time; a new list whenever there is more. */
  series: readonly SeriesBucket[]
  /** Steps to go back to (undo) and forward to (redo), newest last. */
  undo: readonly UndoStep[]
  redo: readonly UndoStep[]
  takeFacts(facts: Facts): void
  pushUndo(log: readonly Command[]): void
}

/** Buckets by index; a bucket that is said again replaces the old one. */
export function mergeSeries(series: readonly SeriesBucket[], news: readonly SeriesBucket[]): readonly SeriesBucket[] {
  const merged = series.slice()
  for (const bucket of news) {
    let at = merged.length
    while (at > 0 && merged[at - 1]!.index > bucket.index) at--
    if (at > 0 && merged[at - 1]!.index === bucket.index) merged[at - 1] = bucket
    else merged.splice(at, 0, bucket)
  }
  return merged
}

/** Grown in place, for it can be long; what React sees is a new view each time. */
const log = new MarkLog()

export const createFactsSlice: StateCreator<Lab, [], [], FactsSlice> = (set, get) => ({
  facts: NOTHING,
  marks: log.view(),
  series: [],
  undo: [],
  redo: [],
  takeFacts: ({ marks: newMarks, series: newSeries, reset, stage, ...facts }) => {
    if (reset) log.clear()
    log.add(newMarks)
    set((s) => ({
      facts,
      marks: reset || newMarks.length > 0 ? log.view() : s.marks,
      series: newSeries.length === 0 && !reset ? s.series : mergeSeries(reset ? [] : s.series, newSeries),
    }))
    if (stage) get().setStage(stage)
  },
  pushUndo: (log) => set((s) => ({ undo: [...s.undo, log].slice(-UNDO_MAX), redo: [] })),
})
