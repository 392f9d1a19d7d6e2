import { cos, PI, sin } from '../../kernel/math.ts'
import { unit } from '../../kernel/philox.ts'
import { aside } from '../aside.ts'
import { jitter, lengthOf, randomDirection, toUnit, turnTowards } from '../motion/directions.ts'
import { apart } from '../motion/edges.ts'
import { moveBody } from '../motion/moveBody.ts'
import { gridArrays, neighbourGrid, type NeighbourGrid } from './neighbourGrid.ts'
import { measurePurity } from './purity.ts'
import { FLAG, rowsOf, type BoundModel, type Figures, type Part, type Phase, type Senses } from '../SpaceModel.ts'
import type { Space, SpaceModel } from '../SpaceModel.ts'
import { steerClear } from '../motion/steerClear.ts'
import { drawTask, goalPlace, otherKind, similarity, TASK_DIMENSIONS } from './tasks.ts'

/**
 * Flocking by task affinity: every body has a task, a unit vector, and heeds others so far as their tasks are like its
 * own. A neighbour within `vision` weighs w = 1 − a + a·max(0, s), s the scalar product of both tasks and a `affinity`:
 * at a = 0 all are alike, at a = 1 those of unlike tasks are only kept clear of.
 *
 * A step, synchronous: from where all were before it, every body wishes for
 *   heading + align · Σ w h / W + cohere · Σ w r / (W · vision) + separate · Σ −(r / d)(1 − d / separation) + goal · ĝ
 * with W = max(1, Σ w), r the way to the neighbour and h its heading, and ĝ the unit vector to where its kind of task
 * is done (less within `vision` of it). The wish is bent round obstacles and disturbed by a normal angle of `wiggleRad`
 * radians; the body turns towards it by at most `turnDegrees`, and then moves by `speed` with its new heading.
 */
export const affinity: SpaceModel = {
  kind: 'affinity',
  groups: ({ params }) => TASK_WORDS.slice(0, params['kinds'] as number),
  states: ['With its kind', 'Among others', 'Alone'],
  layers: [],
  arrays: (spec, capacity) => ({
    task: { type: 'f32', length: TASK_DIMENSIONS * capacity, keep: true },
    /** How often tasks have been dealt out anew. */
    dealt: { type: 'i32', length: 1, keep: true },
    turned: { type: 'f32', length: 3 * capacity, keep: false },
    ...gridArrays(spec, capacity),
  }),
  bind: (space) => new Affinity(space),
}

const TASK_WORDS = ['Task A', 'Task B', 'Task C', 'Task D', 'Task E', 'Task F', 'Task G', 'Task H']
const WITH_ITS_KIND = 0
const AMONG_OTHERS = 1
const ALONE = 2
/** Purposes of draws; those of several words, or of several shuffles, take the numbers behind them too. */
const DRAW = { place: 1, direction: 2, task: 3, wiggle: 6, changes: 7, newTask: 8, shuffle: 16 } as const

/** Sums over the neighbours of one body. */
interface Company {
  seen: number
  ofItsKind: number
  weight: number
  readonly head: Float64Array
  readonly way: Float64Array
  readonly push: Float64Array
}

class Affinity implements BoundModel {
  readonly phases: readonly Phase[]
  private readonly task: Float32Array
  private readonly dealt: Int32Array
  private readonly turned: Float32Array
  private readonly grid: NeighbourGrid
  private readonly isFlat: boolean
  private readonly words = new Uint32Array(4)
  private readonly wish = new Float64Array(3)
  private readonly goal = new Float64Array(3)
  private readonly company: Company = {
    seen: 0,
    ofItsKind: 0,
    weight: 0,
    head: new Float64Array(3),
    way: new Float64Array(3),
    push: new Float64Array(3),
  }

  constructor(private readonly space: Space) {
    this.task = space.array('task') as Float32Array
    this.dealt = space.array('dealt') as Int32Array
    this.turned = space.array('turned') as Float32Array
    this.isFlat = space.spec.dimensions === 2
    this.grid = neighbourGrid(space, () => space.params['vision'] as number)
    this.phases = [this.dealAnew, ...this.grid.phases, this.look, this.go]
  }

  begin(): void {
    const { space } = this
    this.dealt[0] = space.params['newTasks'] as number
    for (let row = 0; row < space.count; row++) this.spawn(row)
  }

