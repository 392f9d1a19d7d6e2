import type { SpaceSpec } from '../scenario/Scenario.ts'

/** Middles of NetLogo's three piles, as parts of the way from the middle of the world to that of its outermost cell. */
const PILES = [
  [0.6, 0],
  [-0.6, -0.6],
  [-0.8, 0.8],
] as const

/** The pile that a place belongs to, 1 … 3 from the nearest; 0 = none. */
export function pileAt({ width, height, cell }: SpaceSpec, radius: number, x: number, y: number): number {
  const found = PILES.findIndex(([px, py]) => {
    const dx = x - width / 2 - (px * (width - cell)) / 2
    const dy = y - height / 2 - (py * (height - cell)) / 2
    return dx * dx + dy * dy < radius * radius
  })
  return found + 1
}
