import type { DigestSum, Hasher } from '../kernel/digest.ts'
import { assert } from '../kernel/assert.ts'
import { philox, STREAM } from '../kernel/philox.ts'
import type { Plain } from '../kernel/plain.ts'
import type { Command, Disc, Scenario, SpaceSpec } from '../scenario/Scenario.ts'
import { cellsOf } from './cells.ts'
import { bodyColumns, columnBytes, viewColumns } from './columns.ts'
import type { ArraySpecs, BoundModel, Column, Figures, Part, Senses, Space, SpaceModel, Watcher } from './SpaceModel.ts'
import { troubleIn, type Trouble } from './trouble.ts'

/** The tables a step depends on: the same copy on every worker. */
export interface SpaceTables {
  readonly log: readonly Command[]
  readonly state: {
    readonly registry: { readonly count: number; readonly status: Uint8Array }
    readonly space: SpaceState | null
  }
}

/** What commands have made of the bodies; part of the shared tables. Plain data. */
export interface SpaceState {
  /** Parameters set since the start, by name. */
  params: { readonly [name: string]: Plain }
  /** FLAG bits by row. */
  flags: Uint8Array
  /** Afflictions that are still on: rows by bit, and what they do. */
  afflictions: readonly { readonly command: number; readonly effect: string; readonly rows: Uint8Array }[]
  /** A step found what must not be; nothing moves since. */
  halted: boolean
}

/** A contiguous piece of one state column. */
export interface ColumnPiece {
  readonly column: number
  readonly from: number
  readonly values: Column
}

/** Obstacles and winds at a time; scenario/spaceAt.ts, which this room does not import. */
export interface Weather {
  obstaclesAt(scenario: Scenario, log: readonly Command[], t: number): readonly Disc[]
  windAt(log: readonly Command[], t: number): readonly [number, number, number]
}

type Steps<T> = Generator<readonly number[], T, (shard: number, lane: number) => number>
type SpaceMark = { readonly kind: string; readonly [field: string]: Plain }

/** Arrays of a space in their order: standard columns, the model's, the watcher's. */
function specsOf(spec: SpaceSpec, capacity: number, model: SpaceModel, watcher: Watcher): ArraySpecs {
  const { columns, rows } = cellsOf(spec)
  const own = model.arrays(spec, capacity, columns, rows)
  const watched = watcher.arrays(spec, capacity, columns, rows)
  const all = { ...bodyColumns(capacity), ...own, ...watched }
  const names = [bodyColumns(capacity), own, watched].reduce((sum, specs) => sum + Object.keys(specs).length, 0)
  assert(Object.keys(all).length === names, 'arrays of a space have different names')
  return all
}

/** Bytes that the columns of a scenario's space take, in one (shared) buffer. */
export const spaceBytes = (spec: SpaceSpec, capacity: number, model: SpaceModel, watcher: Watcher): number =>
  columnBytes(specsOf(spec, capacity, model, watcher))

/**
 * The space of one run as one worker has it: columns that all workers share, and the way through a step. Changes
 * columns only in `begin`, `spawn`, `load` and the phases of `step`.
 */
export class SpaceRun implements Space {
  readonly spec: SpaceSpec
  readonly seed: number
  readonly columns: number
  readonly rows: number
  readonly position: Float32Array
  readonly heading: Float32Array
  readonly speed: Float32Array
  readonly group: Uint8Array
  readonly state: Uint8Array
  tick = 0
  count = 0
  status: Uint8Array = NOBODY
  flags: Uint8Array = NOBODY
  params: { readonly [name: string]: Plain }
  obstacles: readonly Disc[]
  wind: readonly [number, number, number] = [0, 0, 0]
  /** Time of the last step. */
  steppedUs = 0
  /** Other columns than the last step left: what models keep by the list of obstacles is of another time. */
  private isLoaded = false
  /** State columns in their order. */
  readonly kept: readonly Column[]
  readonly bound: BoundModel
  private readonly arrays: Map<string, Column>
  private readonly watching
  private readonly keptNames: readonly string[]

  constructor(
    readonly scenario: Scenario,
    readonly capacity: number,
    readonly model: SpaceModel,
    watcher: Watcher,
    memory: ArrayBufferLike,
    private readonly weather: Weather,
  ) {
    const spec = (this.spec = scenario.space!)
    this.seed = scenario.seed
    const { columns, rows } = cellsOf(spec)
    this.columns = columns
    this.rows = rows
    const specs = specsOf(spec, capacity, model, watcher)
    this.arrays = viewColumns(specs, memory)
    this.keptNames = Object.keys(specs).filter((name) => specs[name]!.keep)
    this.kept = this.keptNames.map((name) => this.array(name))
    this.position = this.array('position') as Float32Array
    this.heading = this.array('heading') as Float32Array
    this.speed = this.array('speed') as Float32Array
    this.group = this.array('group') as Uint8Array
    this.state = this.array('state') as Uint8Array
    this.params = spec.params
    this.obstacles = spec.obstacles
    this.count = scenario.swarm.agents
    this.bound = model.bind(this)
    this.watching = watcher.bind(this, model)
  }

  array(name: string): Column {
    const found = this.arrays.get(name)
    assert(found !== undefined, `the space has an array ${name}`)
    return found
  }

  /** Null where the model has no field. */
  get field(): Float32Array | Float64Array | null {
    return (this.arrays.get('field') as Float32Array | undefined) ?? null
  }

