import { cos, PI, sin, TAU } from '../../kernel/math.ts'
import { claimOf, contest } from './contest.ts'
import { wrapped } from '../motion/edges.ts'
import { FLAG, type Space } from '../SpaceModel.ts'
import { WALL } from '../field/walls.ts'

export interface Ground {
  readonly columns: number
  readonly lastColumn: number
  readonly lastRow: number
  readonly width: number
  readonly height: number
  /** 1 / side of a cell. */
  readonly inverse: number
  readonly wraps: boolean
}

/** The columns of a slime mould, as the loops over its agents need them. */
export interface Slime {
  readonly space: Space
  readonly ground: Ground
  /** The trail; by cell. */
  readonly values: Float32Array
  readonly walls: Uint8Array
  /** By row: the place it wants, the cell of that place or −1, and its random word of this step. */
  readonly aim: Float32Array
  readonly target: Int32Array
  readonly word: Uint32Array
  /** By cell: 1 = somebody was there before the step; and the claim on it that stands. */
  readonly occupied: Uint8Array
  readonly claims: Uint32Array
}

export const PURPOSE = { act: 1, shuffle: 2, food: 3, join: 4 } as const
export const STATE = { waiting: 0, moving: 1 } as const
/** A false trail is so many times as strong as an honest one. */
const ROGUE_FACTOR = 4

/** The bits of a word: the lowest turns, the next twelve look somewhere, the upper twelve decide a contest. */
const DIRECTIONS = 4_096
const COS = Float64Array.from({ length: DIRECTIONS }, (_, k) => cos((k * TAU) / DIRECTIONS))
const SIN = Float64Array.from({ length: DIRECTIONS }, (_, k) => sin((k * TAU) / DIRECTIONS))

/** Makes a body look in one of 4,096 directions. */
export function lookAnywhere(heading: Float32Array, row: number, word: number): void {
  const direction = (word >>> 1) & (DIRECTIONS - 1)
  heading[3 * row] = COS[direction]!
  heading[3 * row + 1] = SIN[direction]!
}

const radians = (degrees: number): number => (degrees * PI) / 180
const words = new Uint32Array(4)
/** Where the sensors are, in the body's own axes: ahead, to the left, to the right. */
const along = new Float64Array(3)
const aside = new Float64Array(3)
const AHEAD = 0
const LEFT = 1
const RIGHT = 2
const smells = new Float64Array(3)

/**
 * Rows from..to draw their words and turn to the strongest trail of three. Source: Jones 2010. In one piece: numbers
 * that a call hands over cost more than the rule.
 */
export function turnRows({ space, ground, values, word }: Slime, from: number, to: number): void {
  const { position, heading, status, flags, params } = space
  const { width, height, inverse, columns, lastColumn, lastRow, wraps } = ground
  placeSensors(params['sensorOffset'] as number, params['sensorAngle'] as number)
  const angle = radians(params['rotation'] as number)
  const [turnCos, turnSin] = [cos(angle), sin(angle)]
  for (let row = from; row < to; row++) {
    if (row === from || (row & 3) === 0) space.draw(words, row >>> 2, PURPOSE.act)
    word[row] = words[row & 3]!
    const flag = flags[row]!
    if (status[row] !== 1 || (flag & UNFEELING) !== 0) continue
    const x = position[3 * row]!
    const y = position[3 * row + 1]!
    const hx = heading[3 * row]!
    const hy = heading[3 * row + 1]!
    for (let k = 0; k < 3; k++) {
      let sx = x + along[k]! * hx - aside[k]! * hy
      let sy = y + along[k]! * hy + aside[k]! * hx
      smells[k] = 0
      if (wraps) {
        // A sensor reaches at most half a world.
        sx = sx < 0 ? sx + width : sx >= width ? sx - width : sx
        sy = sy < 0 ? sy + height : sy >= height ? sy - height : sy
      } else if (sx < 0 || sy < 0 || sx > width || sy > height) continue
      const at = Math.min(lastRow, (sy * inverse) | 0) * columns + Math.min(lastColumn, (sx * inverse) | 0)
      smells[k] = (flag & FLAG.rogue) === 0 ? values[at]! : -values[at]!
    }
    const ahead = smells[AHEAD]!
    const left = smells[LEFT]!
    const right = smells[RIGHT]!
    if (left === right && ahead >= left) continue
    if (ahead > left && ahead > right) continue
    // Weakest in the middle: by chance; else to the stronger side.
    const toLeft = ahead < left && ahead < right ? (word[row]! & 1) === 0 : left > right
    const sine = toLeft ? turnSin : -turnSin
    const tx = turnCos * hx - sine * hy
    const ty = turnCos * hy + sine * hx
    const length = Math.sqrt(tx * tx + ty * ty)
    heading[3 * row] = tx / length
    heading[3 * row + 1] = ty / length
  }
}
const UNFEELING = FLAG.blind | FLAG.deaf

