import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustClock, localAt, trueClock, whenLocal } from './clock.ts'
import { micros } from './units.ts'

describe('local clock', () => {
  it('shows virtual time where it neither drifts nor is offset', () => {
    expect(localAt(trueClock(), micros(123_456))).toBe(123_456)
    expect(whenLocal(trueClock(), 500, micros(100))).toBe(500)
  })

  it('reaches a local time at the first virtual time that shows it, and not before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -200_000, max: 200_000 }),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.nat(10_000_000_000),
        fc.nat(5_000_000),
        (drift, offset, at, ahead) => {
          const clock = trueClock()
          adjustClock(clock, micros(at), offset, drift)
          const target = localAt(clock, micros(at)) + ahead
          const t = whenLocal(clock, target, micros(at))
          return localAt(clock, t) >= target && (t === at || localAt(clock, micros(t - 1)) < target)
        },
      ),
    )
  })

  it('never stands still below a drift of one million', () => {
    const clock = { atUs: 0, localUs: 0, driftPpm: -999_999 }
    expect(localAt(clock, micros(10_000_000))).toBe(10)
  })
})
