import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DisplayClock } from './DisplayClock.ts'

describe('DisplayClock', () => {
  it('never runs ahead of the newest frame and never backwards while playing, whatever the bursts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ wall: fc.integer({ min: 1, max: 60 }), burst: fc.integer({ min: 0, max: 12_000 }) }), {
          minLength: 1,
          maxLength: 200,
        }),
        (steps) => {
          const clock = new DisplayClock()
          let wall = 0
          let frame = 0
          let before = 0
          for (const step of steps) {
            wall += step.wall
            frame += step.burst
            const shown = clock.advance(wall, frame, 0.2)
            expect(shown).toBeLessThanOrEqual(frame)
            expect(shown).toBeGreaterThanOrEqual(before)
            before = shown
          }
        },
      ),
    )
  })

  it('moves evenly when frames come in bursts of 100 ms', () => {
    const clock = new DisplayClock()
    const deltas: number[] = []
    let before = 0
    for (let wall = 0; wall < 4000; wall += 16) {
      const frame = (Math.floor(wall / 100) * 100 + 100) * 1000
      const shown = clock.advance(wall, frame, 1)
      if (wall > 1500) deltas.push(shown - before)
      before = shown
    }
    expect(Math.min(...deltas)).toBeGreaterThan(16_000 * 0.5)
    expect(Math.max(...deltas)).toBeLessThan(16_000 * 1.6)
  })

  it('shows exactly the frame when paused, and follows a seek at once', () => {
    const clock = new DisplayClock()
    clock.advance(0, 1_000_000, 1)
    expect(clock.advance(16, 5_000_000, 0)).toBe(5_000_000)
    expect(clock.advance(32, 1_000, 1)).toBe(1_000)
  })
})