  draw(out: Uint32Array, row: number, purpose: number): void {
    philox(out, this.seed, STREAM.space, row, purpose, this.tick, 0)
  }

  /** Everything at time 0. Every worker calls it, and all write the same. */
  begin(tables: SpaceTables): void {
    this.prepare(tables, 0)
    this.bound.begin()
  }

  /** The first time after `t` (or at it) at which a step is due; steps are at multiples of stepUs, not at 0. */
  nextAt(t: number, inclusive: boolean): number {
    const { stepUs } = this.spec
    const k = inclusive ? Math.ceil(t / stepUs) : Math.floor(t / stepUs) + 1
    return Math.max(1, k) * stepUs
  }

  /** Brings what a step depends on up to date with the tables: for the step at `t`, or at the cut before it. */
  prepare(tables: SpaceTables, t: number, stepping = false): void {
    const { registry, space } = tables.state
    const { stepUs } = this.spec
    this.tick = stepping ? t / stepUs : Math.max(0, Math.ceil(t / stepUs) - 1)
    this.steppedUs = this.tick * stepUs
    this.count = registry.count
    this.status = registry.status
    this.flags = space!.flags
    this.params = { ...this.spec.params, ...space!.params }
    const obstacles = this.weather.obstaclesAt(this.scenario, tables.log, t)
    if (this.isLoaded || !same(obstacles, this.obstacles)) this.obstacles = obstacles.slice()
    this.isLoaded = false
    const [x, y, z] = this.weather.windAt(tables.log, t)
    const step = stepUs / 1_000_000
    this.wind = [x * step, y * step, z * step]
  }

  /**
   * The step at the cut at `t`: all phases, then a look at every figure, then the measurement. Yields wherever all
   * workers must meet. Returns marks, on the first part only; `halted` on all alike.
   */
  *step(part: Part, tables: SpaceTables, t: number): Steps<readonly SpaceMark[]> {
    if (tables.state.space!.halted) return []
    this.prepare(tables, t, true)
    for (const phase of this.bound.phases) {
      yield NOTHING
      phase(part)
    }
    yield NOTHING
    const found = troubleIn(this, part)
    const all = yield found === null ? [-1, 0] : [found.column, found.at]
    const trouble = firstTrouble(all, part.parts)
    if (trouble !== null) {
      tables.state.space!.halted = true
      return part.index === 0 ? [this.troubleMark(trouble)] : []
    }
    const { measureEvery } = this.spec
    if (measureEvery === 0 || this.tick % measureEvery !== 0) return []
    if (part.index !== 0) return []
    const figures: Figures = {}
    this.bound.measure?.(figures)
    return this.watching.measure(t, figures)
  }

  private troubleMark({ column, at }: Trouble): SpaceMark {
    const name = this.keptNames[column]!
    const values = this.kept[column]!
    const perRow = { position: 3, heading: 3 }[name] ?? 1
    const value = values[at]!
    const isBody = values.length === perRow * this.capacity
    return {
      kind: value - value === 0 ? 'outside' : 'not a number',
      column: name,
      tick: this.tick,
      value: String(value),
      // A field's cells belong to nobody.
      agent: isBody ? Math.floor(at / perRow) : -1,
      cell: isBody ? -1 : at,
    }
  }

  sense(row: number): Senses {
    return this.bound.sense?.(row) ?? {}
  }

  /** Adds this part's share of the state to `sum`. */
  digest(hasher: Hasher, part: Part, sum: DigestSum): void {
    this.kept.forEach((column, place) => {
      const { buffer, byteOffset, byteLength } = column
      // Columns are padded to whole words, and the padding stays zero.
      const words = new Int32Array(buffer as ArrayBuffer, byteOffset, Math.ceil(byteLength / 4))
      for (let block = part.index; block * BLOCK_WORDS < words.length; block += part.parts) {
        hasher.begin(TAG_COLUMN)
        hasher.word(place)
        hasher.word(block)
        const end = Math.min(words.length, (block + 1) * BLOCK_WORDS)
        for (let i = block * BLOCK_WORDS; i < end; i++) hasher.word(words[i]!)
        hasher.end(sum)
      }
    })
  }

  /** This part's share of the state, copied. */
  save({ index, parts }: Part): readonly ColumnPiece[] {
    return this.kept.map((values, column) => {
      const from = Math.floor((values.length * index) / parts)
      return { column, from, values: values.slice(from, Math.floor((values.length * (index + 1)) / parts)) }
    })
  }

  /** Puts pieces back; together those of all workers are the whole state. */
  load(pieces: readonly ColumnPiece[]): void {
    for (const { column, from, values } of pieces) (this.kept[column] as Float32Array).set(values as Float32Array, from)
    this.isLoaded = true
  }
}

const NOBODY = new Uint8Array(0)
const NOTHING: readonly number[] = []
const TAG_COLUMN = 0x24
/** Words hashed as one: large enough to be fast, and the same blocks whoever hashes them. */
const BLOCK_WORDS = 1_024

const same = (a: readonly Disc[], b: readonly Disc[]): boolean =>
  a.length === b.length && a.every((disc, i) => disc === b[i])

function firstTrouble(all: (shard: number, lane: number) => number, parts: number): Trouble | null {
  let first: Trouble | null = null
  for (let s = 0; s < parts; s++) {
    const [column, at] = [all(s, 0), all(s, 1)]
    if (column < 0) continue
    if (first === null || column < first.column || (column === first.column && at < first.at)) first = { column, at }
  }
  return first
}
