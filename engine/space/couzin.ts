import { cbrt, cos, inverseNormal, PI, sin, TAU } from '../kernel/math.ts'
import { unit } from '../kernel/philox.ts'
import { centreOf } from './centre.ts'
import { apart, wrapped } from './edges.ts'
import { moveBody } from './moveBody.ts'
import { FLAG, rowsOf, type BoundModel, type Figures, type Part, type Space, type SpaceModel } from './SpaceModel.ts'
import { steerClear } from './steerClear.ts'
import { turnTowards } from './turnTowards.ts'

/**
 * Zones of repulsion, orientation and attraction, all bodies at once: everybody looks at the same moment, turns, and
 * goes on in the new direction. Distances by the nearest image; the original's world has no edges.
 * Source: Couzin, Krause, James, Ruxton, Franks, "Collective memory and spatial sorting in animal groups", J. Theor.
 * Biol. 218, 2002. Each sum is brought to length 1 before the two are added (`sums: 'raw'` does not).
 */
export const couzin: SpaceModel = {
  kind: 'couzin',
  groups: () => ['animals'],
  states: ['sees nobody', 'keeps its distance', 'aligns', 'approaches', 'aligns and approaches'],
  layers: [],
  arrays: (_spec, capacity) => ({ turned: { type: 'f32', length: 3 * capacity, keep: false } }),
  bind: (space) => new Couzin(space),
}
const STATE = { alone: 0, repelled: 1, aligns: 2, approaches: 3, both: 4 } as const
/** Questions for `draw`. */
const DRAW = { start: 0, heading: 1, noise: 2 } as const

/** Sums over the neighbours that a body notices, and how many; overwritten by every look. */
interface Seen {
  repulsion: Float64Array
  orientation: Float64Array
  attraction: Float64Array
  near: number
  level: number
  far: number
}

class Couzin implements BoundModel {
  readonly phases = [(part: Part) => this.turn(part), (part: Part) => this.move(part)]
  private readonly turned: Float32Array
  private readonly words = new Uint32Array(4)
  private readonly wanted = new Float64Array(3)
  private readonly seen: Seen = {
    repulsion: new Float64Array(3),
    orientation: new Float64Array(3),
    attraction: new Float64Array(3),
    near: 0,
    level: 0,
    far: 0,
  }

  constructor(private readonly space: Space) {
    this.turned = space.array('turned') as Float32Array
  }

  begin(): void {
    const { width, height, depth } = this.space.spec
    for (let row = 0; row < this.space.count; row++) this.put(row, width / 2, height / 2, depth / 2)
  }

  /** Joins round the first body that is up. */
  spawn(row: number): void {
    const { position, status, count, spec } = this.space
    let host = 0
    while (host < count && (host === row || status[host] !== 1)) host++
    if (host < count) this.put(row, position[3 * host]!, position[3 * host + 1]!, position[3 * host + 2]!)
    else this.put(row, spec.width / 2, spec.height / 2, spec.depth / 2)
  }

  /** Uniform in the ball (disc) of the start radius about a place, looking anywhere. */
  private put(row: number, x: number, y: number, z: number): void {
    const { space, words, wanted } = this
    const { position, heading, speed, spec } = space
    const isFlat = spec.dimensions === 2
    space.draw(words, row, DRAW.start)
    const far = unit(words[0]!)
    const r = (space.params['startRadius'] as number) * (isFlat ? Math.sqrt(far) : cbrt(far))
    direction(words[1]!, words[2]!, isFlat, wanted)
    position[3 * row] = wrapped(x + r * wanted[0]!, spec.width)
    position[3 * row + 1] = wrapped(y + r * wanted[1]!, spec.height)
    position[3 * row + 2] = isFlat ? 0 : wrapped(z + r * wanted[2]!, spec.depth)
    space.draw(words, row, DRAW.heading)
    direction(words[1]!, words[2]!, isFlat, wanted)
    for (let axis = 0; axis < 3; axis++) heading[3 * row + axis] = wanted[axis]!
    speed[row] = this.stepLength()
  }

  private stepLength(): number {
    return ((this.space.params['speedPerSecond'] as number) * this.space.spec.stepUs) / 1_000_000
  }

