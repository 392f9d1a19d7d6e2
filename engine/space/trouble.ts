import { rowsOf, type Column, type Part, type Space } from './SpaceModel.ts'

/** A value that must not be: the place of its state column, and its place in it. */
export interface Trouble {
  readonly column: number
  readonly at: number
}

/**
 * The first value of this part that is not finite, or position outside the world; null where all are well. A model that
 * brings forth such a value is wrong, or was given parameters that no bound caught.
 */
export function troubleIn(space: Space & { readonly kept: readonly Column[] }, part: Part): Trouble | null {
  for (let column = 0; column < space.kept.length; column++) {
    const values = space.kept[column]!
    if (!(values instanceof Float32Array || values instanceof Float64Array)) continue
    const [from, to] = rowsOf(part, usedOf(space, values))
    // x − x is 0 for every finite x and NaN for all others, and NaN stays NaN in a sum.
    let sum = 0
    for (let i = from; i < to; i++) sum += values[i]! - values[i]!
    if (sum === 0) continue
    for (let i = from; i < to; i++) if (values[i]! - values[i]! !== 0) return { column, at: i }
  }
  return strayIn(space, part)
}

/** Values of a column that mean something: of the bodies' own columns those of ids given out, of others all. */
function usedOf({ position, heading, speed, count }: Space, values: Column): number {
  if (values === position || values === heading) return 3 * count
  return values === speed ? count : values.length
}

function strayIn({ position, count, spec }: Space, part: Part): Trouble | null {
  const { width, height, depth } = spec
  const [from, to] = rowsOf(part, count)
  for (let row = from; row < to; row++) {
    const at = 3 * row
    const x = position[at]!
    const y = position[at + 1]!
    const z = position[at + 2]!
    if (x < 0 || x > width) return { column: 0, at }
    if (y < 0 || y > height) return { column: 0, at: at + 1 }
    if (z < 0 || z > depth) return { column: 0, at: at + 2 }
  }
  return null
}
