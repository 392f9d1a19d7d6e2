import { cos, sin } from '../kernel/math.ts'
import type { Column, Space } from '../space/SpaceModel.ts'

/**
 * |Σ e^{iθ}| / N over the bodies that are up (Kuramoto's order parameter): θ by the model's column of phases, in
 * radians, or where there is none the direction in which a body looks over the ground. 0 where nobody is up.
 */
export function synchronyOf({ heading, status, count }: Space, phase: Column | null): number {
  let [n, x, y] = [0, 0, 0]
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1) continue
    n++
    if (phase !== null) {
      x += cos(phase[row]!)
      y += sin(phase[row]!)
      continue
    }
    const hx = heading[3 * row]!
    const hy = heading[3 * row + 1]!
    const length = Math.sqrt(hx * hx + hy * hy)
    if (length === 0) continue // straight up: no direction over the ground
    x += hx / length
    y += hy / length
  }
  return n === 0 ? 0 : Math.sqrt(x * x + y * y) / n
}

/** Share of the fuller of the two fullest groups among those two; ½ where nobody is up. */
export function largerShareOf({ group, status, count }: Space): number {
  groupSizes.fill(0)
  for (let row = 0; row < count; row++) if (status[row] === 1) groupSizes[group[row]!]!++
  let [first, second] = [0, 0]
  for (const size of groupSizes) {
    if (size > first) [first, second] = [size, first]
    else if (size > second) second = size
  }
  return first + second === 0 ? 0.5 : first / (first + second)
}
const groupSizes = new Uint32Array(256)
