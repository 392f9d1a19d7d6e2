/** How links end and bend; the shaders get the same numbers as uTrim, uArc and uWrap. */
export interface PathShape {
  /** A major agent's plate rim, in its radii. */
  readonly trim: number
  /** Rise of an arc between two majors over half their distance. */
  readonly arc: number
  /** Size of a sheet whose edges meet, x and z; 0, 0: plain ground. */
  readonly wrap: readonly [number, number]
}
export const PLAIN_GROUND = [0, 0] as const

/** The same way over the edge, where that is shorter: a torus has no long links. */
export const around = (d: number, size: number): number =>
  size > 0 && Math.abs(d) > 0.5 * size ? d - Math.sign(d) * size : d

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
  const dx = around(places[j]! - places[i]!, shape.wrap[0])
  const dy = places[j + 1]! - places[i + 1]!
  const dz = around(places[j + 2]! - places[i + 2]!, shape.wrap[1])
  const length = Math.max(Math.sqrt(dx * dx + dy * dy + dz * dz), 1e-4)
  const trimA = ra < 0 ? -ra * shape.trim : ra
  const trimB = rb < 0 ? -rb * shape.trim : rb
  const room = Math.max(length - trimA - trimB, 0.1 * length)
  const s = Math.min(trimA, 0.45 * length) / length + (t * room) / length
  const rise = ra < 0 && rb < 0 ? 0.5 * length * shape.arc : 0
  // Over an edge the first half leaves here, the second comes in at the other side.
  const left = s > 0.5
  out[0] = left ? places[j]! - dx * (1 - s) : places[i]! + dx * s
  out[1] = places[i + 1]! + dy * s + rise * 4 * t * (1 - t)
  out[2] = left ? places[j + 2]! - dz * (1 - s) : places[i + 2]! + dz * s
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
