import type { ArraySpecs, ArrayType, Column } from './SpaceModel.ts'

/** Standard columns of every space; a row is a body. */
export const bodyColumns = (capacity: number): ArraySpecs => ({
  position: { type: 'f32', length: 3 * capacity, keep: true },
  heading: { type: 'f32', length: 3 * capacity, keep: true },
  speed: { type: 'f32', length: capacity, keep: true },
  group: { type: 'u8', length: capacity, keep: true },
  state: { type: 'u8', length: capacity, keep: true },
})

const TYPES = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u8: Uint8Array,
} as const satisfies { readonly [T in ArrayType]: unknown }

/** A cache line: arrays of two workers never share one. */
const LINE = 64
const padded = (bytes: number): number => Math.ceil(bytes / LINE) * LINE
const bytesOf = ({ type, length }: ArraySpecs[string]): number => padded(length * TYPES[type].BYTES_PER_ELEMENT)

export const columnBytes = (specs: ArraySpecs): number => Object.values(specs).reduce((sum, s) => sum + bytesOf(s), 0)

/** Views over `memory`, which has `columnBytes(specs)` zero-filled bytes; every worker makes the same. */
export function viewColumns(specs: ArraySpecs, memory: ArrayBufferLike): Map<string, Column> {
  let at = 0
  const views = new Map<string, Column>()
  for (const [name, spec] of Object.entries(specs)) {
    views.set(name, new TYPES[spec.type](memory as ArrayBuffer, at, spec.length))
    at += bytesOf(spec)
  }
  return views
}
