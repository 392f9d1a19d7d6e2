import type { StateCreator } from 'zustand'
import type { Command } from '../../engine/scenario/Scenario.ts'
import type { Facts, SeriesBucket } from '../../workers/protocol.ts'
import type { Lab } from './lab.ts'
import { MarkLog } from './MarkLog.ts'

export type FactsNow = Omit<Facts, 'marks' | 'series' | 'reset' | 'stage'>

const NOTHING: FactsNow = {
  timeUs: 0,
  frontierUs: 0,
  playing: false,
  ended: false,
  lagUs: 0,
  events: 0,
  messages: 0,
  eventsPerWallSecond: 0,
  digest: null,
  branch: 0,
  branches: [],
  log: [],
  checks: [],
  latency: null,
}

export const UNDO_MAX = 100

/** What the engine said last, at most ten times a second. Marks and series are kept outside, behind version numbers. */
export interface FactsSlice {
  facts: FactsNow
  marks: MarkLog
  marksVersion: number
  series: SeriesBucket[]
  seriesVersion: number
  /** Logs to go back to (undo) and forward to (redo), newest last. */
  undo: readonly (readonly Command[])[]
  redo: readonly (readonly Command[])[]
  takeFacts(facts: Facts): void
  pushUndo(log: readonly Command[]): void
  setUndo(undo: FactsSlice['undo'], redo: FactsSlice['redo']): void
}

/** Buckets by index; a bucket that is said again replaces the old one. Mutates `series`. */
export function mergeSeries(series: SeriesBucket[], news: readonly SeriesBucket[]): void {
  for (const bucket of news) {
    let at = series.length
    while (at > 0 && series[at - 1]!.index > bucket.index) at--
    if (at > 0 && series[at - 1]!.index === bucket.index) series[at - 1] = bucket
    else series.splice(at, 0, bucket)
  }
}

export const createFactsSlice: StateCreator<Lab, [], [], FactsSlice> = (set, get) => ({
  facts: NOTHING,
  marks: new MarkLog(),
  marksVersion: 0,
  series: [],
  seriesVersion: 0,
  undo: [],
  redo: [],
  takeFacts: ({ marks: newMarks, series: newSeries, reset, stage, ...facts }) => {
    const { marks, series, marksVersion, seriesVersion } = get()
    if (reset) {
      marks.clear()
      series.length = 0
    }
    marks.add(newMarks)
    mergeSeries(series, newSeries)
    set({
      facts,
      marksVersion: reset || newMarks.length > 0 ? marksVersion + 1 : marksVersion,
      seriesVersion: reset || newSeries.length > 0 ? seriesVersion + 1 : seriesVersion,
    })
    if (stage) get().setStage(stage)
  },
  pushUndo: (log) => set((s) => ({ undo: [...s.undo, log].slice(-UNDO_MAX), redo: [] })),
  setUndo: (undo, redo) => set({ undo, redo }),
})
