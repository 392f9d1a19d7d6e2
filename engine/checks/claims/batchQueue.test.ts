import { describe, expect, it } from 'vitest'
import { firstComeStarts, utilisation, type SeenJob } from './batchQueue.ts'

const job = (submitUs: number, sizeUs: number, processors: number): SeenJob => ({
  ...{ submitUs, sizeUs, processors, startUs: submitUs },
})

describe('first come, first served, by hand', () => {
  it('lets nobody pass a large job that waits', () => {
    // 3 of 4 until 10; 2 have to wait for them; 1 would fit at once, and waits behind the 2.
    const jobs = [job(0, 10, 3), job(1, 5, 2), job(2, 1, 1), job(3, 4, 4)]
    expect(firstComeStarts(jobs, 4)).toEqual([0, 10, 10, 15])
  })
  it('counts the processors that had work', () => {
    const jobs = [job(0, 10, 3), job(1, 5, 2)]
    expect(utilisation(jobs, [0, 10], 4, 20)).toBe((30 + 10) / 80)
    expect(utilisation(jobs, [0, 10], 4, 12)).toBe((30 + 4) / 48)
  })
})
