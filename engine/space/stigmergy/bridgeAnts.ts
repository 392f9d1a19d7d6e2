import { exp, TAU, cos, sin } from '../../kernel/math.ts'
import { unit } from '../../kernel/philox.ts'
import type { Disc } from '../../scenario/Scenario.ts'
import { aside } from '../aside.ts'
import { bridgeShape, closuresOf, pointOn, roomOnLine, type BridgeShape } from './bridgeShape.ts'
import { floor32 } from '../motion/edges.ts'
import { moveBody } from '../motion/moveBody.ts'
import { FLAG, type ArraySpecs, type Phase, type Space } from '../SpaceModel.ts'

/** Where an ant is; `along` counts from the end at the nest. */
const LEG = { nest: 0, nestStem: 1, arm: 2, foodStem: 3 } as const
/** Indices into the model's states. */
const STATE = { nest: 0, out: 1, back: 2, held: 3 } as const
const PURPOSE = { home: 1, choice: 2 } as const
/** Places in `tally`. */
export const TALLY = { left: 0, right: 1, leftNow: 2, due: 3, next: 4, ratio: 5, discs: 6 } as const
/** The share that went left lately is that of about so many choices. */
const LATELY = 100
/** Marks that a rogue ant lays for one of anybody else. */
export const ROGUE_MARKS = 5

export const antColumns = (capacity: number) =>
  ({
    leg: { type: 'u8', length: capacity, keep: true },
    along: { type: 'f64', length: capacity, keep: true },
    ahead: { type: 'u8', length: capacity, keep: true }, //  1: towards the food
    loaded: { type: 'u8', length: capacity, keep: true }, // 1: brings food home
    home: { type: 'f32', length: 3 * capacity, keep: true }, // place in the nest, −1 … 1, and in the lane, 0 … 1
    marks: { type: 'f64', length: 4, keep: true }, //        by fork, then by arm
    tally: { type: 'f64', length: 7, keep: true },
  }) as const satisfies ArraySpecs

/** (k + own)ⁿ / ((k + own)ⁿ + (k + other)ⁿ), n whole (Deneubourg, Aron, Goss and Pasteels 1990). */
export function chanceOf(own: number, other: number, k: number, n: number): number {
  let [a, b] = [1, 1]
  for (let i = 0; i < n; i++) {
    a *= k + own
    b *= k + other
  }
  return a / (a + b)
}

/** Ants on a double bridge and the marks that they follow. Sequential: every ant sees the marks of those before it. */
export class BridgeAnts {
  readonly marks: Float64Array
  readonly tally: Float64Array
  private readonly leg: Uint8Array
  private readonly along: Float64Array
  private readonly ahead: Uint8Array
  private readonly loaded: Uint8Array
  private readonly home: Float32Array
  private readonly words = new Uint32Array(4)
  private readonly point = new Float64Array(4)
  private drawn: BridgeShape | null = null
  private closedBy: readonly Disc[] | null = null
  private closed: readonly [readonly number[], readonly number[]] = [[], []]

  constructor(private readonly space: Space) {
    this.marks = space.array('marks') as Float64Array
    this.tally = space.array('tally') as Float64Array
    this.leg = space.array('leg') as Uint8Array
    this.along = space.array('along') as Float64Array
    this.ahead = space.array('ahead') as Uint8Array
    this.loaded = space.array('loaded') as Uint8Array
    this.home = space.array('home') as Float32Array
  }

  /** The bridge as the parameters make it now. */
  get shape(): BridgeShape {
    const { spec, params } = this.space
    const ratio = params.ratio as number
    if (this.drawn === null || this.drawn.ratio !== ratio) {
      this.drawn = bridgeShape(spec.width, spec.height, ratio)
      this.closedBy = null
    }
    return this.drawn
  }

  private number(name: string): number {
    return this.space.params[name] as number
  }

  begin(): void {
    this.tally[TALLY.leftNow] = 0.5
    this.tally[TALLY.ratio] = this.number('ratio')
    this.tally[TALLY.discs] = this.space.obstacles.length
    for (let row = 0; row < this.space.count; row++) this.spawn(row)
  }

