import { expect, it } from 'vitest'
import { jobLogOpening } from './jobLogOpening.ts'

it('a job log is opened: a positive time, and how many jobs and bytes', async () => {
  const [row] = await jobLogOpening(500, 2)
  expect(row).toMatchObject({ name: 'job-log-open', unit: 'ms', runs: 2 })
  expect(row!.value).toBeGreaterThan(0)
  expect(row!.note).toMatch(/^500 jobs, \d+ bytes/)
})
