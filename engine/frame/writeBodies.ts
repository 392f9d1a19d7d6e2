import type { Frame } from './frame.ts'

/** The columns of a space as the frame writer needs them. */
export interface ShownSpace {
  readonly position: Float32Array
  readonly heading: Float32Array
  readonly speed: Float32Array
  readonly group: Uint8Array
  readonly state: Uint8Array
  readonly flags: Uint8Array
  readonly status: Uint8Array
  readonly field: Float32Array | Float64Array | null
}

/** Writes one part's share of bodies and cells: rows from..to of each column, in proportion. */
export function writeBodies(frame: Frame, space: ShownSpace, index: number, parts: number): void {
  const { bodies, field } = frame
  if (bodies === null) return
  for (const name of Object.keys(bodies) as (keyof typeof bodies)[]) copy(bodies[name], space[name], index, parts)
  if (field !== null && space.field !== null) copy(field, space.field, index, parts)
}

type Numbers = Float32Array | Float64Array | Uint8Array

function copy(to: Numbers, from: Numbers, index: number, parts: number): void {
  const begin = Math.floor((to.length * index) / parts)
  const end = Math.floor((to.length * (index + 1)) / parts)
  to.set(from.subarray(begin, end), begin)
}
