import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  failureShare,
  newBreaker,
  permit,
  report,
  wake,
  type BreakerParams,
  type CircuitBreaker,
} from './CircuitBreaker.ts'

const PARAMS: BreakerParams = { window: 4, threshold: 0.5, openUs: 1_000, trials: 2 }
const call = (breaker: CircuitBreaker, failed: boolean, nowUs = 0, params = PARAMS) =>
  report(breaker, params, breaker.period, failed, nowUs)
/** A breaker that tripped at time 0. */
function tripped(): CircuitBreaker {
  const breaker = newBreaker()
  for (const failed of [false, true, false, true]) call(breaker, failed)
  return breaker
}

describe('circuit breaker (Nygard 2007)', () => {
  it('judges nothing before its window is full, and then trips at the threshold itself', () => {
    const breaker = newBreaker()
    expect([true, true, true].map((failed) => call(breaker, failed))).toEqual([null, null, null])
    expect(breaker.state).toBe('closed')
    expect(call(breaker, false)).toBe('tripped')
    expect(tripped().state).toBe('open')
  })
  it('counts the newest calls only', () => {
    const breaker = newBreaker()
    for (const failed of [true, false, false, false, false, true]) call(breaker, failed)
    expect(breaker.state).toBe('closed')
    expect(failureShare(breaker)).toBe(0.25)
  })
  it('refuses everything while it is open, and lets as many trials through as it may once its time is over', () => {
    const breaker = tripped()
    expect(wake(breaker, PARAMS, 999)).toBeNull()
    expect(permit(breaker, PARAMS)).toBe(false)
    expect(wake(breaker, PARAMS, 1_000)).toBe('half-open')
    expect([permit(breaker, PARAMS), permit(breaker, PARAMS), permit(breaker, PARAMS)]).toEqual([true, true, false])
  })
  it('closes with an empty window when every trial came back well, and opens again at the first that did not', () => {
    const well = tripped()
    wake(well, PARAMS, 1_000)
    expect([call(well, false, 1_010), call(well, false, 1_020)]).toEqual([null, 'closed'])
    expect([well.state, well.outcomes.length]).toEqual(['closed', 0])
    const badly = tripped()
    wake(badly, PARAMS, 1_000)
    call(badly, false, 1_010)
    expect(call(badly, true, 1_020)).toBe('tripped')
    expect(wake(badly, PARAMS, 2_019)).toBeNull()
    expect(wake(badly, PARAMS, 2_020)).toBe('half-open')
  })
  it('ignores an answer to a call of an earlier period: it says nothing about this one', () => {
    const breaker = tripped()
    expect(report(breaker, PARAMS, 0, true, 10)).toBeNull()
    wake(breaker, PARAMS, 1_000)
    expect(report(breaker, PARAMS, 0, true, 1_010)).toBeNull()
    expect(breaker.state).toBe('half-open')
  })
  it('never counts more failures than calls, nor more calls than its window, whatever happens to it', () => {
    const event = fc.record({
      failed: fc.boolean(),
      late: fc.nat(2),
      dtUs: fc.nat(700),
      window: fc.constantFrom(3, 4, 8),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 120 }), (events) => {
        const breaker = newBreaker()
        let nowUs = 0
        for (const { failed, late, dtUs, window } of events) {
          nowUs += dtUs
          const params = { ...PARAMS, window }
          wake(breaker, params, nowUs)
          if (permit(breaker, params)) report(breaker, params, breaker.period - late, failed, nowUs)
          expect(breaker.failures).toBe(breaker.outcomes.reduce((sum, outcome) => sum + outcome, 0))
          expect(breaker.outcomes.length).toBeLessThanOrEqual(8)
          expect(breaker.trials).toBeLessThanOrEqual(params.trials)
        }
        expect(structuredClone(breaker)).toEqual(breaker)
      }),
    )
  })
})
