import { describe, expect, it } from 'vitest'
import { RidgeSearch } from './ridges.ts'
import { spaceOf } from './testing/spaceOf.ts'

/** A field drawn with letters: `#` is 1, everything else 0. Row 0 is the first line. */
function drawn(lines: readonly string[], change = {}) {
  const [columns, rows] = [lines[0]!.length, lines.length]
  const field = Float32Array.from(lines.join(''), (c) => (c === '#' ? 1 : 0))
  const space = spaceOf([], { width: columns, height: rows, edges: 'walls', ...change })
  return new RidgeSearch().find(space, field, 0)
}

describe('trails', () => {
  it('are connected cells above the mean by a standard deviation, longer than wide', () => {
    const found = drawn([
      '..............',
      '.##########...',
      '..............',
      '..............',
      '..........##..',
      '..........##..',
    ])
    expect(found).toMatchObject({ count: 1, longest: 9, share: 10 / 14, place: [6, 1.5] })
    expect(found.radius).toBeCloseTo(Math.sqrt(101) / 2)
  })

  it('go round corners and count diagonals as √2', () => {
    const found = drawn([
      '.#..........', //
      '.#..........',
      '.#..........',
      '..#.........',
      '...#........',
      '....######..',
      '............',
      '............',
    ])
    expect(found.longest).toBeCloseTo(2 + 3 * Math.SQRT2 + 5)
  })

  it('go on over the seams of a world that wraps', () => {
    const lines = ['##......####', '............', '............', '............', '............']
    expect(drawn(lines, { edges: 'wrap' })).toMatchObject({ count: 1, longest: 5, share: 1, place: [11, 0.5] })
    expect(drawn(lines, { edges: 'walls' }).longest).toBe(3)
  })

  it('are told in world units', () => {
    const field = new Float32Array(400)
    for (let i = 4; i < 16; i++) field[20 * 9 + i] = 3
    const found = new RidgeSearch().find(spaceOf([], { width: 10, height: 10, cell: 0.5, edges: 'walls' }), field, 0)
    expect(found).toMatchObject({ count: 1, longest: 5.5, place: [5, 4.75] })
  })

  it('are not patches, nor an even field, nor an empty one', () => {
    expect(drawn(['......', '.###..', '.###..', '.###..', '......', '......'])).toMatchObject({ count: 0, share: 0 })
    const space = spaceOf([], { width: 6, height: 6 })
    for (const value of [0, 0.1, 7])
      expect(new RidgeSearch().find(space, new Float32Array(36).fill(value), 0)).toMatchObject({ count: 0, longest: 0 })
  })

  it('are looked for in the layer asked for', () => {
    const field = new Float32Array(2 * 36)
    for (let i = 0; i < 6; i++) field[36 + 12 + i] = 1
    const space = spaceOf([], { width: 6, height: 6, edges: 'walls' })
    expect(new RidgeSearch().find(space, field, 0).count).toBe(0)
    expect(new RidgeSearch().find(space, field, 1)).toMatchObject({ count: 1, longest: 5 })
  })
})
