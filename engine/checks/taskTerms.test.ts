import { describe, expect, it } from 'vitest'
import type { TaskSetting } from './Invariant.ts'
import { DOUBLINGS_MAX, taskTerms } from './taskTerms.ts'
import * as assignment from '../tasks/distributor/assignment.ts'

const terms = (worker: object, distributor: object = {}, setting: object = {}) =>
  taskTerms({
    distributors: [
      {
        ...{ leaseUs: 1_000_000, askUs: 50_000, openUs: 200_000, retryUs: 10_000, retriesMax: 3, creditsPerWorker: 4 },
        ...{ discipline: 'fcfs', ageUs: 0, levels: 4, ...distributor },
      },
    ],
    workers: [{ queueMax: 8, speed: 1, slots: 1, kinds: 'all', discipline: 'fcfs', ageUs: 0, levels: 4, ...worker }],
    working: [1, 2, 3, 4, 5, 6] as never,
    workload: { kinds: 1, priorities: 3, dag: 'none', depth: 5 } as never,
    ...{ lossless: true, drift: 0, ...setting },
  } satisfies TaskSetting)

describe('patience follows from leases, pauses and breakers', () => {
  it('two attempts where nothing is lost, all of them where the network loses or full queues refuse', () => {
    const once = 1_000_000 + 50_000 + 500_000
    const rest = 10_000 * 7 + 2 * 200_000
    expect(terms({}).patienceUs).toBe(2 * once + rest)
    expect(terms({}, {}, { lossless: false }).patienceUs).toBe(4 * once + rest)
    expect(terms({ queueMax: 3 })).toMatchObject({ patienceUs: 4 * once + rest, rounds: 4, perTaskUs: 200_000 })
    expect(terms({})).toMatchObject({ rounds: 2, perTaskUs: 0, places: 4 })
  })

  it('pauses double no further than the distributor’s do', () => {
    expect(DOUBLINGS_MAX).toBe(assignment.DOUBLINGS_MAX)
    const pauses = (retriesMax: number): number =>
      terms({}, { retriesMax }).patienceUs - terms({}, { retriesMax: 0 }).patienceUs
    expect(pauses(10)).toBe(10_000 * 1_023)
    expect(pauses(100)).toBe(10_000 * (1_023 + 90 * 1_024))
  })

  it('once for each layer of a graph, and longer by clocks that drift', () => {
    const { patienceUs } = terms({})
    const layered = (dag: string) => terms({}, {}, { workload: { kinds: 1, priorities: 1, dag, depth: 5 } })
    expect(layered('pipeline').patienceUs).toBe(5 * patienceUs)
    expect(layered('fork-join').rounds).toBe(6)
    expect(terms({}, {}, { drift: 0.05 }).patienceUs).toBeCloseTo(1.1 * patienceUs)
  })

  it('who works together: all who can do a kind, or one where a hash or a chain decides', () => {
    expect(terms({ speed: 0.5 })).toMatchObject({ slowest: 0.5, together: 3 })
    expect(terms({ speeds: [2, 0.25] })).toMatchObject({ slowest: 0.25, together: 1.5 })
    expect(terms({}, {}, { workload: { kinds: 4, priorities: 1, dag: 'none', depth: 1 } }).together).toBe(1)
    expect(terms({}, { strategy: 'hash' }).together).toBe(1)
  })
})

it.each([
  ['first come, first served: nobody', { discipline: 'fcfs' }, 0],
  ['unless better ones may interrupt', { discipline: 'fcfs', preempt: true }, null],
  ['priority without ageing: no bound', { discipline: 'priority' }, null],
  ['priority with ageing: a class each time', { discipline: 'priority', ageUs: 1_000 }, 2_000],
  ['feedback with ageing: a level each time', { discipline: 'feedback', ageUs: 1_000 }, 3_000],
  ['feedback without: no bound', { discipline: 'feedback' }, null],
  ['shortest first: no bound', { discipline: 'shortest-predicted', ageUs: 1_000 }, null],
  ['a second slot that is ready before the first', { slots: 2, warmUpUs: 5 }, null],
])('who may pass: %s', (_, worker, bound) => expect(terms(worker).overtakeUs).toBe(bound))
