import { exp } from '../../kernel/math.ts'
import { threshold } from '../../kernel/philox.ts'
import { NOBODY } from './contest.ts'
import { wrapped } from '../motion/edges.ts'
import { inDeposits, type Field } from '../field/field.ts'
import type { ArraySpecs, Figures, Space } from '../SpaceModel.ts'
import { below } from './walker.ts'
import { nearestImage, WALL } from '../field/walls.ts'

/** Layers of the field. */
export const TASKS = 0
export const MARKS = 1
/** Slots of tasks: as many as can be open at once. */
export const TASK_SLOTS_MAX = 256
export const URGENCIES = 3
export const TASK = { free: 0, open: 1, done: 2 } as const
/** Places of `ledger`; all but `busy`, which are steps of work done, count tasks. */
const LEDGER = { arrived: 0, done: 1, turnedAway: 2, found: 3 } as const
/** Places of `sums`: steps from arrival to the first at work, and to completion, of all; steps of work done. */
const SUM = { toFind: 0, toDone: 1, work: 2 } as const

const PURPOSE = { arrivals: 11, task: 12, place: 13 } as const
/** Places that are tried for a task, lest it lies under an obstacle. */
const TRIES = 4

export const taskArrays = {
  taskStatus: { type: 'u8', length: TASK_SLOTS_MAX, keep: true },
  taskUrgency: { type: 'u8', length: TASK_SLOTS_MAX, keep: true },
  /** x and y. */
  taskPlace: { type: 'f32', length: 2 * TASK_SLOTS_MAX, keep: true },
  /** Steps of work that are left. */
  taskLeft: { type: 'i32', length: TASK_SLOTS_MAX, keep: true },
  /** Bodies at work. */
  taskCrew: { type: 'i32', length: TASK_SLOTS_MAX, keep: true },
  /** The step it came at, and that somebody began at; 0 = nobody yet. */
  taskSince: { type: 'f64', length: TASK_SLOTS_MAX, keep: true },
  taskFound: { type: 'f64', length: TASK_SLOTS_MAX, keep: true },
  ledger: { type: 'i32', length: 4, keep: true },
  sums: { type: 'f64', length: 3, keep: true },
  /** Where the last task came. */
  taskLast: { type: 'f32', length: 2, keep: true },
  /** Bodies that worked in this step, and the claim of whoever joins. */
  efforts: { type: 'i32', length: TASK_SLOTS_MAX, keep: false },
  claims: { type: 'u32', length: TASK_SLOTS_MAX, keep: false },
} as const satisfies ArraySpecs

/**
 * The tasks of a swarm. They come by a Poisson process, at places drawn alike over the world, each with an amount of
 * work of 1 … 2·work − 1 steps and an urgency. Written on the first part only, but for `efforts` and `claims`.
 */
export class ScentTasks {
  readonly status: Uint8Array
  readonly urgency: Uint8Array
  readonly place: Float32Array
  readonly crew: Int32Array
  readonly efforts: Int32Array
  readonly claims: Uint32Array
  private readonly left: Int32Array
  private readonly since: Float64Array
  private readonly found: Float64Array
  private readonly ledger: Int32Array
  private readonly sums: Float64Array
  private readonly last: Float32Array
  private readonly words = new Uint32Array(4)

  constructor(
    private readonly space: Space,
    private readonly field: Field,
  ) {
    this.status = space.array('taskStatus') as Uint8Array
    this.urgency = space.array('taskUrgency') as Uint8Array
    this.place = space.array('taskPlace') as Float32Array
    this.left = space.array('taskLeft') as Int32Array
    this.crew = space.array('taskCrew') as Int32Array
    this.since = space.array('taskSince') as Float64Array
    this.found = space.array('taskFound') as Float64Array
    this.ledger = space.array('ledger') as Int32Array
    this.sums = space.array('sums') as Float64Array
    this.last = space.array('taskLast') as Float32Array
    this.efforts = space.array('efforts') as Int32Array
    this.claims = space.array('claims') as Uint32Array
  }

  private param(name: string): number {
    return this.space.params[name] as number
  }

  private cellOf(slot: number): number {
    return this.field.cellOf(this.place[2 * slot]!, this.place[2 * slot + 1]!)
  }

  /** Before bodies look. */
  forget(): void {
    this.efforts.fill(0)
    this.claims.fill(NOBODY)
  }

  /** Square of the distance of a body to a task, the short way round where the world wraps. */
  distance2(slot: number, row: number): number {
    const { position, spec } = this.space
    const dx = position[3 * row]! - this.place[2 * slot]!
    const dy = position[3 * row + 1]! - this.place[2 * slot + 1]!
    const x = this.field.wraps ? nearestImage(dx, spec.width) : dx
    const y = this.field.wraps ? nearestImage(dy, spec.height) : dy
    return x * x + y * y
  }

  /** The nearest open task within reach of a body that has room for one more; −1 = none. */
  within(row: number, reach: number, crewMax: number): number {
    const { status, crew } = this
    let [nearest, least] = [-1, reach * reach]
    for (let slot = 0; slot < TASK_SLOTS_MAX; slot++) {
      if (status[slot] !== TASK.open || crew[slot]! >= crewMax) continue
      const d2 = this.distance2(slot, row)
      if (d2 > least || (d2 === least && nearest >= 0)) continue
      least = d2
      nearest = slot
    }
    return nearest
  }

