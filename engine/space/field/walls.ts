import type { Disc } from '../../scenario/Scenario.ts'

/** What `walls` says of a cell. */
export const WALL = {
  none: 0,
  /** Only a part of it lies in an obstacle: scents spread there, a body there may be inside. */
  partly: 1,
  /** Its centre lies in one: no scent enters. */
  solid: 2,
} as const

export interface Lattice {
  readonly columns: number
  readonly rows: number
  /** Side of a cell, world units. */
  readonly cell: number
  readonly width: number
  readonly height: number
  readonly wraps: boolean
}

/** The shortest way from one coordinate to another where the world wraps: −side/2 … side/2. */
export const nearestImage = (d: number, side: number): number => d - side * Math.round(d / side)

/**
 * Writes the cells of rows from..to of `walls`, each once: workers may all write the same at the same time. A cell
 * whose centre is at most a radius from a disc's centre is solid, one that the disc touches otherwise partly covered.
 */
export function rasterise(walls: Uint8Array, lattice: Lattice, discs: readonly Disc[], from: number, to: number): void {
  const { columns, cell, width, height, wraps } = lattice
  for (let row = from; row < to; row++) {
    const y = (row + 0.5) * cell
    const near = discs.filter((disc) => Math.abs(apart(y - disc.y, height, wraps)) <= disc.radius + cell)
    const start = row * columns
    if (near.length === 0) walls.fill(WALL.none, start, start + columns)
    else
      for (let column = 0; column < columns; column++) {
        const x = (column + 0.5) * cell
        let most: number = WALL.none
        for (const disc of near) {
          const dx = apart(x - disc.x, width, wraps)
          most = Math.max(most, coverOf(dx, apart(y - disc.y, height, wraps), cell / 2, disc.radius))
        }
        walls[start + column] = most
      }
  }
}

const apart = (d: number, side: number, wraps: boolean): number => (wraps ? nearestImage(d, side) : d)

function coverOf(dx: number, dy: number, half: number, radius: number): number {
  if (dx * dx + dy * dy <= radius * radius) return WALL.solid
  // The point of the cell that is nearest to the disc's centre.
  const nx = Math.max(0, Math.abs(dx) - half)
  const ny = Math.max(0, Math.abs(dy) - half)
  return nx * nx + ny * ny <= radius * radius ? WALL.partly : WALL.none
}
