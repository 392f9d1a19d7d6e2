import { describe, expect, it } from 'vitest'
import { shareAt } from './field.ts'
import { CIVIDIS, rampAt, shareOf, valueAt, VIRIDIS } from './ramp.ts'

const [columns, rows] = [6, 4]
const at = (cells: Float32Array, x: number, y: number, max: number): number =>
  shareAt(cells, columns, rows, max, x, y, 2)

describe('the landscape of a field', () => {
  it('is level where the field is, also at the edges of the world', () => {
    const cells = new Float32Array(columns * rows).fill(4)
    for (const [x, y] of [
      [0, 0],
      [12, 8],
      [5.3, 2.9],
      [0, 7.9],
    ] as const)
      expect(at(cells, x, y, 16)).toBeCloseTo(0.5, 6)
  })

  it('has no steps: from one cell to the next it rises little by little', () => {
    const cells = new Float32Array(columns * rows)
    cells[2 * columns + 3] = 1
    let last = 0
    for (let x = 3; x <= 7; x += 0.05) {
      const here = at(cells, x, 5, 1)
      expect(here).toBeGreaterThanOrEqual(last - 1e-9)
      expect(here - last).toBeLessThan(0.05)
      last = here
    }
    expect(last).toBeCloseTo(0.75 * 0.75, 5)
  })

  it('is flat where nothing is', () => {
    expect(at(new Float32Array(columns * rows), 3, 3, 0)).toBe(0)
  })
})

describe('colours of a field', () => {
  it('give small values their share: the scale is the square root, and its ticks are its inverse', () => {
    expect([0, 1, 4, 16, 99].map((value) => shareOf(value, 16))).toEqual([0, 0.25, 0.5, 1, 1])
    for (const share of [0, 0.25, 0.5, 1]) expect(shareOf(valueAt(share, 9), 9)).toBeCloseTo(share)
  })

  it('grow brighter all the way, in viridis and in cividis', () => {
    for (const ramp of [VIRIDIS, CIVIDIS]) {
      const colour: number[] = []
      let last = -1
      for (let k = 0; k <= 40; k++) {
        rampAt(ramp, k / 40, colour)
        const light = 0.2126 * colour[0]! + 0.7152 * colour[1]! + 0.0722 * colour[2]!
        expect(light).toBeGreaterThan(last)
        last = light
      }
    }
  })
})
