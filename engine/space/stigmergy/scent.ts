import { assert } from '../../kernel/assert.ts'
import { aside } from '../aside.ts'
import { claimOf, contest, CONTEST_ROWS_MAX } from './contest.ts'
import { Field, fieldArrays, inDeposits } from '../field/field.ts'
import { moveBody } from '../motion/moveBody.ts'
import { MARKS, ScentTasks, TASK, taskArrays, TASKS } from './scentTasks.ts'
import { FLAG, rowsOf, type BoundModel, type Figures, type Phase } from '../SpaceModel.ts'
import type { Senses, Space, SpaceModel } from '../SpaceModel.ts'
import { setNinePoint } from '../field/stencil.ts'
import { below, cellAhead, face, staysInside, turn } from './walker.ts'

/** Codes of `state`, in the order of the words below. */
export const SEEKER = { searching: 0, following: 1, working: 2 } as const

const PURPOSE = { start: 1, walk: 2 } as const
const SNIFF_DEGREES = 45

/**
 * Work that finds its workers. Open tasks give off a scent: the stronger, the larger and more urgent they are and the
 * more room their crew has. Bodies turn to where it is stronger and work on what they reach; where a task is finished
 * they leave a mark, which smells as well and so draws others to where there was work. In every step all look and join,
 * of several that would join one crew the smallest (draw, id); then all walk or work; then work is counted, tasks end
 * and come; then scents diffuse, then evaporate.
 */
export const scent: SpaceModel = {
  kind: 'scent',
  groups: () => ['Had no task yet', 'Last task: can wait', 'Last task: urgent', 'Last task: most urgent'],
  states: ['Searching', 'Following a scent', 'At work'],
  layers: [
    { name: 'Scent of tasks', unit: 'units' },
    { name: 'Marks of work done', unit: 'units' },
  ],
  arrays(_spec, capacity, columns, rows) {
    assert(capacity <= CONTEST_ROWS_MAX, 'a contest can tell all bodies apart')
    return {
      ...fieldArrays(2, columns, rows),
      ...taskArrays,
      /** Slot of the task that a body works on plus 1; 0 = none. */
      job: { type: 'i32', length: capacity, keep: true },
      /** Slot that it would join in this step; −1 = none. */
      wanted: { type: 'i32', length: capacity, keep: false },
    }
  },
  bind: (space) => new Seekers(space),
}

class Seekers implements BoundModel {
  readonly phases: readonly Phase[]
  private readonly field: Field
  private readonly tasks: ScentTasks
  private readonly job: Int32Array
  private readonly wanted: Int32Array
  private readonly words = new Uint32Array(4)

  constructor(private readonly space: Space) {
    this.job = space.array('job') as Int32Array
    this.wanted = space.array('wanted') as Int32Array
    this.field = new Field(space, 2, ([tasks, marks]) => {
      const courant = this.param('diffusion')
      setNinePoint(tasks!, courant)
      setNinePoint(marks!, courant)
      tasks!.keep = 1 - this.param('evaporation') / 100
      marks!.keep = 1 - this.param('markEvaporation') / 100
    })
    this.tasks = new ScentTasks(space, this.field)
    const { settle, blow, land, diffuse, decay } = this.field
    this.phases = [this.prepare, this.look, this.act, this.advance, settle, blow, land, diffuse, decay]
  }

  private param(name: string): number {
    return this.space.params[name] as number
  }

  begin(): void {
    this.field.makeAllWalls()
    for (let row = 0; row < this.space.count; row++) this.spawn(row)
  }

  spawn(row: number): void {
    const { space, words } = this
    const { spec } = space
    const own = aside(space, 1)
    space.draw(words, row, PURPOSE.start)
    // Multiples of 2⁻¹⁶ of a side never round up to the side itself.
    own.position[0] = ((words[0]! >>> 16) / 65_536) * spec.width
    own.position[1] = ((words[1]! >>> 16) / 65_536) * spec.height
    face(own.heading, 0, below(360, words[2]!))
    // Out of any obstacle that stands there from the start.
    moveBody(own, 0, 0, 0, 0)
    space.position.set(own.position, 3 * row)
    space.heading.set(own.heading, 3 * row)
    space.speed[row] = 0
  }

  private readonly prepare: Phase = (part) => {
    this.field.makeWalls(part)
    if (part.index === 0) this.tasks.forget()
  }

  /** Who works, counts; who is done, or was carried off, stops; who stands at a task with room would join. */
  private readonly look: Phase = (part) => {
    const { space, tasks, job, wanted, words } = this
    const [from, to] = rowsOf(part, space.count)
    const [reach, crewMax] = [this.param('reach'), this.param('crew')]
    for (let row = from; row < to; row++) {
      wanted[row] = -1
      if (space.status[row] !== 1) continue
      if (job[row]! > 0 && this.keepsAt(row, job[row]! - 1, reach)) {
        Atomics.add(tasks.efforts, job[row]! - 1, 1)
        continue
      }
      if ((space.flags[row]! & FLAG.rogue) !== 0) continue
      const slot = tasks.within(row, reach, crewMax)
      if (slot < 0) continue
      wanted[row] = slot
      space.draw(words, row, PURPOSE.walk)
      contest(tasks.claims, slot, claimOf(words[2]!, row))
    }
  }

