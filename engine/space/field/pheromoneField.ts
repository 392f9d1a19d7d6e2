import { middleOf } from '../motion/edges.ts'
import { Field, fieldArrays, inDeposits } from './field.ts'
import { figuresOf } from './fieldFigures.ts'
import { moveBody } from '../motion/moveBody.ts'
import { FLAG, rowsOf, type BoundModel, type Figures, type Phase, type Senses, type Space } from '../SpaceModel.ts'
import type { SpaceModel } from '../SpaceModel.ts'
import { setFivePoint, setNetLogo, setNinePoint, type LayerRule } from './stencil.ts'
import { below, face, turn } from '../stigmergy/walker.ts'
import { WALL } from './walls.ts'

/**
 * Scents by themselves: they come from sources that stand and from bodies that wander, spread by diffusion, are carried
 * by the wind, and evaporate. A second, more volatile one comes in puffs, and wanderers that smell it turn away. In
 * each step bodies move and give off scent, then the wind blows, then scents diffuse, then they evaporate.
 */
export const pheromoneField: SpaceModel = {
  kind: 'field',
  groups: () => ['Source', 'Wanderer'],
  states: ['Calm', 'Puffing', 'Fleeing'],
  layers: [
    { name: 'Scent', unit: 'units a cell' },
    { name: 'Alarm', unit: 'units a cell' },
  ],
  arrays: (_spec, _capacity, columns, rows) => fieldArrays(2, columns, rows),
  bind: (space) => new PheromoneField(space),
}

const SCENT = 0
const ALARM = 1
const GROUP = { source: 0, wanderer: 1 } as const
const STATE = { calm: 0, puffing: 1, fleeing: 2 } as const
const PURPOSE = { place: 1, step: 2 } as const
/** Units of the first spot. */
const SPOT = 1_000
/** Alarm that makes a wanderer turn away, and by how many degrees a step at most. */
const FEARED = 0.05
const FLIGHT_DEGREES = 30
const ROGUE_FACTOR = 4

class PheromoneField implements BoundModel {
  readonly phases: readonly Phase[]
  private readonly field: Field
  private readonly words = new Uint32Array(4)

  constructor(private readonly space: Space) {
    this.field = new Field(space, 2, ([scent, alarm]) => {
      this.setRule(scent!, 'diffusion', 'evaporation')
      this.setRule(alarm!, 'alarmDiffusion', 'alarmEvaporation')
    })
    const { makeWalls, settle, blow, land, diffuse, decay } = this.field
    this.phases = [makeWalls, this.roam, settle, blow, land, diffuse, decay]
  }

  private number(name: string): number {
    return this.space.params[name] as number
  }

  private setRule(rule: LayerRule, diffusion: string, evaporation: string): void {
    const { params, spec } = this.space
    const courant = this.number(diffusion) / (spec.cell * spec.cell)
    if (params['scheme'] === 'fivePoint') setFivePoint(rule, courant)
    else if (params['scheme'] === 'ninePoint') setNinePoint(rule, courant)
    else setNetLogo(rule, this.number('share'))
    const lost = this.number(evaporation)
    rule.keep = 1 - lost
    if (params['order'] === 'together') {
      rule.own -= lost
      rule.keep = 1
    }
  }

  /** The first source in the middle, everybody else anywhere outside the obstacles. */
  begin(): void {
    const { space, field } = this
    for (let row = 0; row < space.count; row++) this.spawn(row)
    if (space.params['start'] === 'spot') field.values[this.middle()] = SPOT
  }

  private middle(): number {
    const { width, height } = this.space.spec
    return this.field.cellOf(width / 2, height / 2)
  }

  spawn(row: number): void {
    const { space, words, field } = this
    const { position, heading, speed, group, state, spec, columns } = space
    const isSource = row < this.number('sources')
    field.makeAllWalls()
    space.draw(words, row, PURPOSE.place)
    const drawn = this.openCell(Math.floor((words[0]! / 4_294_967_296) * field.cells))
    const cell = isSource && row === 0 ? this.middle() : drawn
    const column = cell % columns
    position[3 * row] = middleOf(column, spec.cell, spec.width)
    position[3 * row + 1] = middleOf((cell - column) / columns, spec.cell, spec.height)
    face(heading, 3 * row, below(360, words[1]!))
    group[row] = isSource ? GROUP.source : GROUP.wanderer
    state[row] = STATE.calm
    speed[row] = isSource ? 0 : this.number('pace')
  }

