import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Queue from './PriorityScheduler.ts'
import type { Discipline, DisciplineParams, QueueEntry, TaskQueue } from './PriorityScheduler.ts'

const PARAMS: DisciplineParams = { ageUs: 0, levels: 3, quantumUs: 1_000 }
const entry = (id: number, fields: Partial<QueueEntry> = {}): QueueEntry => ({
  ...{ id, priority: 0, deadlineUs: 0, predictedUs: 0, enteredUs: id, level: 0 },
  ...fields,
})
function filled(discipline: Discipline, entries: readonly QueueEntry[], params: Partial<DisciplineParams> = {}) {
  const queue = Queue.newQueue<QueueEntry>(discipline, { ...PARAMS, ...params })
  for (const one of entries) Queue.push(queue, one)
  return queue
}
const idsOf = (entries: readonly QueueEntry[]): number[] => entries.map(({ id }) => id)
function drained(queue: TaskQueue): number[] {
  const order: number[] = []
  for (let next = Queue.pop(queue); next !== null; next = Queue.pop(queue)) order.push(next.id)
  return order
}

describe('disciplines', () => {
  it('first come, first served, whatever the entries say', () => {
    expect(drained(filled('fcfs', [entry(5, { priority: 9 }), entry(2), entry(7, { deadlineUs: 1 })]))).toEqual([
      5, 2, 7,
    ])
  })

  it('priorities: the smallest first, in order of coming among equals', () => {
    const entries = [2, 0, 1, 0, 2, 1].map((priority, id) => entry(id, { priority }))
    expect(drained(filled('priority', entries))).toEqual([1, 3, 2, 5, 0, 4])
  })

  it('ageing: every ageUs of waiting outweighs one priority', () => {
    const late = [entry(1, { priority: 2, enteredUs: 0 }), entry(2, { priority: 0, enteredUs: 2_001 })]
    expect(drained(filled('priority', late, { ageUs: 1_000 }))).toEqual([1, 2])
    const early = [entry(1, { priority: 2, enteredUs: 0 }), entry(2, { priority: 0, enteredUs: 1_999 })]
    expect(drained(filled('priority', early, { ageUs: 1_000 }))).toEqual([2, 1])
  })

  it('deadlines: the earliest first, and those without one at the end', () => {
    const entries = [entry(1), entry(2, { deadlineUs: 900 }), entry(3, { deadlineUs: 500 })]
    expect(drained(filled('deadline', entries))).toEqual([3, 2, 1])
    expect(drained(filled('deadline', entries, { ageUs: 100 }))).toEqual([1, 3, 2])
  })

  it('shortest predicted first, and those of which nothing is known at the end', () => {
    const entries = [entry(1), entry(2, { predictedUs: 900 }), entry(3, { predictedUs: 500 })]
    expect(drained(filled('shortest-predicted', entries))).toEqual([3, 2, 1])
  })

  it('feedback: those that used up fewer quanta first; quanta double, and the last level takes the rest', () => {
    const entries = [3, 0, 2, 1, 0].map((level, id) => entry(id, { level }))
    const queue = filled('feedback', entries)
    expect([0, 1, 2, 3, 9].map((level) => Queue.quantumOf(queue, entry(1, { level })))).toEqual([
      ...[1_000, 2_000, 4_000, 4_000, 4_000],
    ])
    expect(drained(queue)).toEqual([1, 4, 3, 0, 2])
    expect(Queue.quantumOf(filled('priority', []), entry(1))).toBe(0)
  })
})

describe('a queue', () => {
  it('lists what waits in the order of coming, whatever its discipline, and forgets what leaves', () => {
    const queue = filled('priority', [entry(4, { priority: 3 }), entry(9), entry(6, { priority: 1 }), entry(1)])
    expect(idsOf(Queue.listOldest(queue))).toEqual([4, 9, 6, 1])
    Queue.remove(queue, 4)
    Queue.pop(queue)
    expect(idsOf(Queue.listOldest(queue))).toEqual([6, 1])
    drained(queue)
    expect([Queue.size(queue), Queue.pop(queue), Queue.peek(queue)]).toEqual([0, null, null])
  })

  it('refuses an id that waits already', () => {
    expect(() => Queue.push(filled('fcfs', [entry(1)]), entry(1))).toThrow('only once')
  })

  it('changes its discipline with everything in it', () => {
    const queue = filled('fcfs', [entry(1, { priority: 2 }), entry(2, { priority: 1 }), entry(3)])
    Queue.rearrange(queue, 'priority', PARAMS)
    expect(drained(queue)).toEqual([3, 2, 1])
  })
})

