import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../engine/scenario/Scenario.ts'
import {
  labelsUnder,
  moveCommand,
  removeCommand,
  resizeCommand,
  shadedBands,
  stackBands,
  ticks,
  timeAt,
} from './timelineGeometry.ts'

const log: readonly Command[] = [
  { at: 1_000_000, op: 'crash', agent: 'leader' },
  { at: 2_000_000, op: 'partition', side: { group: 1 }, forUs: 500_000 },
  { at: 2_000_000, op: 'heal' },
]

describe('timeline geometry', () => {
  it('maps both edges and clamps beyond them', () => {
    const view = { fromUs: 0, toUs: 10_000_000 }
    expect([-5, 0, 500, 1000, 2000].map((x) => timeAt(view, x, 1000))).toEqual([0, 0, 5_000_000, 1e7, 1e7])
  })
  it('puts ticks at round times, at least the asked distance apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 1e9 }), fc.integer({ min: 100, max: 3000 }), (span, width) => {
        const at = ticks({ fromUs: 0, toUs: span }, width)
        for (let i = 1; i < at.length; i++)
          expect(((at[i]! - at[i - 1]!) / span) * width).toBeGreaterThanOrEqual(80 - 1e-6)
      }),
    )
  })
  it('never overlaps two labels in one row', () => {
    const band = fc.record({ from: fc.nat(1000), length: fc.integer({ min: 1, max: 300 }) })
    fc.assert(
      fc.property(fc.array(band, { maxLength: 30 }), (raw) => {
        const bands = raw.map((b, index) => ({ from: b.from, to: b.from + b.length, label: '', op: 'crash', index }))
        const rows = stackBands(bands, (b) => b.to - b.from)
        for (let i = 0; i < bands.length; i++)
          for (let j = 0; j < i; j++)
            if (rows[i] === rows[j])
              expect(bands[i]!.from >= bands[j]!.to || bands[j]!.from >= bands[i]!.to, `${i} and ${j}`).toBe(true)
      }),
    )
  })
  it('shades at most three bands that lie wholly on each other, and counts the labels under the last', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ from: 4, to: 9, label: 'x', op: 'crash', index }))
    const apart = { from: 10, to: 11, label: 'y', op: 'pause', index: 60 }
    expect(
      shadedBands([...many, apart])
        .map((shaded, i) => (shaded ? i : -1))
        .filter((i) => i >= 0),
    ).toEqual([0, 1, 2, 60])
    const rows = stackBands(many, () => 1)
    expect(labelsUnder(many, rows, 2, () => 1).at(-1)).toBe(58)
    expect(labelsUnder([apart], [0], 2, () => 1)).toEqual([0])
  })
  it('keeps the log in order of time when a band is dragged past another', () => {
    const moved = moveCommand(log, 0, 2_500_400)
    expect(moved.map((c) => c.op)).toEqual(['partition', 'heal', 'crash'])
    expect(moved[2]!.at).toBe(2_500_000)
    expect(log[0]!.at).toBe(1_000_000)
  })
  it('gives an endless fault an end when its edge is dragged, at least 1 ms', () => {
    expect(resizeCommand(log, 0, 1_750_000)[0]).toMatchObject({ forUs: 750_000 })
    expect(resizeCommand(log, 1, 0)[1]).toMatchObject({ forUs: 1000 })
    expect(resizeCommand(log, 2, 9e6)[2]).toEqual(log[2])
  })
  it('removes one command and leaves the others', () =>
    expect(removeCommand(log, 1).map((c) => c.op)).toEqual(['crash', 'heal']))
})