  /** The first cell from this one on that no obstacle touches. */
  private openCell(from: number): number {
    const { walls, cells } = this.field
    for (let k = 0; k < cells; k++) if (walls[(from + k) % cells] === WALL.none) return (from + k) % cells
    return from
  }

  private readonly roam: Phase = (part) => {
    const [from, to] = rowsOf(part, this.space.count)
    for (let row = from; row < to; row++) if (this.space.status[row] === 1) this.act(row)
  }

  private act(row: number): void {
    const { space, words, field } = this
    const { position, group, flags, state } = space
    const flag = flags[row]!
    space.draw(words, row, PURPOSE.step)
    if (group[row] === GROUP.wanderer) this.walk(row, flag)
    else this.stand(row)
    const cell = field.cellOf(position[3 * row]!, position[3 * row + 1]!)
    const given = group[row] === GROUP.source ? this.number('sourceEmit') : this.number('emit')
    if (given > 0) field.deposit(SCENT, cell, inDeposits(given))
    const chance = (flag & FLAG.rogue) === 0 ? this.number('puffChance') : ROGUE_FACTOR * this.number('puffChance')
    if (words[2]! < chance * 4_294_967_296) {
      field.deposit(ALARM, cell, inDeposits(this.number('puff')))
      state[row] = STATE.puffing
    }
  }

  /** Stays, unless an obstacle fell on it. */
  private stand(row: number): void {
    this.space.state[row] = STATE.calm
    this.space.speed[row] = 0
    moveBody(this.space, row, 0, 0, 0)
  }

  private walk(row: number, flag: number): void {
    const { space, words } = this
    const { heading, speed, state, wind } = space
    state[row] = STATE.calm
    if ((flag & UNFEELING) === 0 && this.flee(row, flag)) state[row] = STATE.fleeing
    const wiggle = this.number('wiggle')
    turn(heading, 3 * row, below(2 * wiggle + 1, words[1]!) - wiggle)
    if ((flag & FLAG.stuck) !== 0) return this.stand(row)
    const pace = this.number('pace')
    speed[row] = pace
    moveBody(space, row, pace * heading[3 * row]! + wind[0], pace * heading[3 * row + 1]! + wind[1], 0)
  }

  /** Turns away from the alarm, a rogue towards it. False where there is none to speak of. */
  private flee(row: number, flag: number): boolean {
    const { position, heading } = this.space
    const [x, y] = [position[3 * row]!, position[3 * row + 1]!]
    if (this.field.valueAt(ALARM, x, y) < FEARED) return false
    const [sx, sy] = this.field.slopeAt(ALARM, x, y)
    // To the left of the heading the alarm is stronger where this is positive.
    const left = heading[3 * row]! * sy - heading[3 * row + 1]! * sx
    const away = (flag & FLAG.rogue) === 0 ? -1 : 1
    if (left !== 0) turn(heading, 3 * row, left > 0 ? away * FLIGHT_DEGREES : -away * FLIGHT_DEGREES)
    return true
  }

  measure(into: Figures): void {
    const { field } = this
    const { mass, peak, varianceX, varianceY, ripple } = figuresOf(field.values, field.columns, field.rows)
    const area = this.space.spec.cell * this.space.spec.cell
    Object.assign(into, { mass, peak, varianceX: area * varianceX, varianceY: area * varianceY, ripple })
    into['alarmMass'] = field.mass(ALARM)
  }

  sense(row: number): Senses {
    const { position } = this.space
    const [x, y] = [position[3 * row]!, position[3 * row + 1]!]
    const steepness = (layer: number): number => {
      const [sx, sy] = this.field.slopeAt(layer, x, y)
      return Math.sqrt(sx * sx + sy * sy)
    }
    return {
      Scent: this.field.valueAt(SCENT, x, y),
      'Scent slope': steepness(SCENT),
      Alarm: this.field.valueAt(ALARM, x, y),
      'Alarm slope': steepness(ALARM),
    }
  }
}
const UNFEELING = FLAG.blind | FLAG.deaf