  private keepsAt(row: number, slot: number, reach: number): boolean {
    const { space, tasks, job } = this
    const isRogue = (space.flags[row]! & FLAG.rogue) !== 0
    if (!isRogue && tasks.status[slot] === TASK.open && tasks.distance2(slot, row) <= reach * reach) return true
    job[row] = 0
    return false
  }

  private readonly act: Phase = (part) => {
    const { space, tasks, job, wanted, words } = this
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (space.status[row] !== 1) continue
      const slot = wanted[row]!
      if (job[row] === 0) {
        space.draw(words, row, PURPOSE.walk)
        if (slot >= 0 && tasks.claims[slot] === claimOf(words[2]!, row)) this.join(row, slot)
        else this.roam(row, space.flags[row]!)
      } else this.stay(row)
    }
  }

  private join(row: number, slot: number): void {
    const { state, group } = this.space
    this.job[row] = slot + 1
    state[row] = SEEKER.working
    group[row] = this.tasks.urgency[slot]!
    this.stay(row)
  }

  /** Even then an obstacle that falls on it pushes it aside. */
  private stay(row: number): void {
    this.space.speed[row] = 0
    moveBody(this.space, row, 0, 0, 0)
  }

  private roam(row: number, flags: number): void {
    const { space, field, words } = this
    const { state, heading, position } = space
    const isStuck = (flags & FLAG.stuck) !== 0
    const isRogue = (flags & FLAG.rogue) !== 0
    const cell = field.cellOf(position[3 * row]!, position[3 * row + 1]!)
    state[row] = SEEKER.searching
    if (isRogue) field.deposit(TASKS, cell, inDeposits(this.param('falseScent')))
    else if ((flags & FLAG.blind) === 0) this.follow(row, (flags & FLAG.deaf) === 0)
    const wiggle = this.param('wiggle') + 1
    turn(heading, 3 * row, below(wiggle, words[0]!) - below(wiggle, words[1]!))
    if (isStuck) this.stay(row)
    else this.stride(row)
  }

  /** What a cell smells of to whom heeds marks, or does not; a place outside smells of nothing. */
  private smellAt(cell: number, heeds: boolean): number {
    const { values, cells } = this.field
    if (cell < 0) return 0
    return values[TASKS * cells + cell]! + (heeds ? this.param('markWeight') * values[MARKS * cells + cell]! : 0)
  }

  /** Turns to the side that smells more, if either smells more than what is ahead; of equal ones, left. */
  private follow(row: number, heeds: boolean): void {
    const { field, space } = this
    const reach = this.param('sniff')
    const ahead = this.smellAt(cellAhead(field, space, row, 0, reach), heeds)
    const right = this.smellAt(cellAhead(field, space, row, -SNIFF_DEGREES, reach), heeds)
    const left = this.smellAt(cellAhead(field, space, row, SNIFF_DEGREES, reach), heeds)
    if (Math.max(ahead, right, left) < this.param('smellsFrom')) return
    space.state[row] = SEEKER.following
    const degrees = this.param('turn')
    if (right > ahead || left > ahead) turn(space.heading, 3 * row, right > left ? -degrees : degrees)
  }

  /** One step ahead; before a wall of the world it turns round, and stays where it is in a corner. */
  private stride(row: number): void {
    const { space } = this
    const { heading, wind } = space
    const at = 3 * row
    const pace = this.param('speed')
    const fits = (): boolean => staysInside(space, row, pace * heading[at]!, pace * heading[at + 1]!)
    if (!fits()) turn(heading, at, 180)
    const stride = fits() ? pace : 0
    space.speed[row] = stride
    moveBody(space, row, stride * heading[at]! + wind[0], stride * heading[at + 1]! + wind[1], 0)
  }

  private readonly advance: Phase = (part) => {
    if (part.index === 0) this.tasks.advance()
  }

  measure(into: Figures): void {
    const { space, field, tasks } = this
    tasks.measure(into)
    let working = 0
    for (let row = 0; row < space.count; row++)
      if (space.status[row] === 1 && space.state[row] === SEEKER.working) working++
    into['working'] = working
    into['scentMass'] = field.mass(TASKS)
    into['markMass'] = field.mass(MARKS)
  }

  sense(row: number): Senses {
    const { field, space, job, tasks } = this
    const heeds = (space.flags[row]! & FLAG.deaf) === 0
    const at = (degrees: number): number =>
      this.smellAt(cellAhead(field, space, row, degrees, this.param('sniff')), heeds)
    const slot = job[row]! - 1
    const none = { 'Works on': 'nothing' }
    return {
      ...(slot < 0 ? none : { 'Works on': `task in slot ${slot}`, 'At work there': tasks.crew[slot]! }),
      'Smell ahead': at(0),
      'Smell to the left': at(SNIFF_DEGREES),
      'Smell to the right': at(-SNIFF_DEGREES),
      radius: this.param('reach'),
    }
  }
}
