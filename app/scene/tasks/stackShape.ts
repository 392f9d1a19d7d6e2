import { HEAD } from '../layout/Layout.ts'

/** Tasks shown one by one; of more, the lowest box stands for all that are not shown. */
export const BOXES = 12
/** More agents than this show their queue as one column each. */
export const STACKS_AGENTS_MAX = 160
/** Of a plain major agent, world units: as its log would be. */
const SLICE = 0.36
const WIDTH = 1.2
/** Of a small agent, in its radii. */
const SMALL_SLICE = 0.5
const SMALL_WIDTH = 1.5
/** A column of one box: so high for each doubling of what is held, in slices. */
const DOUBLING = 1.6

/** Height of the lowest box, in slices, where it stands for `rest` tasks: it grows with their logarithm. */
export const blockSlices = (rest: number): number => (rest <= 1 ? 1 : Math.min(5, 1 + 0.6 * Math.log2(rest)))

/** How many tasks the lowest box stands for. */
export const restOf = (held: number): number => Math.max(1, held - BOXES + 1)

/** Height of a whole stack in slices, box by box or as one column. */
export function stackSlices(held: number, boxes: boolean): number {
  if (held <= 0) return 0
  if (!boxes) return DOUBLING * Math.log2(1 + held)
  return Math.min(held, BOXES) - 1 + blockSlices(restOf(held))
}

/** Height of one slice and width of a box at an agent of this radius (negative = major), world units. */
export function boxOf(radius: number): { slice: number; width: number } {
  if (radius >= 0) return { slice: SMALL_SLICE * radius, width: SMALL_WIDTH * radius }
  const scale = -radius / HEAD.radius
  return { slice: SLICE * scale, width: WIDTH * scale }
}

/** The highest that a stack grows, in slices: what the camera leaves room for. */
export const STACK_TOP = 5
