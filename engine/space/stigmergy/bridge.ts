import { armCells, type ArmCells, type BridgeShape } from './bridgeShape.ts'
import { antColumns, BridgeAnts, TALLY } from './bridgeAnts.ts'
import {
  rowsOf,
  type BoundModel,
  type Figures,
  type Phase,
  type Senses,
  type Space,
  type SpaceModel,
} from '../SpaceModel.ts'

/**
 * Ants between a nest and food over a bridge of two arms, which choose by the marks of those before them.
 *
 * Order of a step: marks fade by e^(−ρ·step), those who are due leave the nest, then ants walk in the order of rows,
 * each past one fork at most; one that chooses sees the marks of all before it. That order is the rule, so it runs on
 * one worker. Marks lie at the forks, one figure for each arm: with marking 'choice' an ant marks an arm at both of its
 * ends when it chooses it (Deneubourg 1990), with 'ends' it marks each end when it is there, so that whoever walks the
 * shorter arm marks its far end earlier (Goss 1989). Nobody turns round on an arm unless an obstacle lies across it.
 */
export const bridge: SpaceModel = {
  kind: 'bridge',
  groups: () => ['has not crossed', 'left arm', 'right arm'],
  states: ['in the nest', 'out for food', 'bringing food', 'held up'],
  layers: [{ name: 'Trail marks', unit: 'marks' }],
  arrays: (_spec, capacity, columns, rows) => ({
    ...antColumns(capacity),
    field: { type: 'f32', length: columns * rows, keep: true },
  }),
  bind: (space) => new BoundBridge(space),
}

class BoundBridge implements BoundModel {
  readonly phases: readonly Phase[]
  private readonly ants: BridgeAnts
  private readonly field: Float32Array
  private cells: ArmCells | null = null
  private drawn: BridgeShape | null = null

  constructor(private readonly space: Space) {
    this.ants = new BridgeAnts(space)
    this.field = space.array('field') as Float32Array
    this.phases = [this.ants.walk, this.paint]
  }

  begin(): void {
    this.ants.begin()
  }

  spawn(row: number): void {
    this.ants.spawn(row)
  }

  /** What lies at the forks as a field along the arms: in between, the mean of both ends by distance. */
  private readonly paint: Phase = (part) => {
    const { ants, space, field } = this
    const { columns, rows, spec, obstacles } = space
    const { shape, marks } = ants
    if (this.cells === null || this.drawn !== shape) {
      this.drawn = shape
      this.cells = armCells(shape, columns, rows, spec.cell)
    }
    const { arm, share } = this.cells
    const [from, to] = rowsOf(part, field.length)
    for (let at = from; at < to; at++) {
      const which = arm[at]!
      if (which === 0) field[at] = 0
      else {
        const near = marks[which - 1]!
        field[at] = near + share[at]! * (marks[which + 1]! - near)
        if (obstacles.length > 0 && this.isCovered(at)) field[at] = 0
      }
    }
  }

  private isCovered(at: number): boolean {
    const { columns, spec, obstacles } = this.space
    const x = ((at % columns) + 0.5) * spec.cell
    const y = (Math.floor(at / columns) + 0.5) * spec.cell
    return obstacles.some((disc) => {
      const [dx, dy] = [x - disc.x, y - disc.y]
      return dx * dx + dy * dy <= disc.radius * disc.radius
    })
  }

  measure(into: Figures): void {
    const { tally, marks } = this.ants
    const { count, group, status } = this.space
    const onArm = [0, 0]
    for (let row = 0; row < count; row++) if (status[row] === 1 && this.ants.isOnArm(row)) onArm[group[row]! - 1]!++
    into.crossings = tally[TALLY.left]! + tally[TALLY.right]!
    into.crossedLeft = tally[TALLY.left]!
    into.shareLeft = tally[TALLY.leftNow]!
    into.marksLeft = marks[0]!
    into.marksRight = marks[1]!
    into.antsLeft = onArm[0]!
    into.antsRight = onArm[1]!
  }

  sense(row: number): Senses {
    const { ants } = this
    const fork = ants.forkBefore(row)
    return {
      'Fork before it': fork === 0 ? 'at the nest' : 'at the food',
      'Marks on the left arm': ants.marks[2 * fork]!,
      'Marks on the right arm': ants.marks[2 * fork + 1]!,
      'Chance to go left': ants.chanceOfLeft(row, fork),
      Carries: ants.carries(row) ? 'food' : 'nothing',
    }
  }
}
