import type { Plain } from '../kernel/plain.ts'
import type { Disc, SpaceKind, SpaceSpec } from '../scenario/Scenario.ts'

/**
 * What moves bodies, as contracts. A model is a list of phases over columns in shared memory. Every worker runs every
 * phase on its part; between two phases all meet. So a phase may read whatever earlier phases wrote, and write only
 * what no other part reads or writes in the same phase.
 */
export type ArrayType = 'f64' | 'f32' | 'i32' | 'u32' | 'u8'
export type Column = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array

export interface ArraySpec {
  readonly type: ArrayType
  readonly length: number
  /** State: digested and in checkpoints. Otherwise scratch, whose content means nothing between two steps. */
  readonly keep: boolean
}
export type ArraySpecs = { readonly [name: string]: ArraySpec }

/** Which share of the work this worker has. */
export interface Part {
  readonly index: number
  readonly parts: number
}

/**
 * One phase of a step. `from..to` of `rowsOf(part, n)` is this part's share. A rule that is sequential by
 * definition returns at once where part.index is not 0, and says so. Allocates nothing, and depends on nothing but
 * `space`.
 */
export type Phase = (part: Part) => void

/** Bits of `flags`. */
export const FLAG = { blind: 1, deaf: 2, stuck: 4, rogue: 8 } as const

/** A world as a model sees it. Columns stay the same objects for the whole run; all else may change at every step. */
export interface Space {
  readonly spec: SpaceSpec
  readonly seed: number
  /** Rows of the columns. */
  readonly capacity: number
  /** Cells of a layer of a field: columns × rows; cell (c, r) is r · columns + c, its corner at (c, r) · spec.cell. */
  readonly columns: number
  readonly rows: number
  /** xyz interleaved, world units, 0 ≤ x < width (walls: ≤). z is 0 in two dimensions. State. */
  readonly position: Float32Array
  /** Unit vectors, xyz interleaved; where a body looks. State. */
  readonly heading: Float32Array
  /** World units a step. State. */
  readonly speed: Float32Array
  /** Index into the model's groups. State. */
  readonly group: Uint8Array
  /** Index into the model's states. State. */
  readonly state: Uint8Array
  /** One of the model's own arrays, or one above. */
  array(name: string): Column

  /** Steps done; during the first step 1. */
  readonly tick: number
  /** Ids given out: rows 0..count are or were bodies. */
  readonly count: number
  /** By row; bodies that take part are 1 (up), others lie where they fell. Read only. */
  readonly status: Uint8Array
  /** FLAG bits by row. Read only. */
  readonly flags: Uint8Array
  /** As they are at this step: defaults, the scenario's, and what was set since. */
  readonly params: { readonly [name: string]: Plain }
  /** A new list whenever it changes, and after a return to a checkpoint. */
  readonly obstacles: readonly Disc[]
  /** World units a step; the kernel adds nothing: a model moves its bodies by it. */
  readonly wind: readonly [number, number, number]

  /**
   * Fills `out[0..3]` with the random words of this row at this step for `purpose` (a small number that the model
   * hands out, each question its own). The same question always gets the same answer.
   */
  draw(out: Uint32Array, row: number, purpose: number): void
}

/** A layer of a field. */
export interface FieldLayer {
  readonly name: string
  /** Of one cell's value. */
  readonly unit: string
}

/** A place that belongs to a model's world, for viewers. */
export interface Landmark {
  /** A word or two in sentence case. */
  readonly name: string
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Layer of which it holds something: its amount is the sum inside, and it is gone once that is 0. */
  readonly layer?: number
}

/** What a body senses, for the inspector: plain numbers with their names in sentence case. */
export type Senses = { readonly [name: string]: number | string }
/** Figures of one measurement by name (camelCase); part of the 'measure' mark, so digested. */
export type Figures = { [name: string]: number }

export interface SpaceModel {
  readonly kind: SpaceKind
  /** Words for `group` and `state`, for legends. */
  groups(spec: SpaceSpec): readonly string[]
  readonly states: readonly string[]
  /** Layers of the array 'field' (layers × rows × columns values, layer by layer); none where there is no field. */
  readonly layers: readonly FieldLayer[]
  /** Left out where there are none. */
  landmarks?(spec: SpaceSpec): readonly Landmark[]
  /** Arrays beside the standard columns. One named 'field' is shown on the stage; declare it f32 or f64, keep. */
  arrays(spec: SpaceSpec, capacity: number, columns: number, rows: number): ArraySpecs
  bind(space: Space): BoundModel
}

/** A model with its columns in hand. Keeps no state of its own outside the arrays: a checkpoint is a copy of those. */
export interface BoundModel {
  /** The state at time 0, all rows below `space.count` and all cells. Every worker runs it, and all write the same. */
  begin(): void
  /** Places one more body, which joined. Every worker runs it, and all write the same. */
  spawn(row: number): void
  readonly phases: readonly Phase[]
  /** Figures of this model at a measurement, added to `into`. On one worker, all others waiting. */
  measure?(into: Figures): void
  sense?(row: number): Senses
}

/** Half-open share of n rows (or cells) of one part. */
export const rowsOf = ({ index, parts }: Part, n: number): readonly [from: number, to: number] => [
  Math.floor((n * index) / parts),
  Math.floor((n * (index + 1)) / parts),
]

/** What EmergentBehavior is to the kernel: figures and detections at every measurement, on one worker. */
export interface Watcher {
  arrays(spec: SpaceSpec, capacity: number, columns: number, rows: number): ArraySpecs
  bind(
    space: Space,
    model: SpaceModel,
  ): {
    /** Bodies of the marks to be made, in order; the first is the 'measure' itself. `figures` are the model's own. */
    measure(timeUs: number, figures: Figures): readonly { readonly kind: string; readonly [field: string]: Plain }[]
  }
}
