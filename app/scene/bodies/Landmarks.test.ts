import { describe, expect, it } from 'vitest'
import type { Frame } from '../../../engine/frame/frame.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { Landmarks } from './Landmarks.ts'

const [columns, rows] = [10, 6]
const info = {
  space: {
    columns,
    rows,
    layers: [
      { name: 'Scent', unit: 'units' },
      { name: 'Food', unit: 'crumbs' },
    ],
    landmarks: [
      { name: 'Nest', x: 5, y: 3, radius: 2 },
      { name: 'Food', x: 3, y: 3, radius: 1.2, layer: 1 },
    ],
  },
} as unknown as StageInfo
const frame = (food: readonly (readonly [column: number, row: number, amount: number])[]): Frame => {
  const field = new Float32Array(2 * columns * rows).fill(100, 0, columns * rows)
  for (const [column, row, amount] of food) field[columns * rows + row * columns + column] = amount
  return { field } as unknown as Frame
}

describe('landmarks', () => {
  it('tell what their layer holds in the cells whose middles lie inside', () => {
    // Inside: (2.5, 2.5) and (3.5, 3.5); outside: (4.5, 3.5).
    const [nest, food] = new Landmarks(info, 1, 0).at(
      frame([
        [2, 2, 3],
        [3, 3, 2],
        [4, 3, 50],
      ]),
    )
    expect(nest).toEqual({ name: 'Nest', place: [5, 3, 0], radius: 2, line: '' })
    expect(food).toEqual({ name: 'Food', place: [3, 3, 0], radius: 1.2, line: '5 crumbs' })
  })

  it('are gone once what they held is gone, others stay', () => {
    const landmarks = new Landmarks(info, 1, 0)
    expect(landmarks.at(frame([[4, 3, 50]])).map(({ name }) => name)).toEqual(['Nest'])
    expect(landmarks.at(frame([[2, 2, 1]])).map(({ name }) => name)).toEqual(['Nest', 'Food'])
  })
})