  spawn(row: number): void {
    const { words, home, space } = this
    space.draw(words, row, PURPOSE.home)
    const away = Math.sqrt(unit(words[0]!))
    const angle = TAU * unit(words[1]!)
    home[3 * row] = away * cos(angle)
    home[3 * row + 1] = away * sin(angle)
    home[3 * row + 2] = unit(words[2]!)
    this.leg[row] = LEG.nest
    this.along[row] = 0
    this.ahead[row] = 1
    this.loaded[row] = 0
    space.group[row] = 0
    const own = aside(space, 1)
    own.heading[0] = cos(TAU * unit(words[3]!))
    own.heading[1] = sin(TAU * unit(words[3]!))
    this.find(row)
    this.put(own, 0)
    space.position.set(own.position, 3 * row)
    space.heading.set(own.heading, 3 * row)
    space.state[row] = STATE.nest
  }

  /** Marks fade, some leave the nest, and every ant walks, in the order of rows. On the first part alone. */
  readonly walk: Phase = (part) => {
    if (part.index !== 0) return
    const { marks, space, tally } = this
    const stepS = space.spec.stepUs / 1_000_000
    const keep = exp(-this.number('evaporationPerSecond') * stepS)
    for (let i = 0; i < marks.length; i++) marks[i]! *= keep
    const isChanged = tally[TALLY.ratio] !== this.number('ratio') || tally[TALLY.discs] !== 0
    tally[TALLY.ratio] = this.number('ratio')
    tally[TALLY.discs] = space.obstacles.length
    this.close()
    this.leave(stepS)
    const rests = !isChanged && space.obstacles.length === 0
    const stride = (this.shape.arms[0].length / this.number('crossingSeconds')) * stepS
    for (let row = 0; row < space.count; row++) {
      const isFree = space.status[row] === 1 && (space.flags[row]! & FLAG.stuck) === 0
      // Who rests stays where it lies, unless the ground has changed.
      if (isFree && !(rests && this.leg[row] === LEG.nest)) this.go(row, stride)
      else space.speed[row] = 0
    }
  }

  private close(): void {
    const { obstacles } = this.space
    const { arms, lane } = this.shape
    if (this.closedBy === obstacles) return
    this.closedBy = obstacles
    this.closed = [closuresOf(arms[0], lane, obstacles), closuresOf(arms[1], lane, obstacles)]
  }

  /** Sends out as many as are due, from the row behind whoever left last. */
  private leave(stepS: number): void {
    const { tally, space, leg } = this
    const { count, status, flags } = space
    tally[TALLY.due]! += this.number('antsPerSecond') * stepS
    const from = tally[TALLY.next]!
    for (let i = 0; i < count && tally[TALLY.due]! >= 1; i++) {
      const row = (from + i) % count
      if (leg[row] !== LEG.nest || status[row] !== 1 || (flags[row]! & FLAG.stuck) !== 0) continue
      leg[row] = LEG.nestStem
      this.along[row] = 0
      this.ahead[row] = 1
      tally[TALLY.due]!--
      tally[TALLY.next] = (row + 1) % count
    }
    // An empty nest saves up no crowd.
    tally[TALLY.due] = Math.min(1, tally[TALLY.due]!)
  }

  /** One ant's step: along stem, fork and arm as far as its stride takes it, past one fork at most. */
  private go(row: number, stride: number): void {
    const { leg, space } = this
    const { heading, wind } = space
    // A wind along the way hastens an ant, one against it slows it down to nothing.
    let left = Math.max(0, stride + wind[0] * heading[3 * row]! + wind[1] * heading[3 * row + 1]!)
    let chose = false
    let held = false
    while (leg[row] !== LEG.nest) {
      const [length, room] = this.before(row)
      const onArm = leg[row] === LEG.arm
      const rest = this.ahead[row] === 1 ? length - this.along[row]! : this.along[row]!
      const way = Math.min(left, rest, room)
      left -= way
      if (room < rest && way === room) {
        this.along[row]! += this.ahead[row] === 1 ? way : -way
        if (onArm) this.ahead[row]! ^= 1
        else held = true
        break
      }
      if (way < rest) {
        this.along[row]! += this.ahead[row] === 1 ? way : -way
        break
      }
      this.along[row] = this.ahead[row] === 1 ? length : 0
      if (onArm) this.leaveArm(row)
      else if (!this.atFork(row)) {
        this.arrive(row)
        break
      }
      if (!this.wantsAcross(row)) continue
      // At the second fork of one step it waits for the next.
      if (chose) break
      held = !this.choose(row)
      if (held) break
      chose = true
    }
    const isHome = leg[row] === LEG.nest
    const state = isHome ? STATE.nest : held ? STATE.held : this.loaded[row] === 1 ? STATE.back : STATE.out
    this.show(row, state)
    space.speed[row] = isHome || held ? 0 : Math.min(stride, this.shape.arms[0].length)
  }

