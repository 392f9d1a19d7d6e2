import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NEVER } from '../../kernel/units.ts'
import { chooseJobs, POLICIES, reserve, type Policy, type RunningJob, type WaitingJob } from './backfill.ts'

const choose = (
  policy: Policy,
  queue: readonly WaitingJob[],
  free: number,
  running: readonly RunningJob[],
  depth = 99,
) => chooseJobs(policy, (k) => queue[k]!, queue.length, free, running, 0, depth)
const waits = (processors: number, holdsUs: number): WaitingJob => ({ processors, holdsUs })
const runs = (processors: number, endsUs: number): RunningJob => ({ processors, endsUs })

describe('who begins', () => {
  // Ten processors, six of them taken until 100; the first of the queue needs eight.
  const running = [runs(6, 100)]
  const queue = [waits(8, 50), waits(2, 200), waits(2, 90), waits(1, 150), waits(3, 10)]

  it('first come, first served: nobody behind the first that does not fit', () => {
    expect(choose('fcfs', queue, 4, running)).toEqual({ starts: [], reservation: { startUs: 100, spare: 2 } })
    expect(choose('fcfs', [waits(1, 1), waits(3, 1), waits(1, 1)], 4, [])).toEqual({
      ...{ starts: [0, 1], reservation: { startUs: 1, spare: 3 } },
    })
  })
  it('EASY: who is done by then, or needs only what the first leaves (Lifka 1995)', () => {
    // 2 beyond 100 use up the spare; 2 until 90 fit beside; then nothing is free for the others.
    expect(choose('easy', queue, 4, running).starts).toEqual([1, 2])
    expect(choose('easy', [queue[0]!, waits(3, 200), waits(3, 100), waits(1, 100)], 4, running).starts).toEqual([2, 3])
  })
  it('first fit: whoever fits', () => {
    expect(choose('first-fit', queue, 4, running).starts).toEqual([1, 2])
    expect(choose('first-fit', [queue[0]!, waits(3, 200)], 4, running).starts).toEqual([1])
  })
  it('looks no further than it is told', () => {
    expect(choose('easy', queue, 4, running, 1).starts).toEqual([1])
    expect(choose('easy', queue, 4, running, 0).starts).toEqual([])
  })
  it('has no reservation for a job larger than what is there', () => {
    expect(reserve(11, 4, running, 0)).toEqual({ startUs: NEVER, spare: 0 })
    expect(reserve(3, 4, running, 7)).toEqual({ startUs: 7, spare: 1 })
    expect(reserve(5, 4, [runs(1, 3), runs(2, 3)], 7)).toEqual({ startUs: 7, spare: 2 }) // overdue
  })

  it('never begins more than is free, and EASY never takes what the first of the queue was promised', () => {
    const job = fc.record({ processors: fc.integer({ min: 1, max: 16 }), holdsUs: fc.integer({ min: 1, max: 50 }) })
    const held = fc.record({ processors: fc.integer({ min: 1, max: 4 }), endsUs: fc.integer({ min: 1, max: 50 }) })
    const anything = [fc.constantFrom(...POLICIES), fc.array(job), fc.nat({ max: 16 }), fc.array(held)] as const
    fc.assert(
      fc.property(...anything, (policy, queue, free, running) => {
        const { starts, reservation } = choose(policy, queue, free, running)
        const begun = starts.map((place) => queue[place]!)
        expect(begun.reduce((sum, { processors }) => sum + processors, 0)).toBeLessThanOrEqual(free)
        expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b))
        if (reservation === null || policy === 'first-fit') return
        const first = queue.find((_, place) => !starts.includes(place))!
        const after = [...running, ...begun.map(({ processors, holdsUs }) => runs(processors, holdsUs))]
        const left = free - begun.reduce((sum, { processors }) => sum + processors, 0)
        const promised = reserve(first.processors, left, after, 0)
        expect(promised.startUs).toBeLessThanOrEqual(reservation.startUs)
      }),
    )
  })
})
