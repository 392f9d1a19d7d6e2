import { unit } from '../../kernel/philox.ts'
import { aside } from '../aside.ts'
import { factorsReach, flyByFactors } from './boidsFactors.ts'
import { flyByForces } from './boidsForces.ts'
import { newRules, readRules } from './boidsRules.ts'
import { senseBoid } from './boidsSenses.ts'
import { CLOSE, gatherSums, MATES, sumNeighbours2, sumNeighbours3, sumsLayout } from './boidsSums.ts'
import { flyByTurns } from './boidsTurns.ts'
import { randomDirection } from '../motion/directions.ts'
import { wrapped } from '../motion/edges.ts'
import { moveBody } from '../motion/moveBody.ts'
import { gridArrays, neighbourGrid, type NeighbourGrid } from './neighbourGrid.ts'
import {
  rowsOf,
  type BoundModel,
  type Figures,
  type Part,
  type Senses,
  type Space,
  type SpaceModel,
} from '../SpaceModel.ts'

/**
 * Flocking by three wishes: keep apart, head the same way, stay together; and a goal, and obstacles. Three rules for
 * them: `forces` (Reynolds), `turns` (NetLogo's Flocking) and `factors` (the comparison of agent-based modelling
 * frameworks). The first two move all at once: copies by cell are the second buffer. Bodies of several flocks keep
 * apart from everybody, but align and cohere with their own flock only.
 */
export const boids: SpaceModel = {
  kind: 'boids',
  groups: ({ params }) => Array.from({ length: params['flocks'] as number }, (_, flock) => `flock ${flock + 1}`),
  states: ['alone', 'flocking', 'making room'],
  layers: [],
  arrays: (spec, capacity) => ({
    ...gridArrays(spec, capacity),
    boidsSums: { type: 'f32', length: sumsLayout(spec.dimensions).stride * capacity, keep: false },
    boidsKind: { type: 'u8', length: capacity, keep: false },
    boidsSeen: { type: 'f64', length: 1, keep: false },
  }),
  bind: (space) => new Boids(space),
}

/** Questions for `draw`. */
const DRAW = { place: 0, heading: 1 } as const
/** Rows moved at a time: what they see fits the nearest cache. */
const CHUNK = 128

class Boids implements BoundModel {
  readonly phases
  private readonly grid: NeighbourGrid
  private readonly rules = newRules()
  private readonly sums: Float32Array
  private readonly kindAt: Uint8Array
  private readonly gathered: Float32Array
  /** Neighbours of all together where the rule is sequential. */
  private readonly seen: Float64Array
  /** One body of its own, to be placed before any other worker sees it. */
  private readonly own: Space
  private readonly words = new Uint32Array(4)
  private readonly direction = new Float64Array(3)

  constructor(private readonly space: Space) {
    this.own = aside(space, 1)
    this.sums = space.array('boidsSums') as Float32Array
    this.gathered = new Float32Array(CHUNK * sumsLayout(space.spec.dimensions).stride)
    this.kindAt = space.array('boidsKind') as Uint8Array
    this.seen = space.array('boidsSeen') as Float64Array
    this.grid = neighbourGrid(space, () => this.range())
    this.phases = [
      ...this.grid.phases,
      (part: Part) => this.tell(part),
      (part: Part) => this.look(part),
      (part: Part) => this.fly(part),
    ]
  }

  begin(): void {
    for (let row = 0; row < this.space.count; row++) this.spawn(row)
  }

  /** Anywhere outside obstacles, heading anywhere; flocks take turns. */
  spawn(row: number): void {
    const { space, own, words, direction } = this
    const { spec, params } = space
    const isFlat = spec.dimensions === 2
    space.draw(words, row, DRAW.place)
    own.position[0] = wrapped(unit(words[0]!) * spec.width, spec.width)
    own.position[1] = wrapped(unit(words[1]!) * spec.height, spec.height)
    own.position[2] = isFlat ? 0 : wrapped(unit(words[2]!) * spec.depth, spec.depth)
    space.draw(words, row, DRAW.heading)
    randomDirection(words[0]!, words[1]!, isFlat, direction)
    own.heading.set(direction)
    moveBody(own, 0, 0, 0, 0)
    space.position.set(own.position, 3 * row)
    space.heading.set(own.heading, 3 * row)
    space.speed[row] = params['speed'] as number
    space.group[row] = row % this.flocks()
  }

  /** How wide the grid has to be at this step. */
  private range(): number {
    const { space, rules } = this
    readRules(space.params, rules)
    return space.params['rule'] === 'factors' ? factorsReach(rules, space) : rules.vision
  }

  /** Flocks there are: at most those of the beginning, or the later ones would have no name. */
  private flocks(): number {
    const { params, spec } = this.space
    return Math.min(params['flocks'] as number, spec.params['flocks'] as number)
  }

  /** Every part tells by slot which flocks its bodies belong to, for they may be regrouped in mid-run. */
  private tell(part: Part): void {
    const { grid, kindAt, space } = this
    if (space.spec.params['flocks'] === 1) return
    const flocks = this.flocks()
    const [from, to] = rowsOf(part, grid.total())
    for (let slot = from; slot < to; slot++) {
      const row = grid.rowAt[slot]!
      kindAt[slot] = space.group[row] = row % flocks
    }
  }

  /** Every part looks round from its own cells; two of the rules move at once. */
  private look(part: Part): void {
    const { space, grid, rules, sums, seen } = this
    const { params, spec } = space
    readRules(params, rules)
    if (params['rule'] === 'factors') {
      if (part.index === 0) seen[0] = flyByFactors(space, grid, rules)
      return
    }
    const kinds = this.flocks() === 1 ? null : this.kindAt
    const [from, to] = grid.share(part)
    if (params['rule'] === 'turns') flyByTurns(space, grid, kinds, rules, sums, grid.start[from]!, grid.start[to]!)
    else {
      const sum = spec.dimensions === 2 ? sumNeighbours2 : sumNeighbours3
      sum(grid, kinds, rules.vision, rules.separation, from, to, sums)
    }
  }

  /** By rows, not by cells: then workers write to the same cache lines nowhere but where their shares meet. */
  private fly(part: Part): void {
    const { space, grid, rules, sums, gathered } = this
    if (space.params['rule'] !== 'forces') return
    const { stride } = sumsLayout(space.spec.dimensions)
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row += CHUNK) {
      const end = Math.min(to, row + CHUNK)
      gatherSums(sums, stride, grid.slotAt, row, end, gathered)
      flyByForces(space, rules, gathered, row, end)
    }
  }

  measure(into: Figures): void {
    const { grid, sums, seen, space } = this
    const bodies = grid.total()
    const { stride } = sumsLayout(space.spec.dimensions)
    let mates = 0
    let close = 0
    for (let slot = 0; slot < bodies; slot++) {
      mates += sums[stride * slot + MATES]!
      if (sums[stride * slot + CLOSE]! > 0) close++
    }
    const isSequential = space.params['rule'] === 'factors'
    into['neighbours'] = bodies === 0 ? 0 : (isSequential ? seen[0]! : mates) / bodies
    if (!isSequential) into['crowded'] = bodies === 0 ? 0 : close / bodies
  }

  sense(row: number): Senses {
    readRules(this.space.params, this.rules)
    return senseBoid(this.space, row, this.rules.vision)
  }
}