  /** Length of the leg that an ant is on, and how far it can go before something lies across its way. */
  private before(row: number): readonly [length: number, room: number] {
    const { stem, arms, lane } = this.shape
    const { obstacles, group } = this.space
    const isAhead = this.ahead[row] === 1
    if (this.leg[row] !== LEG.arm) {
      if (obstacles.length === 0) return [stem, Infinity]
      const [from, to] = this.stemOf(row)
      return [stem, roomOnLine(from, to, stem, this.along[row]!, isAhead, lane, obstacles)]
    }
    const which = group[row]! - 1
    const { length } = arms[which]!
    this.along[row] = Math.min(length, this.along[row]!)
    const closed = this.closed[which]!
    let room = Infinity
    for (let i = 0; i < closed.length; i += 2) {
      const [from, to] = [closed[i]!, closed[i + 1]!]
      const at = this.along[row]!
      if (from < at && at < to) {
        // It fell on the ant: out on the nearer side, and away.
        const isNearer = at - from <= to - at
        this.along[row] = isNearer ? from : to
        this.ahead[row] = isNearer ? 0 : 1
        return [length, Infinity]
      }
      if (isAhead && at <= from) room = Math.min(room, from - at)
      if (!isAhead && at >= to) room = Math.min(room, at - to)
    }
    return [length, room]
  }

  /** From an arm to the stem behind it; whoever was turned back stands at the fork again. */
  private leaveArm(row: number): void {
    const fork = this.ahead[row] === 1 ? 1 : 0
    if (this.space.params.marking === 'ends') this.lay(row, fork, this.space.group[row]! - 1)
    this.leg[row] = fork === 0 ? LEG.nestStem : LEG.foodStem
    this.along[row] = fork === 0 ? this.shape.stem : 0
    this.ahead[row] = this.loaded[row] === 1 ? 0 : 1
  }

  /** Of an ant at one end of a stem. */
  private atFork(row: number): boolean {
    return (this.leg[row] === LEG.nestStem) === this.along[row]! > 0
  }

  private wantsAcross(row: number): boolean {
    return (this.leg[row] === LEG.nestStem) === (this.ahead[row] === 1)
  }

  /** At the food it takes some and turns round; at home it lays it down. */
  private arrive(row: number): void {
    const isFood = this.leg[row] === LEG.foodStem
    this.loaded[row] = isFood ? 1 : 0
    this.ahead[row] = isFood ? 0 : 1
    if (!isFood) this.leg[row] = LEG.nest
  }

  /** Takes an arm by the marks at this fork; false where none is open. */
  private choose(row: number): boolean {
    const { tally, leg, along, ahead, space } = this
    const fork = leg[row] === LEG.nestStem ? 0 : 1
    const arm = this.armFor(row, fork)
    if (arm < 0) return false
    this.lay(row, fork, arm)
    if (space.params.marking === 'choice') this.lay(row, 1 - fork, arm)
    tally[TALLY.left + arm]!++
    const count = Math.min(LATELY, tally[TALLY.left]! + tally[TALLY.right]!)
    tally[TALLY.leftNow]! += ((arm === 0 ? 1 : 0) - tally[TALLY.leftNow]!) / count
    leg[row] = LEG.arm
    space.group[row] = arm + 1
    along[row] = fork === 0 ? 0 : this.shape.arms[arm]!.length
    ahead[row] = fork === 0 ? 1 : 0
    return true
  }

  private armFor(row: number, fork: number): number {
    const flags = this.space.flags[row]!
    const isOpen = (arm: 0 | 1): boolean => (flags & FLAG.blind) !== 0 || this.closed[arm].length === 0
    if (!isOpen(0) || !isOpen(1)) return isOpen(0) ? 0 : isOpen(1) ? 1 : -1
    const [left, right] = [this.marks[2 * fork]!, this.marks[2 * fork + 1]!]
    if ((flags & FLAG.rogue) !== 0 && left !== right) return left < right ? 0 : 1
    this.space.draw(this.words, row, PURPOSE.choice)
    return unit(this.words[0]!) < this.chanceOfLeft(row, fork) ? 0 : 1
  }

