import { cos, PI, sin } from '../../kernel/math.ts'
import type { Field } from '../field/field.ts'
import type { Space } from '../SpaceModel.ts'

/** How crawling bodies turn and smell in two dimensions: by whole degrees, counter-clockwise from the x axis. */

const DEGREES = 360
const COS = Float64Array.from({ length: DEGREES }, (_, degree) => cos((degree * PI) / 180))
const SIN = Float64Array.from({ length: DEGREES }, (_, degree) => sin((degree * PI) / 180))

/** An angle's place in the tables; whole degrees, |angle| < 2³¹. */
const placeOf = (degrees: number): number => ((degrees % DEGREES) + DEGREES) % DEGREES

/** A whole number in 0 … n − 1 out of a 32-bit word; n ≤ 2²¹. */
export const below = (n: number, word: number): number => Math.floor((word / 4_294_967_296) * n)

/** Makes a body look to `degrees`. @param at 3 × row */
export function face(heading: Float32Array, at: number, degrees: number): void {
  const angle = placeOf(degrees)
  heading[at] = COS[angle]!
  heading[at + 1] = SIN[angle]!
  heading[at + 2] = 0
}

/** Turns it left by whole degrees; right where they are negative. The heading is made a unit vector again. */
export function turn(heading: Float32Array, at: number, degrees: number): void {
  const angle = placeOf(degrees)
  const [c, s] = [COS[angle]!, SIN[angle]!]
  const x = c * heading[at]! - s * heading[at + 1]!
  const y = s * heading[at]! + c * heading[at + 1]!
  const length = Math.sqrt(x * x + y * y)
  heading[at] = x / length
  heading[at + 1] = y / length
}

/** The cell that lies `reach` world units away, to the left by whole degrees; −1 beyond a wall of the world. */
export function cellAhead(field: Field, space: Space, row: number, degrees: number, reach: number): number {
  const { position, heading } = space
  const at = 3 * row
  const angle = placeOf(degrees)
  const [c, s] = [reach * COS[angle]!, reach * SIN[angle]!]
  const [x, y] = [heading[at]!, heading[at + 1]!]
  return field.cellAt(position[at]! + c * x - s * y, position[at + 1]! + s * x + c * y)
}

/** Whether a step of (dx, dy) stays inside a world with walls; a world that wraps has no outside. */
export function staysInside({ position, spec }: Space, row: number, dx: number, dy: number): boolean {
  if (spec.edges === 'wrap') return true
  const [x, y] = [position[3 * row]! + dx, position[3 * row + 1]! + dy]
  return x >= 0 && x <= spec.width && y >= 0 && y <= spec.height
}
