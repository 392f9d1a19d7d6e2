import { cos, PI, sin, TAU } from '../../kernel/math.ts'
import type { Space } from '../SpaceModel.ts'

export const SHAPES = ['vee', 'column', 'line', 'circle', 'grid'] as const
export type Shape = (typeof SHAPES)[number]

/** What places of a formation follow from, as it is at one step. */
export interface Layout {
  readonly shape: Shape
  /** World units between two neighbours. */
  readonly spacing: number
  /** Of the whole vee. */
  readonly openDegrees: number
  /** Of a grid. */
  readonly files: number
  /** Places that are taken; a circle has room for just so many. */
  readonly taken: number
}

export function layoutOf({ params }: Space, taken: number): Layout {
  const { shape, spacing, openDegrees, files } = params as unknown as Omit<Layout, 'taken'>
  return { shape, spacing, openDegrees, files, taken }
}

/**
 * The offset of a place from the anchor: out[0] forward, out[1] to the left, world units. Place 0 is at the front (in
 * the middle of a line, at the head of a circle); the numbers go on towards the rear, left before right.
 */
export function offsetOf(layout: Layout, place: number, out: Float64Array): void {
  const { spacing, files, taken } = layout
  switch (layout.shape) {
    case 'column':
      out[0] = -place * spacing
      out[1] = 0
      return
    case 'grid':
      out[0] = -Math.floor(place / files) * spacing
      out[1] = ((files - 1) / 2 - (place % files)) * spacing
      return
    case 'circle': {
      const radius = taken < 2 ? 0 : spacing / (2 * sin(PI / taken))
      const angle = taken < 2 ? 0 : (place * TAU) / taken
      out[0] = radius * cos(angle)
      out[1] = radius * sin(angle)
      return
    }
    default: {
      const half = layout.shape === 'line' ? PI / 2 : (layout.openDegrees * PI) / 360
      const rank = Math.ceil(place / 2)
      out[0] = layout.shape === 'line' ? 0 : -rank * spacing * cos(half)
      out[1] = (place % 2 === 1 ? 1 : -1) * rank * spacing * sin(half)
    }
  }
}

/** Who stands behind place p in the same file: p + stride. Place 0 of a vee or a line has both arms behind it. */
export function strideOf({ shape, files }: Layout): number {
  if (shape === 'grid') return files
  return shape === 'vee' || shape === 'line' ? 2 : 1
}

/** The first place behind `place` in its file; of a vee's point that of the left arm. */
export const behind = (layout: Layout, place: number): number =>
  place === 0 && strideOf(layout) === 2 ? 1 : place + strideOf(layout)