  /** Who smells no marks takes either arm. */
  chanceOfLeft(row: number, fork: number): number {
    if ((this.space.flags[row]! & (FLAG.blind | FLAG.deaf)) !== 0) return 0.5
    const [left, right] = [this.marks[2 * fork]!, this.marks[2 * fork + 1]!]
    return chanceOf(left, right, this.number('k'), this.number('n'))
  }

  /** A rogue ant lays more, and where there is less. */
  private lay(row: number, fork: number, arm: number): void {
    const { marks } = this
    const deposit = this.number('deposit')
    if ((this.space.flags[row]! & FLAG.rogue) === 0) marks[2 * fork + arm]! += deposit
    else marks[2 * fork + (marks[2 * fork]! <= marks[2 * fork + 1]! ? 0 : 1)]! += ROGUE_MARKS * deposit
  }

  /** The fork that an ant is nearer to on its way. */
  forkBefore(row: number): number {
    if (this.leg[row] === LEG.arm) return this.ahead[row]!
    return this.leg[row] === LEG.foodStem ? 1 : 0
  }

  isOnArm(row: number): boolean {
    return this.leg[row] === LEG.arm
  }

  carries(row: number): boolean {
    return this.loaded[row] === 1
  }

  /** An ant's own way over its stem, from the end at the nest: stems fan out to where everybody rests. */
  private stemOf(row: number): readonly [readonly [number, number], readonly [number, number]] {
    const { nest, food, forks, middle, stem, lane } = this.shape
    const { home, ahead } = this
    const [dx, dy] = [home[3 * row]!, home[3 * row + 1]!]
    const beside = this.aside(row, lane) * (ahead[row] === 1 ? -1 : 1)
    if (this.leg[row] !== LEG.foodStem)
      return [
        [nest + NEST * stem * dx, middle + NEST * stem * dy],
        [forks[0], middle + beside],
      ]
    return [
      [forks[1], middle + beside],
      [food + FOOD * stem * dx, middle + FOOD * stem * dy],
    ]
  }

  private aside(row: number, lane: number): number {
    return lane * (0.2 + 0.8 * this.home[3 * row + 2]!)
  }

  /** Leaves in `point` where the ant is, and which way its leg goes there. Everybody keeps to the right. */
  private find(row: number): void {
    const { space, point, leg, along } = this
    const { arms, stem, lane } = this.shape
    const sign = this.ahead[row] === 1 ? 1 : -1
    if (leg[row] === LEG.arm) {
      pointOn(arms[space.group[row]! - 1]!, along[row]!, point)
      const beside = sign * this.aside(row, lane)
      point[0]! += beside * point[3]!
      point[1]! -= beside * point[2]!
    } else {
      const [[x0, y0], [x1, y1]] = this.stemOf(row)
      const share = leg[row] === LEG.nest ? 0 : along[row]! / stem
      const length = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0))
      point[0] = x0 + share * (x1 - x0)
      point[1] = y0 + share * (y1 - y0)
      point[2] = (x1 - x0) / length
      point[3] = (y1 - y0) / length
    }
  }

  /** Puts a body where `point` is, and out of whatever has been dropped on it. */
  private put(into: Space, row: number): void {
    const { position, spec, obstacles } = into
    position[3 * row] = Math.max(0, Math.min(floor32(spec.width), this.point[0]!))
    position[3 * row + 1] = Math.max(0, Math.min(floor32(spec.height), this.point[1]!))
    position[3 * row + 2] = 0
    if (obstacles.length > 0) moveBody(into, row, 0, 0, 0)
  }

  /** Writes where the ant is seen and where it looks. */
  private show(row: number, state: number): void {
    const { space, point, leg, ahead } = this
    this.find(row)
    this.put(space, row)
    if (leg[row] !== LEG.nest) {
      const sign = ahead[row] === 1 ? 1 : -1
      space.heading[3 * row] = sign * point[2]!
      space.heading[3 * row + 1] = sign * point[3]!
    }
    space.state[row] = state
  }
}

/** Radii of nest and food in stems. */
const NEST = 0.72
const FOOD = 0.4
