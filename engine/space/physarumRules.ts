import { cos, PI, sin, TAU } from '../kernel/math.ts'
import { claimOf, contest } from './contest.ts'
import { FLAG, type Space } from './SpaceModel.ts'
import { WALL } from './walls.ts'

/** The columns of a slime mould, as the loops over its agents need them. */
export interface Slime {
  readonly space: Space
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

/**
 * Rows from..to turn by what they smell, and say where they want to be. Returns how many stand where an obstacle is.
 */
export function senseAndAim(slime: Slime, from: number, to: number): number {
  const { space, values, walls, aim, target, word, occupied } = slime
  const { position, heading, status, flags, params, spec, columns, rows } = space
  const { width, height } = spec
  const wraps = spec.edges === 'wrap'
  const inverse = 1 / spec.cell
  const reach = params['sensorOffset'] as number
  const step = params['step'] as number
  const [windX, windY] = space.wind
  const apart = radians(params['sensorAngle'] as number)
  const turn = radians(params['rotation'] as number)
  const [sensorCos, sensorSin, turnCos, turnSin] = [cos(apart), sin(apart), cos(turn), sin(turn)]
  const lastColumn = columns - 1
  const lastRow = rows - 1
  let caught = 0

  const cellAt = (x: number, y: number): number => {
    if (wraps) {
      x = x < 0 ? x + width : x >= width ? x - width : x
      y = y < 0 ? y + height : y >= height ? y - height : y
    } else if (x < 0 || y < 0 || x > width || y > height) return -1
    return Math.min(lastRow, Math.floor(y * inverse)) * columns + Math.min(lastColumn, Math.floor(x * inverse))
  }
  const smell = (x: number, y: number): number => {
    const at = cellAt(x, y)
    return at < 0 ? 0 : values[at]!
  }

  for (let row = from; row < to; row++) {
    if (row === from || (row & 3) === 0) space.draw(words, row >>> 2, PURPOSE.act)
    target[row] = -1
    if (status[row] !== 1) continue
    const bits = (word[row] = words[row & 3]!)
    const at = 3 * row
    const x = position[at]!
    const y = position[at + 1]!
    let hx = heading[at]!
    let hy = heading[at + 1]!
    const own = cellAt(x, y)
    occupied[own] = 1
    if (walls[own] !== WALL.none) caught++
    const flag = flags[row]!
    if ((flag & UNFEELING) === 0) {
      const ax = reach * (sensorCos * hx)
      const ay = reach * (sensorCos * hy)
      const bx = reach * (sensorSin * hx)
      const by = reach * (sensorSin * hy)
      const sign = (flag & FLAG.rogue) === 0 ? 1 : -1
      const ahead = sign * smell(x + reach * hx, y + reach * hy)
      const left = sign * smell(x + ax - by, y + ay + bx)
      const right = sign * smell(x + ax + by, y + ay - bx)
      let side = 0
      if (ahead > left && ahead > right) side = 0
      else if (ahead < left && ahead < right) side = (bits & 1) === 0 ? 1 : -1
      else if (left > right) side = 1
      else if (right > left) side = -1
      if (side !== 0) {
        const tx = turnCos * hx - side * turnSin * hy
        const ty = turnCos * hy + side * turnSin * hx
        const length = Math.sqrt(tx * tx + ty * ty)
        heading[at] = hx = tx / length
        heading[at + 1] = hy = ty / length
      }
    }
    if ((flag & FLAG.stuck) !== 0) continue
    let nx = Math.fround(x + step * hx + windX)
    let ny = Math.fround(y + step * hy + windY)
    if (wraps) {
      nx = Math.fround(nx - width * Math.floor(nx / width))
      ny = Math.fround(ny - height * Math.floor(ny / height))
      if (nx >= width) nx = 0
      if (ny >= height) ny = 0
    }
    const wanted = cellAt(nx, ny)
    if (wanted < 0 || walls[wanted] !== WALL.none) continue
    aim[2 * row] = nx
    aim[2 * row + 1] = ny
    target[row] = wanted
  }
  return caught
}
const UNFEELING = FLAG.blind | FLAG.deaf

/** Rows from..to ask for the cell they want, where it was empty before the step or is their own. */
export function claimCells(slime: Slime, own: (row: number) => number, from: number, to: number): void {
  const { target, word, occupied, claims } = slime
  for (let row = from; row < to; row++) {
    const wanted = target[row]!
    if (wanted < 0) continue
    if (occupied[wanted] === 1 && own(row) !== wanted) target[row] = -1
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
