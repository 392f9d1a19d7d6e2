import type { StopWhen } from '../../engine/checks/claims/Claim.ts'
import type { Plain } from '../../engine/kernel/plain.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'

/** One swept parameter: a field by its path, as `--set` names it, and the values it takes, in order. */
export interface Axis {
  readonly path: string
  readonly values: readonly Plain[]
}

/** What a sweep is, as plain data: every product of the axes' values, each run `repeat` times. */
export interface SweepSpec {
  /** As it stands before a value is put in; its chaos profile is drawn anew for every seed. */
  readonly scenario: Scenario
  /** The first changes slowest. */
  readonly axes: readonly Axis[]
  /** Runs of each point, with seeds seed, seed + 1, … of the scenario: the same ones at every point. */
  readonly repeat: number
  /** Where every run ends, virtual µs; null: where its scenario ends. */
  readonly untilUs: number | null
  /** Ends a run earlier, once this has happened. */
  readonly stop: StopWhen | null
}

/** The part of a sweep that one process does: rows k with k % of === index. */
export interface SweepPart {
  readonly index: number
  readonly of: number
}
export const WHOLE: SweepPart = { index: 0, of: 1 }

/** A cell of a row; null where a run shows nothing of what the column is about. */
export type Cell = string | number | boolean | null
export type Row = readonly Cell[]
