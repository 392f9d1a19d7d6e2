import type { Disc } from '../../scenario/Scenario.ts'

/** One arm of a bridge as PIECES pieces of the same length, from the fork at the nest to the fork at the food. */
export interface Arm {
  /** World units along the arm. */
  readonly length: number
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Where a double bridge lies in its world. All lengths in world units. */
export interface BridgeShape {
  readonly ratio: number
  /** x of nest and food; both, and both forks, are at `middle`. */
  readonly nest: number
  readonly food: number
  readonly forks: readonly [nearNest: number, nearFood: number]
  readonly middle: number
  readonly stem: number
  /** Half the width of a path. */
  readonly lane: number
  /** Left and right for somebody who walks from the nest to the food with y growing to the left. */
  readonly arms: readonly [left: Arm, right: Arm]
}

const PIECES = 96
/** Pieces by which the length of a curve is found. */
const FINE = 384

/**
 * The bridge for a world and a ratio of lengths: right arm / left arm. An arm is the curve h · (1 − u⁴) over
 * −1 ≤ u ≤ 1; both heights together fill the world. `scenario/spaceRelations.ts` refuses a world too flat for its
 * ratio.
 */
export function bridgeShape(width: number, height: number, ratio: number): BridgeShape {
  const span = SPAN * width
  const most = USED * height
  let high = most / 2
  if (ratio > 1) {
    let [low, top] = [most / 2, most]
    for (let k = 0; k < 40; k++) {
      high = (low + top) / 2
      if (curveLength(span, high) < ratio * curveLength(span, most - high)) low = high
      else top = high
    }
  }
  const left = (width - span) / 2
  const middle = (height - most) / 2 + high
  return {
    ratio,
    nest: left / 2,
    food: width - left / 2,
    forks: [left, width - left],
    middle,
    stem: left / 2,
    lane: LANE * width,
    arms: [armOf(left, middle, span, most - high), armOf(left, middle, span, -high)],
  }
}

/** Share of the world's width between the forks, of its height between the arms; half a path of its width. */
const SPAN = 0.6
const USED = 0.84
const LANE = 0.011

const curve = (u: number): number => 1 - u * u * u * u

function curveLength(span: number, high: number): number {
  let length = 0
  let y0 = 0
  for (let i = 1; i <= FINE; i++) {
    const y1 = high * curve((2 * i) / FINE - 1)
    const [dx, dy] = [span / FINE, y1 - y0]
    length += Math.sqrt(dx * dx + dy * dy)
    y0 = y1
  }
  return length
}

/** Walks the fine curve and sets a point after every 1/PIECES of its length. */
function armOf(left: number, middle: number, span: number, high: number): Arm {
  const length = curveLength(span, high)
  const x = new Float64Array(PIECES + 1).fill(left + span)
  const y = new Float64Array(PIECES + 1).fill(middle)
  let walked = 0
  let set = 0
  let [x0, y0] = [left, middle]
  for (let i = 1; i <= FINE; i++) {
    const x1 = left + (i * span) / FINE
    const y1 = middle + high * curve((2 * i) / FINE - 1)
    const d = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0))
    for (let due = (set * length) / PIECES; set < PIECES && due <= walked + d; due = (set * length) / PIECES) {
      const share = (due - walked) / d
      x[set] = x0 + share * (x1 - x0)
      y[set++] = y0 + share * (y1 - y0)
    }
    walked += d
    x0 = x1
    y0 = y1
  }
  return { length, x, y }
}

/** Writes the point `along` an arm and the unit vector of its direction there to `out`: x, y, dx, dy. */
export function pointOn({ length, x, y }: Arm, along: number, out: Float64Array): void {
  const at = Math.max(0, Math.min(1, along / length)) * PIECES
  const piece = Math.min(PIECES - 1, Math.floor(at))
  const [x0, y0] = [x[piece]!, y[piece]!]
  const [dx, dy] = [x[piece + 1]! - x0, y[piece + 1]! - y0]
  const d = Math.sqrt(dx * dx + dy * dy)
  out[0] = x0 + (at - piece) * dx
  out[1] = y0 + (at - piece) * dy
  out[2] = dx / d
  out[3] = dy / d
}

/** Where obstacles lie across an arm: from, to, from, to … along it, one pair an obstacle that reaches the path. */
export function closuresOf(arm: Arm, lane: number, discs: readonly Disc[]): readonly number[] {
  const closed: number[] = []
  for (const { x, y, radius } of discs) {
    const reach = radius + 2 * lane
    let [first, last] = [-1, -1]
    for (let i = 0; i < PIECES; i++) {
      if (distance2(arm.x[i]!, arm.y[i]!, arm.x[i + 1]!, arm.y[i + 1]!, x, y) > reach * reach) continue
      if (first < 0) first = i
      last = i + 1
    }
    if (first >= 0) closed.push((first * arm.length) / PIECES, (last * arm.length) / PIECES)
  }
  return closed
}

/** How far one can go from `along` a straight way of nominal length `length` before an obstacle; 0 inside of one. */
export function roomOnLine(
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  length: number,
  along: number,
  isAhead: boolean,
  lane: number,
  discs: readonly Disc[],
): number {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const true2 = dx * dx + dy * dy
  let room = Infinity
  for (const { x, y, radius } of discs) {
    const reach = radius + lane
    // Shares of the way: the foot of the disc's centre, and half of what the disc covers.
    const foot = ((x - x0) * dx + (y - y0) * dy) / true2
    const across = (x - x0) * dy - (y - y0) * dx
    const off2 = (across * across) / true2
    if (off2 >= reach * reach) continue
    const half = Math.sqrt((reach * reach - off2) / true2)
    const [from, to] = [(foot - half) * length, (foot + half) * length]
    if (from < along && along < to) return 0
    if (isAhead ? along <= from : along >= to) room = Math.min(room, isAhead ? from - along : along - to)
  }
  return room
}

function distance2(x0: number, y0: number, x1: number, y1: number, x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const share = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)))
  const [ex, ey] = [x - x0 - share * dx, y - y0 - share * dy]
  return ex * ex + ey * ey
}

/** Cells that the arms cover: 0 neither, 1 left, 2 right; and how far along the arm each is, 0 … 1. */
export interface ArmCells {
  readonly arm: Uint8Array
  readonly share: Float32Array
}

export function armCells({ arms, lane }: BridgeShape, columns: number, rows: number, cell: number): ArmCells {
  const arm = new Uint8Array(columns * rows)
  const share = new Float32Array(columns * rows)
  const nearest = new Float64Array(columns * rows).fill(Infinity)
  const reach = Math.max(2 * lane, 0.75 * cell)
  const out = new Float64Array(4)
  arms.forEach((way, which) => {
    const samples = Math.ceil((2 * way.length) / cell)
    for (let s = 0; s <= samples; s++) {
      pointOn(way, (s * way.length) / samples, out)
      const [x, y] = [out[0]!, out[1]!]
      for (let r = Math.max(0, Math.floor((y - reach) / cell)); r < rows && r * cell <= y + reach; r++)
        for (let c = Math.max(0, Math.floor((x - reach) / cell)); c < columns && c * cell <= x + reach; c++) {
          const [dx, dy] = [(c + 0.5) * cell - x, (r + 0.5) * cell - y]
          const d2 = dx * dx + dy * dy
          const at = r * columns + c
          if (d2 > reach * reach || d2 >= nearest[at]!) continue
          nearest[at] = d2
          arm[at] = which + 1
          share[at] = s / samples
        }
    }
  })
  return { arm, share }
}
