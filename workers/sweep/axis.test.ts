import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../engine/scenario/limits.ts'
import { parseAxis } from './axis.ts'

const values = (text: string): unknown => {
  const axis = parseAxis(`p=${text}`)
  return axis.ok ? axis.value.values : axis.error
}

describe('parseAxis', () => {
  it('a list: JSON where it is JSON, else text; commas inside brackets and quotes do not divide', () => {
    expect(parseAxis('topology.kind=mesh,hierarchical,ring')).toEqual({
      ok: true,
      value: { path: 'topology.kind', values: ['mesh', 'hierarchical', 'ring'] },
    })
    expect(values('1, 2.5,true,null,"4"')).toEqual([1, 2.5, true, null, '4'])
    expect(values('[1,2],{"kind":"uniform","minUs":1,"maxUs":2},"a,b"')).toEqual([
      [1, 2],
      { kind: 'uniform', minUs: 1, maxUs: 2 },
      'a,b',
    ])
  })

  it('a range: start, step and the end included', () => {
    expect(values('0:0.2:0.05')).toEqual([0, 0.05, 0.1, 0.15, 0.2])
    expect(values('150e3:300e3:5e4')).toEqual([150_000, 200_000, 250_000, 300_000])
    expect(values('-1:1:.5')).toEqual([-1, -0.5, 0, 0.5, 1])
    expect(values('0:1:0.3'), 'an end that no step meets is not reached').toEqual([0, 0.3, 0.6, 0.9])
    expect(values('7:7:1')).toEqual([7])
    expect(values('1,10:30:10,100')).toEqual([1, 10, 20, 30, 100])
  })

  it('a range never drifts: every value is the number that its decimal digits name', () => {
    const decimals = fc.record({
      places: fc.integer({ min: 0, max: 9 }),
      start: fc.integer({ min: -100_000, max: 100_000 }),
      step: fc.integer({ min: 1, max: 1_000 }),
      many: fc.integer({ min: 1, max: 300 }),
    })
    fc.assert(
      fc.property(decimals, ({ places, start, step, many }) => {
        const literal = (digits: number): string => {
          const text = String(Math.abs(digits)).padStart(places + 1, '0')
          const at = text.length - places
          return `${digits < 0 ? '-' : ''}${text.slice(0, at)}${places === 0 ? '' : `.${text.slice(at)}`}`
        }
        const wanted = Array.from({ length: many }, (_, k) => Number(literal(start + k * step)))
        const range = `${literal(start)}:${literal(start + (many - 1) * step)}:${literal(step)}`
        expect(JSON.stringify(values(range))).toBe(JSON.stringify(wanted))
      }),
    )
  })

  it('what cannot be meant is one sentence', () => {
    expect(values('0:1:0')).toBe('p: the step of "0:1:0" is not above 0')
    expect(values('0:1:-1')).toBe('p: the step of "0:1:-1" is not above 0')
    expect(values('1:0:1')).toBe('p: the end of "1:0:1" is before its start')
    expect(values('0:1')).toBe('p: "0:1" is not start:end:step with three numbers')
    expect(values('0:x:1')).toBe('p: "0:x:1" is not start:end:step with three numbers')
    expect(values('0:1:1e-30')).toBe('p: "0:1:1e-30" has more digits than a range can count')
    expect(values(`0:${LIMITS.sweepPointsMax}:1`)).toBe('p: 100,001 values are above the 100,000 allowed')
    expect(values('0:1e15:1')).toBe('p: 1,000,000,000,000,001 values are above the 100,000 allowed')
    expect(values('a,,b')).toBe('p: a value is missing in "a,,b"')
    expect(values('')).toBe('p: a value is missing in ""')
    expect(values('1,2,1.0')).toBe('p: 1 is given twice')
    expect(parseAxis('=1')).toEqual({ ok: false, error: '--over: "=1" is not path=values' })
  })
})
