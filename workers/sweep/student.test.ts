import { expect, it } from 'vitest'
import { studentQuantile } from './student.ts'

it('quantiles of Student’s t as the tables have them (NIST/SEMATECH e-Handbook 1.3.6.7.2)', () => {
  const table: readonly (readonly [p: number, df: number, t: number])[] = [
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 3, 3.182],
    [0.975, 4, 2.776],
    [0.975, 7, 2.365],
    [0.975, 10, 2.228],
    [0.975, 19, 2.093],
    [0.975, 30, 2.042],
    [0.975, 100, 1.984],
    [0.95, 5, 2.015],
    [0.995, 12, 3.055],
    [0.9, 8, 1.397],
  ]
  for (const [p, df, t] of table) expect(studentQuantile(p, df), `p ${p}, ${df} degrees`).toBeCloseTo(t, 3)
  expect(studentQuantile(0.975, 1_000_000), 'the normal distribution’s in the limit').toBeCloseTo(1.95997, 4)
  expect(studentQuantile(0.975, 1), 'the Cauchy quantile is tan(0.475 π)').toBeCloseTo(Math.tan(0.475 * Math.PI), 8)
})