  /** Reads positions and headings of all, writes `turned` and `state` of its own rows. */
  private turn(part: Part): void {
    const { space, turned, wanted, words } = this
    const { heading, status, flags, spec, params } = space
    const most = ((params['turnPerSecond'] as number) * spec.stepUs * PI) / 180_000_000
    const cosMost = cos(Math.min(PI, most))
    const sinMost = sin(Math.min(PI, most))
    const noise = params['noiseRad'] as number
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (status[row] !== 1) continue
      this.want(row)
      if ((flags[row]! & FLAG.blind) === 0) steerClear(space, row, params['lookAhead'] as number, wanted)
      space.draw(words, row, DRAW.noise)
      jitter(wanted, noise, words, spec.dimensions === 2)
      turnTowards(heading, turned, 3 * row, wanted, cosMost, sinMost)
    }
  }

  /** Leaves in `wanted` the unit vector that a body would like to head for. Writes its state. */
  private want(row: number): void {
    const { space, seen, wanted } = this
    const { heading, state, flags, params } = space
    this.look(row)
    const { repulsion, orientation, attraction } = seen
    // Against the others: rogues head the other way, and are seen to.
    const sense = (flags[row]! & FLAG.rogue) === 0 ? 1 : -1
    if (seen.near > 0) {
      state[row] = STATE.repelled
      for (let axis = 0; axis < 3; axis++) wanted[axis] = repulsion[axis]!
    } else {
      if (params['sums'] === 'unit') {
        toUnit(orientation)
        toUnit(attraction)
      }
      for (let axis = 0; axis < 3; axis++) wanted[axis] = sense * orientation[axis]! + attraction[axis]!
      state[row] =
        seen.level > 0 ? (seen.far > 0 ? STATE.both : STATE.aligns) : seen.far > 0 ? STATE.approaches : STATE.alone
    }
    if (!toUnit(wanted)) for (let axis = 0; axis < 3; axis++) wanted[axis] = heading[3 * row + axis]!
  }

  /** Sums over the zones of one body, other bodies by rows ascending. */
  private look(row: number): void {
    const { seen, space } = this
    const { repulsion, orientation, attraction } = seen
    repulsion.fill(0)
    orientation.fill(0)
    attraction.fill(0)
    seen.near = seen.level = seen.far = 0
    const { position, heading, status, flags, count, params, spec } = space
    if ((flags[row]! & FLAG.blind) !== 0) return
    const isDeaf = (flags[row]! & FLAG.deaf) !== 0
    const r = params['repulsionRadius'] as number
    const o = r + (params['orientationWidth'] as number)
    const a = o + (params['attractionWidth'] as number)
    // Whoever is further than half the field of view from straight ahead goes unnoticed, but not at arm's length.
    const behind = cos(((params['fieldOfView'] as number) / 360) * PI)
    const at = 3 * row
    const [x, y, z] = [position[at]!, position[at + 1]!, position[at + 2]!]
    const [hx, hy, hz] = [heading[at]!, heading[at + 1]!, heading[at + 2]!]
    for (let other = 0; other < count; other++) {
      if (other === row || status[other] !== 1) continue
      const dx = apart(x, position[3 * other]!, spec.width, spec)
      const dy = apart(y, position[3 * other + 1]!, spec.height, spec)
      const dz = apart(z, position[3 * other + 2]!, spec.depth, spec)
      const d2 = dx * dx + dy * dy + dz * dz
      if (d2 === 0 || d2 >= a * a) continue
      const d = Math.sqrt(d2)
      if (d < r) {
        seen.near++
        add(repulsion, -dx / d, -dy / d, -dz / d)
      } else if (dx * hx + dy * hy + dz * hz < behind * d) continue
      else if (d >= o) {
        seen.far++
        add(attraction, dx / d, dy / d, dz / d)
      } else if (!isDeaf) {
        seen.level++
        add(orientation, heading[3 * other]!, heading[3 * other + 1]!, heading[3 * other + 2]!)
      }
    }
  }

  /** Reads and writes its own rows only. */
  private move(part: Part): void {
    const { space, turned } = this
    const { heading, speed, status, flags, wind } = space
    const length = this.stepLength()
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (status[row] !== 1) continue
      const at = 3 * row
      for (let axis = 0; axis < 3; axis++) heading[at + axis] = turned[at + axis]!
      const isStuck = (flags[row]! & FLAG.stuck) !== 0
      speed[row] = isStuck ? 0 : length
      if (isStuck) continue
      const [dx, dy, dz] = [length * turned[at]!, length * turned[at + 1]!, length * turned[at + 2]!]
      moveBody(space, row, dx + wind[0], dy + wind[1], dz + wind[2])
    }
  }

  /** Group polarisation p = |Σ v̂| / N and group angular momentum m = |Σ r̂ × v̂| / N about the centre of mass. */
  measure(into: Figures): void {
    const { space } = this
    const { position, heading, status, count, spec } = space
    const centre = new Float64Array(3)
    const p = new Float64Array(3)
    const m = new Float64Array(3)
    centreOf(space, centre)
    let n = 0
    for (let at = 0; at < 3 * count; at += 3) {
      if (status[at / 3] !== 1) continue
      n++
      const [vx, vy, vz] = [heading[at]!, heading[at + 1]!, heading[at + 2]!]
      add(p, vx, vy, vz)
      const x = apart(centre[0]!, position[at]!, spec.width, spec)
      const y = apart(centre[1]!, position[at + 1]!, spec.height, spec)
      const z = apart(centre[2]!, position[at + 2]!, spec.depth, spec)
      const r = Math.sqrt(x * x + y * y + z * z)
      if (r > 0) add(m, (y * vz - z * vy) / r, (z * vx - x * vz) / r, (x * vy - y * vx) / r)
    }
    into['groupPolarisation'] = n === 0 ? 0 : lengthOf(p) / n
    into['groupMomentum'] = n === 0 ? 0 : lengthOf(m) / n
  }

  sense(row: number): { [name: string]: number } {
    this.look(row)
    const { near, level, far } = this.seen
    return { 'Keeps its distance from': near, 'Aligns with': level, 'Drawn to': far }
  }
}