  /** The work of this step is done, new tasks come, and all that need somebody smell. */
  advance(): void {
    const { status, left, crew, efforts, claims, found, since, ledger, sums, space, field } = this
    for (let slot = 0; slot < TASK_SLOTS_MAX; slot++) {
      if (status[slot] === TASK.done) status[slot] = TASK.free
      if (status[slot] !== TASK.open) continue
      const joins = claims[slot] === NOBODY ? 0 : 1
      crew[slot] = efforts[slot]! + joins
      if (found[slot] === 0 && crew[slot]! > 0) {
        found[slot] = space.tick
        ledger[LEDGER.found]!++
        sums[SUM.toFind]! += space.tick - since[slot]!
      }
      sums[SUM.work]! += Math.min(efforts[slot]!, left[slot]!)
      left[slot]! -= efforts[slot]!
      if (left[slot]! > 0) continue
      status[slot] = TASK.done
      ledger[LEDGER.done]!++
      sums[SUM.toDone]! += space.tick - since[slot]!
      field.deposit(MARKS, this.cellOf(slot), inDeposits(this.param('mark')))
    }
    space.draw(this.words, 0, PURPOSE.arrivals)
    for (let n = poisson(this.param('arrivals'), this.words[0]! / 4_294_967_296); n > 0; n--) this.arrive()
    this.smell()
  }

  private arrive(): void {
    const { status, place, field, space, words, ledger, last } = this
    const { width, height } = space.spec
    // Addressed by how many came before, so that nothing that bodies do moves a task.
    const number = ledger[LEDGER.arrived]!++
    const slot = status.subarray(0, this.param('slots')).indexOf(TASK.free)
    if (slot < 0) {
      ledger[LEDGER.turnedAway]!++
      return
    }
    space.draw(words, number, PURPOSE.task)
    status[slot] = TASK.open
    this.left[slot] = 1 + below(2 * this.param('work') - 1, words[0]!)
    this.urgency[slot] = 1 + below(URGENCIES, words[1]!)
    const isBeside = words[2]! < threshold(this.param('beside'))
    for (let attempt = 0; attempt < TRIES; attempt++) {
      space.draw(words, number, PURPOSE.place + attempt)
      const u = words[0]! / 4_294_967_296
      const v = words[1]! / 4_294_967_296
      place[2 * slot] = isBeside ? this.beside(u, last[0]!, width) : wrapped(u * width, width)
      place[2 * slot + 1] = isBeside ? this.beside(v, last[1]!, height) : wrapped(v * height, height)
      if (field.walls[this.cellOf(slot)] === WALL.none) break
    }
    last[0] = place[2 * slot]!
    last[1] = place[2 * slot + 1]!
    this.crew[slot] = 0
    this.since[slot] = space.tick
    this.found[slot] = 0
  }

  /** Uniform within `besideWithin` of the last task along one axis; in a world with walls, as near as they allow. */
  private beside(u: number, last: number, side: number): number {
    const at = last + (2 * u - 1) * this.param('besideWithin')
    return this.field.wraps ? wrapped(at, side) : Math.max(0, Math.min(side, at))
  }

  /** As strong as it is urgent and large, and as its crew has room. */
  private smell(): void {
    const { status, urgency, left, crew, field } = this
    const [strength, work, crewMax] = [this.param('strength'), this.param('work'), this.param('crew')]
    for (let slot = 0; slot < TASK_SLOTS_MAX; slot++) {
      if (status[slot] !== TASK.open || crew[slot]! >= crewMax) continue
      const need = (left[slot]! / work) * (1 - crew[slot]! / crewMax)
      const amount = strength * urgency[slot]! * need
      field.deposit(TASKS, this.cellOf(slot), inDeposits(amount))
    }
  }

  measure(into: Figures): void {
    const { status, found, ledger, sums } = this
    let waiting = 0
    let begun = 0
    for (let slot = 0; slot < TASK_SLOTS_MAX; slot++) {
      if (status[slot] !== TASK.open) continue
      if (found[slot] === 0) waiting++
      else begun++
    }
    into['tasksArrived'] = ledger[LEDGER.arrived]!
    into['tasksWaiting'] = waiting
    into['tasksBegun'] = begun
    into['tasksDone'] = ledger[LEDGER.done]!
    into['tasksTurnedAway'] = ledger[LEDGER.turnedAway]!
    into['tasksFound'] = ledger[LEDGER.found]!
    into['stepsToFind'] = ledger[LEDGER.found] === 0 ? 0 : sums[SUM.toFind]! / ledger[LEDGER.found]!
    into['stepsToDone'] = ledger[LEDGER.done] === 0 ? 0 : sums[SUM.toDone]! / ledger[LEDGER.done]!
    into['workDone'] = sums[SUM.work]!
  }
}

/** A Poisson number of mean λ ≤ 20 out of one number in [0, 1), by inverting its distribution. */
export function poisson(lambda: number, u: number): number {
  let probability = exp(-lambda)
  let cumulated = probability
  let n = 0
  // 2⁻³² of the tail would never be reached by rounding alone.
  while (u >= cumulated && n < 200) {
    n++
    probability *= lambda / n
    cumulated += probability
  }
  return n
}
