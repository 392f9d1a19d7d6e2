import type { SpaceSpec } from '../../scenario/Scenario.ts'

/** Middles of NetLogo's three piles, as parts of the way from the middle of the world to that of its outermost cell. */
const PILES = [
  [0.6, 0],
  [-0.6, -0.6],
  [-0.8, 0.8],
] as const

/** Middles of the piles, the nearest first. */
export const pilePlaces = ({ width, height, cell }: SpaceSpec): readonly (readonly [x: number, y: number])[] =>
  PILES.map(([px, py]) => [width / 2 + (px * (width - cell)) / 2, height / 2 + (py * (height - cell)) / 2])

/** The pile that a place belongs to, 1 … 3 from the nearest; 0 = none. */
export function pileAt(spec: SpaceSpec, radius: number, x: number, y: number): number {
  const found = pilePlaces(spec).findIndex(([px, py]) => (x - px) * (x - px) + (y - py) * (y - py) < radius * radius)
  return found + 1
}
