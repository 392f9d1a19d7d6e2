import { cos, PI, sin, TAU } from '../kernel/math.ts'
import { claimOf, contest } from './contest.ts'
import { FLAG, type Space } from './SpaceModel.ts'
import { WALL } from './walls.ts'

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

/** What a step needs of the parameters. */
interface Habits {
  reach: number
  sensorCos: number
  sensorSin: number
  turnCos: number
  turnSin: number
  step: number
}
const radians = (degrees: number): number => (degrees * PI) / 180
const words = new Uint32Array(4)
const habits: Habits = { reach: 0, sensorCos: 1, sensorSin: 0, turnCos: 1, turnSin: 0, step: 0 }

function learnHabits({ params }: Space): void {
  const apart = radians(params['sensorAngle'] as number)
  const turn = radians(params['rotation'] as number)
  habits.reach = params['sensorOffset'] as number
  habits.sensorCos = cos(apart)
  habits.sensorSin = sin(apart)
  habits.turnCos = cos(turn)
  habits.turnSin = sin(turn)
  habits.step = params['step'] as number
}

/** Rows from..to turn by what they smell, and say where they want to be. Returns how many stand in an obstacle. */
export function senseAndAim(slime: Slime, from: number, to: number): number {
  const { space, ground, walls, target, word, occupied } = slime
  const { position, heading, status, flags } = space
  learnHabits(space)
  let caught = 0
  for (let row = from; row < to; row++) {
    if (row === from || (row & 3) === 0) space.draw(words, row >>> 2, PURPOSE.act)
    target[row] = -1
    if (status[row] !== 1) continue
    word[row] = words[row & 3]!
    const x = position[3 * row]!
    const y = position[3 * row + 1]!
    const own = cellAt(ground, x, y)
    occupied[own] = 1
    if (walls[own] !== WALL.none) caught++
    const flag = flags[row]!
    if ((flag & UNFEELING) === 0) {
      const sign = (flag & FLAG.rogue) === 0 ? 1 : -1
      turn(heading, row, sideOf(slime, x, y, heading[3 * row]!, heading[3 * row + 1]!, sign, word[row]! & 1))
    }
    if ((flag & FLAG.stuck) === 0) aimAt(slime, row, x, y)
  }
  return caught
}
const UNFEELING = FLAG.blind | FLAG.deaf

/** 1 = to the left, −1 = to the right, 0 = straight on: towards the strongest trail of three; Jones 2010. */
function sideOf(
  { ground, values }: Slime,
  x: number,
  y: number,
  hx: number,
  hy: number,
  sign: number,
  coin: number,
): number {
  const { reach, sensorCos, sensorSin } = habits
  const ax = reach * (sensorCos * hx)
  const ay = reach * (sensorCos * hy)
  const bx = reach * (sensorSin * hx)
  const by = reach * (sensorSin * hy)
  const ahead = sign * smell(ground, values, x + reach * hx, y + reach * hy)
  const left = sign * smell(ground, values, x + ax - by, y + ay + bx)
  const right = sign * smell(ground, values, x + ax + by, y + ay - bx)
  if (ahead > left && ahead > right) return 0
  if (ahead < left && ahead < right) return coin === 0 ? 1 : -1
  return left > right ? 1 : right > left ? -1 : 0
}

function smell(ground: Ground, values: Float32Array, x: number, y: number): number {
  const at = cellAt(ground, x, y)
  return at < 0 ? 0 : values[at]!
}

/** The cell of a place at most one width outside the world; −1 where it has none. */
function cellAt(ground: Ground, x: number, y: number): number {
  const { width, height } = ground
  if (ground.wraps) {
    x = x < 0 ? x + width : x >= width ? x - width : x
    y = y < 0 ? y + height : y >= height ? y - height : y
  } else if (x < 0 || y < 0 || x > width || y > height) return -1
  const column = Math.min(ground.lastColumn, (x * ground.inverse) | 0)
  return Math.min(ground.lastRow, (y * ground.inverse) | 0) * ground.columns + column
}

function turn(heading: Float32Array, row: number, side: number): void {
  if (side === 0) return
  const { turnCos, turnSin } = habits
  const hx = heading[3 * row]!
  const hy = heading[3 * row + 1]!
  const x = turnCos * hx - side * turnSin * hy
  const y = turnCos * hy + side * turnSin * hx
  const length = Math.sqrt(x * x + y * y)
  heading[3 * row] = x / length
  heading[3 * row + 1] = y / length
}

/** One step ahead and with the wind, where that is inside the world and outside the obstacles. */
function aimAt({ space, ground, walls, aim, target }: Slime, row: number, x: number, y: number): void {
  const { heading, wind } = space
  const { width, height, wraps } = ground
  let toX = Math.fround(x + habits.step * heading[3 * row]! + wind[0])
  let toY = Math.fround(y + habits.step * heading[3 * row + 1]! + wind[1])
  if (wraps) {
    toX = Math.fround(toX - width * Math.floor(toX / width))
    toY = Math.fround(toY - height * Math.floor(toY / height))
    if (toX >= width) toX = 0
    if (toY >= height) toY = 0
  }
  const wanted = cellAt(ground, toX, toY)
  if (wanted < 0 || walls[wanted] !== WALL.none) return
  aim[2 * row] = toX
  aim[2 * row + 1] = toY
  target[row] = wanted
}

/** The cell that a body stands in. */
export const ownCell = ({ space, ground }: Slime, row: number): number =>
  cellAt(ground, space.position[3 * row]!, space.position[3 * row + 1]!)

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
