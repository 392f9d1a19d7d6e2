import { describe, expect, it } from 'vitest'
import { Degrader, STEPS } from './Degrader.ts'

const run = (degrader: Degrader, ms: number, frames: number) =>
  Array.from({ length: frames }, () => degrader.frame(ms)).filter((step) => step !== null)

describe('Degrader', () => {
  it('leaves a stage alone that draws in time, and one that is slow now and then', () => {
    const degrader = new Degrader()
    expect(run(degrader, 16, 500)).toEqual([])
    for (let i = 0; i < 200; i++) expect(degrader.frame(i % 3 === 0 ? 80 : 16)).toBeNull()
  })

  it('takes one step at a time where frames exceed 50 ms repeatedly, each with a sentence, and then stops', () => {
    expect(run(new Degrader(), 60, 500)).toEqual(STEPS)
  })

  it('does not take a hidden tab for a slow one', () => {
    const degrader = new Degrader()
    expect(run(degrader, 30_000, 100)).toEqual([])
  })
})
