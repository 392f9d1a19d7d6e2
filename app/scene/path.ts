/** How links end and bend; the shaders get the same two numbers as uTrim and uArc. */
export interface PathShape {
  /** A major agent's plate rim, in its radii. */
  readonly trim: number
  /** Rise of an arc between two majors over half their distance. */
  readonly arc: number
}

/**
 * Point at `t` (0..1) of the path from agent a to agent b; `GLSL_PATH` is the same on the card.
 * @param places 4·n: x, y, z, radius (negative = major). Read only.
 * @param out xyz, written.
 */
export function pathPoint(
  places: Float32Array,
  shape: PathShape,
  a: number,
  b: number,
  t: number,
  out: Float32Array,
): void {
  const i = 4 * a
  const j = 4 * b
  const ra = places[i + 3]!
  const rb = places[j + 3]!
  const dx = places[j]! - places[i]!
  const dy = places[j + 1]! - places[i + 1]!
  const dz = places[j + 2]! - places[i + 2]!
  const length = Math.max(Math.sqrt(dx * dx + dy * dy + dz * dz), 1e-4)
  const trimA = ra < 0 ? -ra * shape.trim : ra
  const trimB = rb < 0 ? -rb * shape.trim : rb
  const room = Math.max(length - trimA - trimB, 0.1 * length)
  const s = Math.min(trimA, 0.45 * length) / length + (t * room) / length
  const rise = ra < 0 && rb < 0 ? 0.5 * length * shape.arc : 0
  out[0] = places[i]! + dx * s
  out[1] = places[i + 1]! + dy * s + rise * 4 * t * (1 - t)
  out[2] = places[i + 2]! + dz * s
}

/**
 * Where on its way a message of this fate ends, 0..1: lost ones midway (spread by `spread` 0..1), blocked ones at the
 * cut.
 */
export function endOf(fate: string, spread: number): number {
  if (fate === 'lost') return 0.38 + 0.24 * spread
  if (fate === 'blocked' || fate === 'dropped') return 0.5
  return 1
}