  spawn(row: number): void {
    const { space, words, wish, isFlat } = this
    const { spec } = space
    const mine = aside(space, 1)
    space.draw(words, row, DRAW.place)
    const [x, y, z] = [unit(words[0]!) * spec.width, unit(words[1]!) * spec.height, unit(words[2]!) * spec.depth]
    moveBody(mine, 0, x, y, isFlat ? 0 : z)
    space.position.set(mine.position, 3 * row)
    // Kinds in turn: as many bodies of each as can be.
    const kind = row % (space.params['kinds'] as number)
    drawTask(space, this.task, row, kind, DRAW.task)
    space.group[row] = kind
    space.draw(words, row, DRAW.direction)
    randomDirection(words[0]!, words[1]!, isFlat, wish)
    space.heading.set(wish, 3 * row)
    space.speed[row] = space.params['speed'] as number
    space.state[row] = ALONE
  }

  /** Where `newTasks` has been set to another number: a share of all get another task. */
  private readonly dealAnew = (part: Part): void => {
    const { space, task, dealt } = this
    if (dealt[0] === space.params['newTasks']) return
    const { group, status } = space
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      const kind = otherKind(space, row, group[row]!, DRAW.changes)
      if (kind === group[row] || status[row] !== 1) continue
      group[row] = kind
      drawTask(space, task, row, kind, DRAW.newTask)
    }
  }

  private readonly look = (part: Part): void => {
    const { space, grid, turned, wish, words, company, isFlat } = this
    const { heading, state, flags, params } = space
    const { vision, wiggleRad, turnDegrees } = params as { readonly [name: string]: number }
    const most = (turnDegrees! * PI) / 180
    const [cosMost, sinMost] = [cos(most), sin(most)]
    const [from, to] = grid.share(part)
    for (let cell = from; cell < to; cell++) {
      if (grid.start[cell] === grid.start[cell + 1]) continue
      const spans = grid.spansRound(cell)
      for (let slot = grid.start[cell]!; slot < grid.start[cell + 1]!; slot++) {
        const row = grid.rowAt[slot]!
        const isBlind = (flags[row]! & FLAG.blind) !== 0
        this.meet(slot, isBlind ? 0 : spans)
        state[row] = company.seen === 0 ? ALONE : 2 * company.ofItsKind >= company.seen ? WITH_ITS_KIND : AMONG_OTHERS
        this.wishOf(row, isBlind)
        if (!isBlind) steerClear(space, row, vision!, wish)
        space.draw(words, row, DRAW.wiggle)
        jitter(wish, wiggleRad!, words[0]!, words[1]!, isFlat)
        turnTowards(heading, turned, 3 * row, wish, cosMost, sinMost)
      }
    }
  }

  /** Adds up who is near; a rogue shows the opposite of its heading. */
  private meet(slot: number, spans: number): void {
    const { space, grid, task, company, isFlat } = this
    const { flags, group, params } = space
    const { vision, separation, affinity: a } = params as { readonly [name: string]: number }
    const { x, y, z, headX, headY, headZ, rowAt, spanFrom, spanTo, shiftX, shiftY, shiftZ } = grid
    const { head, way, push } = company
    const row = rowAt[slot]!
    const flag = flags[row]!
    const kind = group[row]!
    const r2 = vision! * vision!
    const s2 = separation! * separation!
    company.seen = company.ofItsKind = company.weight = 0
    head.fill(0)
    way.fill(0)
    push.fill(0)
    for (let s = 0; s < spans; s++) {
      const ax = x[slot]! - shiftX[s]!
      const ay = y[slot]! - shiftY[s]!
      const az = isFlat ? 0 : z[slot]! - shiftZ[s]!
      const end = spanTo[s]!
      for (let k = spanFrom[s]!; k < end; k++) {
        const dx = x[k]! - ax
        const dy = y[k]! - ay
        const dz = isFlat ? 0 : z[k]! - az
        const d2 = dx * dx + dy * dy + dz * dz
        if (d2 >= r2 || k === slot) continue
        const other = rowAt[k]!
        const w = weightOf(flag, a!, similarity(task, row, other))
        const shown = (flags[other]! & FLAG.rogue) === 0 ? w : -w
        company.seen++
        if (group[other] === kind) company.ofItsKind++
        company.weight += w
        head[0]! += shown * headX[k]!
        head[1]! += shown * headY[k]!
        way[0]! += w * dx
        way[1]! += w * dy
        if (!isFlat) {
          head[2]! += shown * headZ[k]!
          way[2]! += w * dz
        }
        if (d2 >= s2 || d2 === 0) continue
        const d = Math.sqrt(d2)
        const share = (1 - d / separation!) / d
        push[0]! -= dx * share
        push[1]! -= dy * share
        push[2]! -= dz * share
      }
    }
  }

  /** Writes the wish of a body, a unit vector; who is told of no headings does without. */
  private wishOf(row: number, isBlind: boolean): void {
    const { space, wish, goal, company } = this
    const { heading, params, flags, group } = space
    const { align, cohere, separate, goal: drive, vision } = params as { readonly [name: string]: number }
    const { head, way, push } = company
    const all = Math.max(1, company.weight)
    const heeds = (flags[row]! & FLAG.deaf) === 0 ? align! / all : 0
    const near = cohere! / (all * vision!)
    for (let axis = 0; axis < 3; axis++)
      wish[axis] = heading[3 * row + axis]! + heeds * head[axis]! + near * way[axis]! + separate! * push[axis]!
    if (drive! > 0 && !isBlind) {
      this.wayToGoal(row, group[row]!)
      const far = Math.max(lengthOf(goal), vision!)
      for (let axis = 0; axis < 3; axis++) wish[axis]! += (drive! * goal[axis]!) / far
    }
    if (!toUnit(wish)) for (let axis = 0; axis < 3; axis++) wish[axis] = heading[3 * row + axis]!
  }

  /** Leaves in `goal` the way to where the body's task is done. */
  private wayToGoal(row: number, kind: number): void {
    const { space, goal } = this
    const { position, spec } = space
    goalPlace(space, kind, goal)
    goal[0] = apart(position[3 * row]!, goal[0]!, spec.width, spec)
    goal[1] = apart(position[3 * row + 1]!, goal[1]!, spec.height, spec)
    goal[2] = this.isFlat ? 0 : apart(position[3 * row + 2]!, goal[2]!, spec.depth, spec)
  }

  private readonly go = (part: Part): void => {
    const { space, turned, dealt } = this
    const { status, heading, flags, wind, params } = space
    const pace = params['speed'] as number
    if (part.index === 0) dealt[0] = params['newTasks'] as number
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (status[row] !== 1) continue
      const at = 3 * row
      const isStuck = (flags[row]! & FLAG.stuck) !== 0
      for (let axis = 0; axis < 3; axis++) heading[at + axis] = turned[at + axis]!
      space.speed[row] = isStuck ? 0 : pace
      if (isStuck) continue
      const [x, y, z] = [heading[at]!, heading[at + 1]!, heading[at + 2]!]
      moveBody(space, row, x * pace + wind[0], y * pace + wind[1], z * pace + wind[2])
    }
  }

  measure(into: Figures): void {
    const { space, grid } = this
    const { vision, shuffles } = space.params as { readonly [name: string]: number }
    for (const phase of grid.phases) phase({ index: 0, parts: 1 })
    const { purity, byChance, shuffled, shuffledDeviation } = measurePurity(
      space,
      grid,
      vision!,
      shuffles!,
      DRAW.shuffle,
    )
    into['purity'] = purity
    into['purityByChance'] = byChance
    into['purityShuffled'] = shuffled
    into['purityShuffledDeviation'] = shuffledDeviation
    into['goalDistance'] = this.meanGoalDistance()
  }

  private meanGoalDistance(): number {
    const { space, goal } = this
    let [sum, up] = [0, 0]
    for (let row = 0; row < space.count; row++) {
      if (space.status[row] !== 1) continue
      this.wayToGoal(row, space.group[row]!)
      sum += lengthOf(goal)
      up++
    }
    return up === 0 ? 0 : sum / up
  }

  /** From the columns alone: scratch may be older than the state. */
  sense(row: number): Senses {
    const { space, task, goal } = this
    const { position, status, group, spec, params } = space
    const vision = params['vision'] as number
    let [seen, ofItsKind, likeness] = [0, 0, 0]
    for (let other = 0; other < space.count; other++) {
      if (other === row || status[other] !== 1) continue
      const dx = apart(position[3 * row]!, position[3 * other]!, spec.width, spec)
      const dy = apart(position[3 * row + 1]!, position[3 * other + 1]!, spec.height, spec)
      const dz = this.isFlat ? 0 : apart(position[3 * row + 2]!, position[3 * other + 2]!, spec.depth, spec)
      if (dx * dx + dy * dy + dz * dz >= vision * vision) continue
      seen++
      if (group[other] === group[row]) ofItsKind++
      likeness += similarity(task, row, other)
    }
    this.wayToGoal(row, group[row]!)
    return {
      'Its task': TASK_WORDS[group[row]!]!,
      'Neighbours in sight': seen,
      'Of them with its task': ofItsKind,
      'How like its task theirs are': seen === 0 ? 0 : likeness / seen,
      'Distance to where its task is done': lengthOf(goal),
    }
  }
}

/** The deaf are not told of tasks, and take all for their like; rogues seek out those who are unlike them. */
const weightOf = (flag: number, a: number, alike: number): number =>
  (flag & FLAG.deaf) !== 0 ? 1 : (flag & FLAG.rogue) !== 0 ? 1 - a * alike : 1 - a + a * alike
