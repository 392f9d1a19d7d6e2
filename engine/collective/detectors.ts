import type { DetectorKind, DetectorSpec } from '../scenario/Scenario.ts'
import type { Figures } from '../space/SpaceModel.ts'
import { HISTORY, oscillationOf } from './oscillation.ts'

/** The figure that a detector watches where it names none. */
export const FIGURE_OF: { readonly [K in DetectorKind]: string } = {
  flock: 'polarisation',
  mill: 'milling',
  clusters: 'clusters',
  trail: 'trailLength',
  symmetry: 'largerShare',
  synchrony: 'synchrony',
  oscillation: 'oscillation',
  collapse: 'collapse',
}
/** Whose series it is where an oscillation or a collapse names none. */
const SERIES_OF: { readonly [kind: string]: string } = { oscillation: 'polarisation', collapse: 'alive' }

export const watchesSeries = ({ kind }: DetectorSpec): boolean => kind in SERIES_OF

/** The figure whose value is measured for a detector: its own, or the one whose series it looks at. */
export const sourceOf = ({ kind, of }: DetectorSpec): string => of ?? SERIES_OF[kind] ?? FIGURE_OF[kind]

/** The figure that crosses the threshold: `of`, or for a series kind and source in one ('collapseMass'). */
export function figureOf(spec: DetectorSpec): string {
  const { kind, of } = spec
  if (of === undefined) return FIGURE_OF[kind]
  return watchesSeries(spec) ? `${kind}${of[0]!.toUpperCase()}${of.slice(1)}` : of
}

/** A detector's four numbers in the array 'detectors'. `taken` counts the values that its series was given. */
const SLOT = { phase: 0, sinceUs: 1, onsetUs: 2, taken: 3 } as const
const SLOTS = 4
const PHASE = { absent: 0, coming: 1, present: 2, going: 3 } as const

export const detectorSlots = (specs: readonly DetectorSpec[]): number => SLOTS * specs.length
export const seriesSlots = (specs: readonly DetectorSpec[]): number => HISTORY * specs.filter(watchesSeries).length

/** What has begun or is over. */
export interface Detection {
  readonly kind: 'emerged' | 'dissolved'
  /** Index into the scenario's detectors. */
  readonly detector: number
  readonly what: DetectorKind
  readonly figure: string
  readonly value: number
  readonly threshold: number
  /** When the figure first crossed the threshold, for a dissolved one of what is over. */
  readonly onsetUs: number
  /** Dissolved: when the figure first fell below what ends it. */
  readonly endUs?: number
}

/** An end takes a tenth more than a beginning, from the figure's floor up: of an even split that is one half. */
const HYSTERESIS = 0.1
export function endsBelow({ threshold }: DetectorSpec, figure: string): number {
  const floor = figure === 'largerShare' ? 0.5 : 0
  return threshold - HYSTERESIS * Math.max(0, threshold - floor)
}

/**
 * Decides at every measurement what has begun and what is over. Something has begun when its figure has stayed at or
 * above the threshold for `forUs`, and it began when the figure first got there; it is over when the figure has stayed
 * below nine tenths of the threshold as long, and it ended when the figure first fell below that. All state is in the
 * two arrays, which the caller owns, zero at first.
 */
export class Detectors {
  private readonly recent = new Float64Array(HISTORY)

  constructor(
    private readonly specs: readonly DetectorSpec[],
    private readonly slots: Float64Array,
    private readonly series: Float64Array,
  ) {}

  /** Adds the figures that follow from series to `figures`. Once a measurement; mutates the arrays. */
  take(figures: Figures): void {
    let place = 0
    this.specs.forEach((spec, i) => {
      if (!watchesSeries(spec)) return
      const recent = this.record(i, place++, figures[sourceOf(spec)] ?? NaN)
      const name = figureOf(spec)
      if (spec.kind === 'collapse') {
        figures[name] = fallOf(recent)
        return
      }
      const { strength, period } = oscillationOf(recent)
      figures[name] = strength
      figures[`${name}Period`] = period
    })
  }

  /** The series of detector `i` with `value` at its end, oldest first; what is not finite is left out. */
  private record(i: number, place: number, value: number): Float64Array {
    const ring = this.series.subarray(HISTORY * place, HISTORY * (place + 1))
    const at = SLOTS * i + SLOT.taken
    if (value - value === 0) {
      ring[this.slots[at]! % HISTORY] = value
      this.slots[at]! += 1
    }
    const taken = this.slots[at]!
    const length = Math.min(taken, HISTORY)
    for (let k = 0; k < length; k++) this.recent[k] = ring[(taken - length + k) % HISTORY]!
    return this.recent.subarray(0, length)
  }

  /** What begins and ends at this measurement, in the order of the detectors. Mutates the arrays. */
  judge(timeUs: number, figures: Figures): Detection[] {
    const found: Detection[] = []
    this.specs.forEach((spec, detector) => {
      const figure = figureOf(spec)
      const value = figures[figure] ?? NaN
      const turn = this.turn(SLOTS * detector, spec, value, endsBelow(spec, figure), timeUs)
      if (turn === null) return
      const { kind: what, threshold } = spec
      found.push({ ...turn, detector, what, figure, value, threshold })
    })
    return found
  }

  private turn(at: number, { threshold, forUs }: DetectorSpec, value: number, below: number, timeUs: number) {
    const { slots } = this
    const goTo = (phase: number): void => void (slots[at + SLOT.phase] = phase)
    const phase = slots[at + SLOT.phase]!
    const isThere = phase === PHASE.present || phase === PHASE.going
    const stays = isThere ? value >= below : value >= threshold
    if (stays === isThere) {
      goTo(isThere ? PHASE.present : PHASE.absent)
      return null
    }
    if (phase === PHASE.absent || phase === PHASE.present) {
      slots[at + SLOT.sinceUs] = timeUs
      goTo(isThere ? PHASE.going : PHASE.coming)
    }
    const sinceUs = slots[at + SLOT.sinceUs]!
    if (timeUs - sinceUs < forUs) return null
    if (isThere) {
      goTo(PHASE.absent)
      return { kind: 'dissolved' as const, onsetUs: slots[at + SLOT.onsetUs]!, endUs: sinceUs }
    }
    goTo(PHASE.present)
    slots[at + SLOT.onsetUs] = sinceUs
    return { kind: 'emerged' as const, onsetUs: sinceUs }
  }
}

/** How far the last of a series has fallen below its maximum, as a share of that; 0 where that is not above 0. */
function fallOf(series: Float64Array): number {
  let most = 0
  for (const value of series) most = Math.max(most, value)
  return most > 0 ? 1 - series[series.length - 1]! / most : 0
}
