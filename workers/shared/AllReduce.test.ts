import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { AllReduce, allReduceBytes, LANES } from './AllReduce.ts'
import { bundleThread } from './testdata/startThread.ts'
import type { StressJob } from './testdata/stressThread.ts'

describe('AllReduce', { timeout: 20_000 }, () => {
  let start: (job: StressJob) => Promise<unknown>
  beforeAll(async () => {
    start = await bundleThread(fileURLToPath(new URL('./testdata/stressThread.ts', import.meta.url)))
  })
  const run = (workers: number, count: number, spin: boolean) => {
    const memory = new SharedArrayBuffer(allReduceBytes(workers))
    const all = Array.from({ length: workers }, (_, me) => ({ me, workers, count, spin, memory, capacity: 0 }))
    return Promise.all(all.map((job) => start({ task: 'allReduce', ...job })))
  }

  it.each([
    { workers: 2, count: 20_000, spin: true },
    { workers: 2, count: 2_000, spin: false },
    { workers: 5, count: 500, spin: false }, // more workers than cores: every one sleeps and is woken
  ])('shows every worker what all published, round after round: $workers workers, spin $spin', async (shape) => {
    const outcome = await run(shape.workers, shape.count, shape.spin)
    expect(outcome).toEqual(outcome.map(() => `met ${shape.count} times`))
  })

  it('adds and compares in worker order, per lane', () => {
    const alone = new AllReduce(new SharedArrayBuffer(allReduceBytes(1)), 0, 1, 0, 0)
    alone.publish(0.1)
    alone.publish(7, LANES - 1)
    expect(alone.arrive()).toBe('ok')
    expect([alone.sum(), alone.min(), alone.min(LANES - 1)]).toEqual([0.1, 0.1, 7])
    expect(() => alone.publish(1, LANES)).toThrow('lanes')
  })
})
