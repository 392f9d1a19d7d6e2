import { philox, STREAM } from '../../kernel/philox.ts'
import type { Plain } from '../../kernel/plain.ts'
import type { Disc, SpaceSpec } from '../../scenario/Scenario.ts'
import { cellsOf } from '../cells.ts'
import { bodyColumns, columnBytes, viewColumns } from '../columns.ts'
import { type ArraySpecs, type Column, type Phase, type Space } from '../SpaceModel.ts'

/** A space outside any run, all of whose fields a test may set. */
export class PlainSpace implements Space {
  readonly seed = 1
  readonly columns: number
  readonly rows: number
  readonly position: Float32Array
  readonly heading: Float32Array
  readonly speed: Float32Array
  readonly group: Uint8Array
  readonly state: Uint8Array
  readonly status: Uint8Array
  readonly flags: Uint8Array
  tick = 1
  count: number
  params: { [name: string]: Plain }
  obstacles: readonly Disc[]
  wind: readonly [number, number, number] = [0, 0, 0]
  private readonly arrays: Map<string, Column>

  constructor(
    readonly spec: SpaceSpec,
    readonly capacity: number,
    arrays: ArraySpecs,
  ) {
    const specs = { ...bodyColumns(capacity), ...arrays }
    this.arrays = viewColumns(specs, new ArrayBuffer(columnBytes(specs)))
    const { columns, rows } = cellsOf(spec)
    this.columns = columns
    this.rows = rows
    this.position = this.array('position') as Float32Array
    this.heading = this.array('heading') as Float32Array
    this.speed = this.array('speed') as Float32Array
    this.group = this.array('group') as Uint8Array
    this.state = this.array('state') as Uint8Array
    this.status = new Uint8Array(capacity).fill(1)
    this.flags = new Uint8Array(capacity)
    this.params = { ...spec.params }
    this.obstacles = spec.obstacles
    this.count = capacity
  }

  array(name: string): Column {
    const found = this.arrays.get(name)
    if (found === undefined) throw new Error(`no array ${name}`)
    return found
  }

  draw(out: Uint32Array, row: number, purpose: number): void {
    philox(out, this.seed, STREAM.space, row, purpose, this.tick, 0)
  }
}

/** One step: every phase on every part, in an order of parts that differs from phase to phase. */
export function runPhases(phases: readonly Phase[], parts: number): void {
  phases.forEach((phase, p) => {
    for (let i = 0; i < parts; i++) phase({ index: (i + p) % parts, parts })
  })
}
