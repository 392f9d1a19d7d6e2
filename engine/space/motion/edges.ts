import type { SpaceSpec } from '../../scenario/Scenario.ts'

/**
 * Places are kept as f32, and rounding must not carry them out of the world: what a wrapped side rounds to its end is
 * at its beginning.
 * @returns an f32 in 0 ≤ x < side; NaN and infinities as NaN, so that the run stops by name.
 */
export function wrapped(x: number, side: number): number {
  const inside = Math.fround(x - Math.floor(x / side) * side)
  // A quotient that rounds up to a whole number leaves a little less than nothing.
  return inside >= side || inside < 0 ? 0 : inside
}

/** The middle of a cell along one axis; of one that reaches over the edge of the world, of what lies inside. */
export function middleOf(index: number, cell: number, side: number): number {
  const middle = (index + 0.5) * cell
  return middle < side ? middle : Math.min(floor32(side), (index * cell + side) / 2)
}

/** The largest f32 that is not beyond `side`. */
export function floor32(side: number): number {
  const near = Math.fround(side)
  return near <= side ? near : Math.fround(near - near * HALF_ULP)
}

/** 2⁻²⁴: between half and all of the distance to the next f32 below, in proportion. */
const HALF_ULP = 5.960_464_477_539_063e-8

/** From a to b along a side: round the seam of a wrapped world where that is shorter. */
export function apart(a: number, b: number, side: number, { edges }: SpaceSpec): number {
  const d = b - a
  if (edges !== 'wrap') return d
  return d > side / 2 ? d - side : d < -side / 2 ? d + side : d
}
