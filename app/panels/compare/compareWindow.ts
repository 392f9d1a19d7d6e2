import { compareTime, memberOf, renderAt, stages } from '../../bridge/compare.ts'
import { LETTERS, otherSide, useCompare } from '../../state/compare.ts'

/** For tests and for programs that embed the page, as `window.__lab` is for the single view. */
export interface CompareWindow {
  state(): ComparedState
  /** Stops at the virtual time, draws one explicit frame on every stage, resolves after the last. */
  renderAt(timeUs: number): Promise<void>
}
export interface ComparedState {
  readonly timeUs: number
  readonly playing: boolean
  readonly sides: readonly ComparedSide[]
  /** Time of the first difference between the first set-up and the other; null: none, or not yet known. */
  readonly partingUs: number | null
  readonly other: string | null
}
export interface ComparedSide {
  readonly letter: string
  readonly scenario: string
  readonly seed: number
  /** Where its engine stands, and the time of the picture on its stage. */
  readonly timeUs: number
  readonly shownUs: number
  readonly commands: number
  readonly camera: readonly number[]
  readonly broken: boolean
}

declare global {
  interface Window {
    __compare?: CompareWindow
  }
}

/** Returns the function that takes it away again. */
export function exposeCompare(): () => void {
  window.__compare = { state, renderAt }
  return () => {
    delete window.__compare
  }
}

function state(): ComparedState {
  const s = useCompare.getState()
  const other = otherSide(s)
  return {
    timeUs: compareTime(),
    playing: s.playing,
    partingUs: s.search?.found?.event?.key.time ?? null,
    other: other && LETTERS[s.sides.indexOf(other)]!,
    sides: s.sides.map((side, i) => ({
      letter: LETTERS[i]!,
      scenario: side.scenario.name,
      seed: side.scenario.seed,
      timeUs: memberOf(side.id)?.at.timeUs ?? -1,
      shownUs: memberOf(side.id)?.frames.acquire()?.header[0] ?? -1,
      commands: side.log.length,
      camera: stages.get(side.id)?.camera() ?? [],
      broken: side.broken !== null,
    })),
  }
}
