import { apart } from './edges.ts'
import type { Space } from '../SpaceModel.ts'

/**
 * Bends `wanted` (a unit vector, and it stays one) away from obstacles that lie ahead: those whose surface the body
 * would meet within `ahead` world units, the nearer the more. Away is where their centre is not, at right angles to the
 * heading.
 */
export function steerClear(space: Space, row: number, ahead: number, wanted: Float64Array): void {
  const { obstacles, position, heading, spec } = space
  if (obstacles.length === 0 || ahead === 0) return
  const at = 3 * row
  const hx = heading[at]!
  const hy = heading[at + 1]!
  const hz = heading[at + 2]!
  const wx = wanted[0]!
  const wy = wanted[1]!
  const wz = wanted[2]!
  let bent = false
  for (const { x, y, z, radius } of obstacles) {
    const dx = apart(position[at]!, x, spec.width, spec)
    const dy = apart(position[at + 1]!, y, spec.height, spec)
    const dz = spec.dimensions === 2 || z === undefined ? 0 : apart(position[at + 2]!, z, spec.depth, spec)
    const d = Math.sqrt(dx * dx + dy * dy + dz * dz)
    const gap = d - radius
    const along = dx * hx + dy * hy + dz * hz
    if (gap >= ahead || along <= 0) continue
    // From the path to the centre; a body that would pass clear needs no turn.
    let ax = along * hx - dx
    let ay = along * hy - dy
    let az = along * hz - dz
    const miss = Math.sqrt(ax * ax + ay * ay + az * az)
    if (miss >= radius * CLEARANCE) continue
    if (miss < 1e-3 * radius) {
      ax = -hy
      ay = hx
      az = hx === 0 && hy === 0 ? 1 : 0
    }
    const length = Math.sqrt(ax * ax + ay * ay + az * az)
    const strength = (STRENGTH * (1 - Math.max(0, gap) / ahead)) / length
    wanted[0]! += strength * ax
    wanted[1]! += strength * ay
    wanted[2]! += strength * az
    bent = true
  }
  if (!bent) return
  const length = Math.sqrt(wanted[0]! * wanted[0]! + wanted[1]! * wanted[1]! + wanted[2]! * wanted[2]!)
  // Where both cancel out the wish stands: no direction is none to head for.
  wanted[0] = length < 1e-9 ? wx : wanted[0]! / length
  wanted[1] = length < 1e-9 ? wy : wanted[1]! / length
  wanted[2] = length < 1e-9 ? wz : wanted[2]! / length
}

/** Paths that pass nearer to the centre than this many radii are bent. */
const CLEARANCE = 1.1
/** At the surface, against a wish of length 1. */
const STRENGTH = 3
