import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { bundleUrl } from '../shared/testdata/startThread.ts'
import { runNodeAssignment } from './nodeProbe.ts'

it('hands every task to a worker on another thread, and knows how long that took', { timeout: 30_000 }, async () => {
  const thread = await bundleUrl(fileURLToPath(new URL('../node/benchWorker.ts', import.meta.url)))
  const { tasks, workers, p50Us, p99Us, histogram } = await runNodeAssignment(100, thread)
  expect(workers).toBe(16)
  // One every 250 µs where the machine keeps up; it need not, but tasks there must be.
  expect(tasks).toBeGreaterThan(20)
  expect(p50Us).toBeGreaterThan(0)
  expect(p99Us).toBeGreaterThanOrEqual(p50Us)
  expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(tasks)
})
