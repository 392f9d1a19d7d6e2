import type { Frame } from '../../../engine/frame/frame.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { figure } from './words.ts'

/** A landmark that is there now. */
export interface LiveLandmark {
  readonly name: string
  /** World units. */
  readonly place: readonly [number, number, number]
  readonly radius: number
  /** What it still holds, in words; empty where it holds nothing that could be used up. */
  readonly line: string
}

/** Places that belong to a world: a nest, food. What holds something says how much is left, and is gone when empty. */
export class Landmarks {
  private readonly amounts: Float64Array
  private live: readonly LiveLandmark[] = []

  /** @param cell side of a cell of the fields, @param depth of the world, 0 in two dimensions; world units */
  constructor(
    private readonly info: StageInfo,
    private readonly cell: number,
    private readonly depth: number,
  ) {
    this.amounts = new Float64Array(info.space!.landmarks.length).fill(Number.NaN)
  }

  /** Those that are there in a frame; the same list as long as nothing has changed. */
  at({ field }: Frame): readonly LiveLandmark[] {
    const { landmarks } = this.info.space!
    let changed = false
    for (let k = 0; k < landmarks.length; k++) {
      const { layer } = landmarks[k]!
      const amount = layer === undefined || field === null ? Infinity : this.sumOf(field, k, layer)
      changed ||= amount !== this.amounts[k]
      this.amounts[k] = amount
    }
    if (changed) this.live = this.list()
    return this.live
  }

  private list(): LiveLandmark[] {
    const { landmarks, layers } = this.info.space!
    return landmarks.flatMap(({ name, x, y, radius, layer }, k) => {
      const amount = this.amounts[k]!
      const line = layer === undefined ? '' : `${figure(amount)} ${layers[layer]?.unit ?? ''}`.trim()
      return amount > 0 ? [{ name, place: [x, y, this.depth / 2] as const, radius, line }] : []
    })
  }

  /** The sum over the cells whose middle lies inside. */
  private sumOf(field: Float32Array, k: number, layer: number): number {
    const { columns, rows, landmarks } = this.info.space!
    const { x, y, radius } = landmarks[k]!
    const { cell } = this
    const from = layer * columns * rows
    const [top, bottom] = [Math.max(0, Math.floor((y - radius) / cell)), Math.min(rows, Math.ceil((y + radius) / cell))]
    const left = Math.max(0, Math.floor((x - radius) / cell))
    const right = Math.min(columns, Math.ceil((x + radius) / cell))
    let sum = 0
    for (let r = top; r < bottom; r++)
      for (let c = left; c < right; c++) {
        const dx = (c + 0.5) * cell - x
        const dy = (r + 0.5) * cell - y
        if (dx * dx + dy * dy <= radius * radius) sum += field[from + r * columns + c]!
      }
    return sum
  }
}