const discipline = fc.constantFrom<Discipline>(...Queue.DISCIPLINES)
const ageUs = fc.constantFrom(0, 1, 50, 1_000)
/** What is done to a queue: an entry comes after a pause, or the next one, or some id leaves. */
const deed = fc.oneof(
  fc.record({
    ...{ op: fc.constant('push' as const), pauseUs: fc.nat(100), priority: fc.nat(4), level: fc.nat(5) },
    ...{ slackUs: fc.nat(500), predictedUs: fc.nat(3_000) },
  }),
  fc.record({ op: fc.constant('pop' as const) }),
  fc.record({ op: fc.constant('remove' as const), id: fc.nat(60) }),
)

describe('properties', () => {
  it('it is the list that a plain search would keep', () => {
    fc.assert(
      fc.property(discipline, ageUs, fc.array(deed, { maxLength: 120 }), (discipline, ageUs, deeds) => {
        const queue = filled(discipline, [], { ageUs })
        let model: QueueEntry[] = []
        let nowUs = 0
        let id = 0
        const without = (gone: readonly (QueueEntry | null)[]) => (model = model.filter((one) => !gone.includes(one)))
        for (const deed of deeds) {
          if (deed.op === 'push') {
            nowUs += deed.pauseUs
            const deadlineUs = deed.slackUs < 100 ? 0 : nowUs + deed.slackUs
            const one = entry(id++, { ...deed, deadlineUs, enteredUs: nowUs })
            Queue.push(queue, one)
            model.push(one)
          } else if (deed.op === 'pop') {
            const best = firstOf(model, discipline, ageUs)
            expect(Queue.peek(queue)).toBe(best)
            without([Queue.pop(queue)])
            expect(model).not.toContain(best)
          } else {
            const wanted = model.find((one) => one.id === deed.id) ?? null
            expect(Queue.has(queue, deed.id)).toBe(wanted !== null)
            expect(Queue.remove(queue, deed.id)).toBe(wanted)
            without([wanted])
          }
          expect(Queue.listOldest(queue)).toEqual(model)
        }
      }),
    )
  })

  it('the starvation bound: what enters after overtakableUntilUs never leaves before', () => {
    fc.assert(
      fc.property(discipline, ageUs, fc.array(deed, { maxLength: 120 }), (discipline, ageUs, deeds) => {
        const queue = filled(discipline, [], { ageUs })
        const waiting = new Set<QueueEntry>()
        let nowUs = 0
        let id = 0
        for (const deed of deeds) {
          if (deed.op === 'push') {
            nowUs += deed.pauseUs
            const deadlineUs = deed.slackUs < 100 ? 0 : nowUs + deed.slackUs
            const one = entry(id++, { ...deed, deadlineUs, enteredUs: nowUs })
            Queue.push(queue, one)
            waiting.add(one)
          } else {
            const next = Queue.pop(queue)
            if (next === null) continue
            waiting.delete(next)
            for (const other of waiting)
              expect(next.enteredUs).toBeLessThanOrEqual(Queue.overtakableUntilUs(queue, other))
          }
        }
      }),
    )
  })

  it('there is a bound wherever there is ageing, and none for a second class without', () => {
    const late = entry(1, { priority: 3, level: 2, predictedUs: 10, enteredUs: 7 })
    for (const discipline of Queue.DISCIPLINES)
      expect(Queue.overtakableUntilUs(filled(discipline, [], { ageUs: 5 }), late)).toBeLessThan(100)
    expect(Queue.overtakableUntilUs(filled('priority', []), late)).toBe(Infinity)
    expect(Queue.overtakableUntilUs(filled('priority', [], { ageUs: 5 }), late)).toBe(7 + 3 * 5)
  })
})

/** By the definition of each discipline, with the urgency computed at a common time. */
function firstOf(entries: readonly QueueEntry[], discipline: Discipline, ageUs: number): QueueEntry | null {
  const rank = (one: QueueEntry): number => {
    if (discipline === 'fcfs') return 0
    if (discipline === 'deadline')
      return one.deadlineUs > 0 ? one.deadlineUs : ageUs > 0 ? one.enteredUs + ageUs : Infinity
    const by = { priority: one.priority, feedback: Math.min(one.level, 2) } as const
    const known = one.predictedUs > 0 ? one.predictedUs : 86_400_000_000
    const base = discipline === 'shortest-predicted' ? known / 1_000 : by[discipline]
    const now = 1_000_000
    return ageUs === 0 ? base : base * ageUs - (now - one.enteredUs)
  }
  return entries.reduce<QueueEntry | null>((best, one) => (best === null || rank(one) < rank(best) ? one : best), null)
}