function placeSensors(reach: number, degrees: number): void {
  const angle = radians(degrees)
  along[AHEAD] = reach
  aside[AHEAD] = 0
  along[LEFT] = along[RIGHT] = reach * cos(angle)
  aside[LEFT] = reach * sin(angle)
  aside[RIGHT] = -aside[LEFT]
}

/**
 * Rows from..to say where they are and where they want to be: one step ahead and with the wind, where that is inside
 * the world and outside the obstacles. Returns how many stand in an obstacle.
 */
export function aimRows({ space, ground, walls, aim, target, occupied }: Slime, from: number, to: number): number {
  const { position, heading, status, flags, params, wind } = space
  const { width, height, wraps } = ground
  const step = params['step'] as number
  const [windX, windY] = wind
  let caught = 0
  for (let row = from; row < to; row++) {
    target[row] = -1
    if (status[row] !== 1) continue
    const x = position[3 * row]!
    const y = position[3 * row + 1]!
    const own = cellIn(ground, x, y)
    occupied[own] = 1
    if (walls[own] !== WALL.none) caught++
    if ((flags[row]! & FLAG.stuck) !== 0) continue
    let toX = Math.fround(x + step * heading[3 * row]! + windX)
    let toY = Math.fround(y + step * heading[3 * row + 1]! + windY)
    if (toX < 0 || toX >= width || toY < 0 || toY >= height) {
      if (!wraps) continue
      toX = wrapped(toX, width)
      toY = wrapped(toY, height)
    }
    const wanted = cellIn(ground, toX, toY)
    if (walls[wanted] !== WALL.none) continue
    aim[2 * row] = toX
    aim[2 * row + 1] = toY
    target[row] = wanted
  }
  return caught
}

/** The cell of a place inside the world. */
const cellIn = ({ columns, lastColumn, lastRow, inverse }: Ground, x: number, y: number): number =>
  Math.min(lastRow, (y * inverse) | 0) * columns + Math.min(lastColumn, (x * inverse) | 0)

/** The cell that a body stands in. */
export const ownCell = ({ space, ground }: Slime, row: number): number =>
  cellIn(ground, space.position[3 * row]!, space.position[3 * row + 1]!)

/** Rows from..to ask for the cell they want, where it was empty before the step or is their own. */
export function claimCells(slime: Slime, from: number, to: number): void {
  const { target, word, occupied, claims } = slime
  for (let row = from; row < to; row++) {
    const wanted = target[row]!
    if (wanted < 0) continue
    if (occupied[wanted] === 1 && ownCell(slime, row) !== wanted) target[row] = -1
    else contest(claims, wanted, claimOf(word[row]!, row))
  }
}

/** Who holds the claim on a cell goes there and deposits; who does not looks anywhere. Returns how many moved. */
export function moveRows(slime: Slime, from: number, to: number): number {
  const { space, values, aim, target, word, claims } = slime
  const { position, heading, speed, state, status, flags, params } = space
  const step = params['step'] as number
  const deposit = params['deposit'] as number
  let moves = 0
  for (let row = from; row < to; row++) {
    if (status[row] !== 1) continue
    const wanted = target[row]!
    if (wanted < 0 || claims[wanted] !== claimOf(word[row]!, row)) {
      speed[row] = 0
      state[row] = STATE.waiting
      if ((flags[row]! & FLAG.stuck) === 0) lookAnywhere(heading, row, word[row]!)
      continue
    }
    position[3 * row] = aim[2 * row]!
    position[3 * row + 1] = aim[2 * row + 1]!
    speed[row] = step
    state[row] = STATE.moving
    // Nobody else has this cell, so nobody else writes it.
    values[wanted] = values[wanted]! + ((flags[row]! & FLAG.rogue) === 0 ? deposit : ROGUE_FACTOR * deposit)
    moves++
  }
  return moves
}