const lengthOf = (v: Float64Array): number => Math.sqrt(v[0]! * v[0]! + v[1]! * v[1]! + v[2]! * v[2]!)

function add(sum: Float64Array, x: number, y: number, z: number): void {
  sum[0]! += x
  sum[1]! += y
  sum[2]! += z
}

/** Brings v to length 1. False where it has no direction to speak of. */
function toUnit(v: Float64Array): boolean {
  const length = lengthOf(v)
  if (length < 1e-9) return false
  for (let axis = 0; axis < 3; axis++) v[axis]! /= length
  return true
}

/** A uniform direction from two words: on the circle by one, on the sphere by height and azimuth. */
function direction(height: number, azimuth: number, isFlat: boolean, out: Float64Array): void {
  const z = isFlat ? 0 : 2 * unit(height) - 1
  const flat = Math.sqrt(1 - z * z)
  const angle = TAU * unit(azimuth)
  out[0] = flat * cos(angle)
  out[1] = flat * sin(angle)
  out[2] = z
}

/** Turns the unit vector v by an angle N(0, sigma), in the plane or about a uniform axis at right angles to v. */
function jitter(v: Float64Array, sigma: number, words: Uint32Array, isFlat: boolean): void {
  if (sigma === 0) return
  const angle = sigma * inverseNormal((words[0]! + 0.5) / 4_294_967_296)
  const [x, y, z] = [v[0]!, v[1]!, v[2]!]
  const c = cos(angle)
  const s = sin(angle)
  if (isFlat) {
    v[0] = c * x - s * y
    v[1] = s * x + c * y
    return
  }
  // Two unit vectors at right angles to v and to each other, from the axis that v is furthest from.
  const [ex, ey, ez] = Math.abs(x) < 0.6 ? [0, z, -y] : [-z, 0, x]
  const e = Math.sqrt(ex * ex + ey * ey + ez * ez)
  const azimuth = TAU * unit(words[1]!)
  const along = (s * cos(azimuth)) / e
  const across = (s * sin(azimuth)) / e
  v[0] = c * x + along * ex + across * (y * ez - z * ey)
  v[1] = c * y + along * ey + across * (z * ex - x * ez)
  v[2] = c * z + along * ez + across * (x * ey - y * ex)
}
