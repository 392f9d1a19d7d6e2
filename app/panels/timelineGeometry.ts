import type { Command } from '../../engine/scenario/Scenario.ts'

/** A fault on the timeline; `index` points into the command log it came from. */
export interface Band {
  readonly from: number
  readonly to: number
  readonly label: string
  readonly op: string
  readonly index: number
}

/** What the timeline shows, virtual µs. */
export interface View {
  readonly fromUs: number
  readonly toUs: number
}

/** 0..1 across the timeline. */
export const fractionOf = (view: View, timeUs: number): number => (timeUs - view.fromUs) / (view.toUs - view.fromUs)
/** The time under `x` of `width` pixels, clamped to the view, whole µs. */
export const timeAt = (view: View, x: number, width: number): number =>
  Math.round(view.fromUs + Math.max(0, Math.min(1, width > 0 ? x / width : 0)) * (view.toUs - view.fromUs))

const STEPS_US = [1, 2, 5]
  .flatMap((m) => [1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].map((p) => m * p))
  .sort((a, b) => a - b)

/** Round times for the axis, at least `minPx` apart. */
export function ticks(view: View, width: number, minPx = 80): readonly number[] {
  const span = view.toUs - view.fromUs
  if (width <= 0 || span <= 0) return []
  const step = STEPS_US.find((s) => (s / span) * width >= minPx) ?? STEPS_US.at(-1)!
  const out: number[] = []
  for (let t = Math.ceil(view.fromUs / step) * step; t <= view.toUs; t += step) out.push(t)
  return out
}

/** Rows so that no two labels in a row overlap; the first free row from the top, in order of start. */
export function stackBands(bands: readonly Band[], lengthUs: (band: Band) => number): readonly number[] {
  const order = bands.map((_, i) => i).sort((a, b) => bands[a]!.from - bands[b]!.from || a - b)
  const ends: number[] = []
  const rows = new Array<number>(bands.length).fill(0)
  for (const i of order) {
    const band = bands[i]!
    let row = ends.findIndex((end) => end <= band.from)
    if (row < 0) row = ends.push(0) - 1
    ends[row] = band.from + lengthUs(band)
    rows[i] = row
  }
  return rows
}

/** As many bands on top of each other are told apart by shade; one more would only be darker. */
const SHADES = 3

/** Which bands are shaded: not those that lie wholly under as many others as can be told apart. */
export function shadedBands(bands: readonly Band[]): readonly boolean[] {
  const shaded: Band[] = []
  return bands.map((band) => {
    let above = 0
    for (let i = 0; i < shaded.length && above < SHADES; i++)
      if (shaded[i]!.from <= band.from && shaded[i]!.to >= band.to) above++
    if (above < SHADES) shaded.push(band)
    return above < SHADES
  })
}

/** For each band, how many labels begin under its own: earlier ones that found no row of their own in `rows`. */
export function labelsUnder(
  bands: readonly Band[],
  placed: readonly number[],
  rows: number,
  lengthUs: (band: Band) => number,
): readonly number[] {
  const last: Band[] = []
  return bands.map((band, i) => {
    if (placed[i]! < rows - 1) return 0
    const to = band.from + lengthUs(band)
    const under = last.filter(({ from }) => from >= band.from && from < to).length
    last.push(band)
    return under
  })
}

/** Whole milliseconds: what a person drags to is a time a person can read. */
export const snapUs = (us: number): number => Math.max(0, Math.round(us / 1000) * 1000)

const byTime = (log: readonly Command[]): readonly Command[] =>
  log
    .map((command, i) => ({ command, i }))
    .sort((a, b) => a.command.at - b.command.at || a.i - b.i)
    .map(({ command }) => command)

/** The log with command `index` at another time. Same-time commands keep their order. */
export const moveCommand = (log: readonly Command[], index: number, at: number): readonly Command[] =>
  byTime(log.map((command, i) => (i === index ? { ...command, at: snapUs(at) } : command)))

/** The log with command `index` ending at `to`; at least 1 ms long. Commands without an end get one. */
export const resizeCommand = (log: readonly Command[], index: number, to: number): readonly Command[] =>
  log.map((command, i) =>
    i === index && canResize(command) ? { ...command, forUs: Math.max(1000, snapUs(to - command.at)) } : command,
  )

export const removeCommand = (log: readonly Command[], index: number): readonly Command[] =>
  log.filter((_, i) => i !== index)

export const addCommand = (log: readonly Command[], command: Command): readonly Command[] => byTime([...log, command])

const LASTING = new Set([
  'crash',
  'pause',
  'slow',
  'clock',
  'disk',
  'partition',
  'cut',
  'delay',
  'lose',
  'duplicate',
  'reorder',
  'corrupt',
])
/** Ops that last and so can have an end. */
export const canResize = (command: { readonly op: string }): boolean => LASTING.has(command.op)
