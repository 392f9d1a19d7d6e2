import { cbrt, cos, PI, sin } from '../../kernel/math.ts'
import { unit } from '../../kernel/philox.ts'
import { forget, lookRound, nothingSeen, type Zones } from './couzinZones.ts'
import { jitter, randomDirection, toUnit, turnTowards } from '../motion/directions.ts'
import { wrapped } from '../motion/edges.ts'
import { moveBody } from '../motion/moveBody.ts'
import { FLAG, rowsOf, type BoundModel, type Part, type Senses, type Space, type SpaceModel } from '../SpaceModel.ts'
import { steerClear } from '../motion/steerClear.ts'

/**
 * Zones of repulsion, orientation and attraction. All bodies at once: everybody looks, turns as far as it can in one
 * step, and goes on in the new direction. Repulsion comes first; else the sums of the two other zones are brought to
 * length 1 each and added (`sums: 'raw'` adds them as they are). Distances by the nearest image: the original's world
 * has no edges.
 * Source: Couzin, Krause, James, Ruxton, Franks, "Collective memory and spatial sorting in animal groups", J. Theor.
 * Biol. 218, 2002.
 */
export const couzin: SpaceModel = {
  kind: 'couzin',
  groups: () => ['animals'],
  states: ['aligns and approaches', 'approaches', 'aligns', 'keeps its distance', 'sees nobody'],
  layers: [],
  arrays: (_spec, capacity) => ({ turned: { type: 'f32', length: 3 * capacity, keep: false } }),
  bind: (space) => new Couzin(space),
}
const STATE = { both: 0, approaches: 1, aligns: 2, repelled: 3, alone: 4 } as const
/** Questions for `draw`. */
const DRAW = { place: 0, heading: 1, noise: 2 } as const

class Couzin implements BoundModel {
  readonly phases = [(part: Part) => this.turn(part), (part: Part) => this.move(part)]
  private readonly turned: Float32Array
  private readonly words = new Uint32Array(4)
  private readonly wanted = new Float64Array(3)
  private readonly seen = nothingSeen()
  private readonly zones: Zones = { repulsion: 0, orientation: 0, attraction: 0, cosBehind: 0 }

  constructor(private readonly space: Space) {
    this.turned = space.array('turned') as Float32Array
  }

  begin(): void {
    const { width, height, depth } = this.space.spec
    for (let row = 0; row < this.space.count; row++) this.put(row, width / 2, height / 2, depth / 2)
  }

  /** Joins near the first body that is up; of those who join with it, only the ones before it have a place yet. */
  spawn(row: number): void {
    const { position, status, spec } = this.space
    let host = 0
    while (host < row && status[host] !== 1) host++
    if (host < row) this.put(row, position[3 * host]!, position[3 * host + 1]!, position[3 * host + 2]!)
    else this.put(row, spec.width / 2, spec.height / 2, spec.depth / 2)
  }

  /** Uniform in the ball (disc) of the start radius about a place, looking anywhere. */
  private put(row: number, x: number, y: number, z: number): void {
    const { space, words, wanted } = this
    const { position, heading, speed, state, spec } = space
    const isFlat = spec.dimensions === 2
    space.draw(words, row, DRAW.place)
    const share = unit(words[0]!)
    const r = (space.params['startRadius'] as number) * (isFlat ? Math.sqrt(share) : cbrt(share))
    randomDirection(words[1]!, words[2]!, isFlat, wanted)
    const at = 3 * row
    position[at] = wrapped(x + r * wanted[0]!, spec.width)
    position[at + 1] = wrapped(y + r * wanted[1]!, spec.height)
    position[at + 2] = isFlat ? 0 : wrapped(z + r * wanted[2]!, spec.depth)
    space.draw(words, row, DRAW.heading)
    randomDirection(words[0]!, words[1]!, isFlat, wanted)
    heading.set(wanted, at)
    speed[row] = this.stepLength()
    state[row] = STATE.alone
  }

  private stepLength(): number {
    return ((this.space.params['speedPerSecond'] as number) * this.space.spec.stepUs) / 1_000_000
  }

  /** Reads positions and headings of all, writes `turned` and `state` of its own rows. */
  private turn(part: Part): void {
    const { space, turned, wanted, words } = this
    const { heading, status, flags, spec, params } = space
    const mostRad = Math.min(PI, ((params['turnPerSecond'] as number) * spec.stepUs * PI) / 180_000_000)
    const cosMost = cos(mostRad)
    const sinMost = sin(mostRad)
    const noiseRad = params['noiseRad'] as number
    const ahead = params['lookAhead'] as number
    const isFlat = spec.dimensions === 2
    this.readZones()
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (status[row] !== 1) continue
      this.want(row)
      if ((flags[row]! & FLAG.blind) === 0) steerClear(space, row, ahead, wanted)
      space.draw(words, row, DRAW.noise)
      jitter(wanted, noiseRad, words[0]!, words[1]!, isFlat)
      turnTowards(heading, turned, 3 * row, wanted, cosMost, sinMost)
    }
  }

  /** Leaves in `wanted` the unit vector that a body would like to head for. Writes its state. */
  private want(row: number): void {
    const { space, seen, wanted } = this
    const { heading, state, flags, params } = space
    this.look(row)
    const { repulsion, orientation, attraction } = seen
    if (seen.near > 0) {
      state[row] = STATE.repelled
      wanted.set(repulsion)
    } else {
      if (params['sums'] === 'unit') {
        toUnit(orientation)
        toUnit(attraction)
      }
      // Against the others: a rogue stays with them, and heads the other way.
      const sense = (flags[row]! & FLAG.rogue) === 0 ? 1 : -1
      for (let axis = 0; axis < 3; axis++) wanted[axis] = sense * orientation[axis]! + attraction[axis]!
      state[row] = seen.level === 0 ? (seen.far === 0 ? STATE.alone : STATE.approaches) : alignedState(seen.far)
    }
    if (!toUnit(wanted)) for (let axis = 0; axis < 3; axis++) wanted[axis] = heading[3 * row + axis]!
  }

  private readZones(): void {
    const { zones } = this
    const { params } = this.space
    zones.repulsion = params['repulsionRadius'] as number
    zones.orientation = zones.repulsion + (params['orientationWidth'] as number)
    zones.attraction = zones.orientation + (params['attractionWidth'] as number)
    zones.cosBehind = cos(((params['fieldOfView'] as number) / 360) * PI)
  }

  private look(row: number): void {
    const { space, zones, seen } = this
    const flag = space.flags[row]!
    if ((flag & FLAG.blind) !== 0) forget(seen)
    else lookRound(space, row, zones, (flag & FLAG.deaf) === 0, seen)
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
      const dx = length * turned[at]! + wind[0]
      const dy = length * turned[at + 1]! + wind[1]
      moveBody(space, row, dx, dy, length * turned[at + 2]! + wind[2])
    }
  }

  sense(row: number): Senses {
    this.readZones()
    this.look(row)
    const { near, level, far } = this.seen
    const counts = { 'Keeps its distance from': near, 'Aligns with': level, 'Drawn to': far }
    if ((this.space.flags[row]! & FLAG.blind) !== 0) return counts
    const { repulsion, orientation, attraction } = this.zones
    return {
      ...counts,
      ...{ 'Repulsion radius': repulsion, 'Orientation radius': orientation, 'Attraction radius': attraction },
    }
  }
}

const alignedState = (far: number): number => (far === 0 ? STATE.aligns : STATE.both)
