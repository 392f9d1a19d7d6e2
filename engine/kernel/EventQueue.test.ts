import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventQueue } from './EventQueue.ts'
import { compareKeys, type Key } from './key.ts'
import { agentId, micros } from './units.ts'

const key = fc.record({
  time: fc.integer({ min: 0, max: 20 }).map(micros),
  dst: fc.integer({ min: 0, max: 3 }).map(agentId),
  src: fc.integer({ min: -1, max: 3 }).map(agentId),
  seq: fc.nat(1_000_000),
})
const unique = (keys: Key[]): Key[] => [
  ...new Map(keys.map((k) => [`${k.time}/${k.dst}/${k.src}/${k.seq}`, k])).values(),
]

function drain(queue: EventQueue): Key[] {
  const out: Key[] = []
  for (let slot = queue.pop(); slot >= 0; slot = queue.pop()) {
    out.push({
      time: queue.time(slot),
      dst: queue.dst(slot),
      src: queue.src(slot),
      seq: queue.seq(slot),
    })
    queue.release(slot)
  }
  return out
}

describe('EventQueue', () => {
  it('hands events out by (time, dst, src, seq), whatever the order they came in', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 200 }).map(unique), (keys) => {
        const queue = new EventQueue()
        for (const k of keys) queue.push(k.time, k.dst, k.src, k.seq)
        expect(drain(queue)).toEqual(keys.toSorted(compareKeys))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps the order while events come and go, and through growth', () => {
    const queue = new EventQueue()
    let state = 1
    const next = (): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 0)
    for (let i = 0; i < 5_000; i++) queue.push(micros(next() % 1_000), agentId(i % 7), agentId(i % 5), i)
    let last = 0
    for (let i = 0; i < 20_000; i++) {
      const slot = queue.pop()
      const time = queue.time(slot)
      expect(time >= last).toBe(true)
      last = time
      queue.release(slot)
      queue.push(micros(time + 1 + (next() % 1_000)), agentId(i % 7), agentId(i % 5), 5_000 + i)
    }
    expect(queue.size).toBe(5_000)
  })

  it('forgets what is removed and keeps the rest in order', () => {
    const queue = new EventQueue()
    for (let i = 0; i < 100; i++) queue.push(micros(100 - i), agentId(0), agentId(0), i)
    const gone = [...queue.slots()].filter((slot) => queue.seq(slot) % 3 === 0)
    queue.remove(gone)
    const left = drain(queue)
    expect(left.map((k) => k.seq).every((seq) => seq % 3 !== 0)).toBe(true)
    expect(left).toEqual(left.toSorted(compareKeys))
    expect(left.length).toBe(66)
  })

  it('keeps the order of whatever is added between two pops: soon, far away, at the very time, before it', () => {
    const step = fc.record({ key, ahead: fc.constantFrom(-5, 0, 0, 1, 7, 300_000), pops: fc.nat(3) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const queue = new EventQueue()
        const model: Key[] = []
        let now = 0
        steps.forEach(({ key, ahead, pops }, seq) => {
          const k = { ...key, time: micros(Math.max(0, now + ahead + key.time)), seq }
          queue.push(k.time, k.dst, k.src, k.seq)
          model.push(k)
          model.sort(compareKeys)
          expect(queue.nextTime()).toBe(model[0]!.time)
          for (let i = 0; i < pops && model.length > 0; i++) {
            const slot = queue.pop()
            expect(queue.seq(slot)).toBe(model[0]!.seq)
            now = model.shift()!.time
            queue.release(slot)
          }
          expect([...queue.sortedSlots()].map((slot) => queue.seq(slot))).toEqual(model.map((m) => m.seq))
        })
        expect(drain(queue).map((k) => k.seq)).toEqual(model.map((m) => m.seq))
      }),
      { numRuns: 500 },
    )
  })

  it('sorts many events of one microsecond by dst, then src, then seq, the greatest numbers included', () => {
    const queue = new EventQueue()
    const keys: Key[] = []
    for (let i = 0; i < 3_000; i++) {
      const [dst, src] = [(i * 7) % 3 === 0 ? 2_000_000_000 : i % 40, i % 5 === 0 ? -1 : (i * 31) % 11]
      keys.push({ time: micros(9), dst: agentId(dst), src: agentId(src), seq: (i * 2_654_435_761) % 2 ** 32 })
    }
    for (const k of keys) queue.push(k.time, k.dst, k.src, k.seq)
    expect(drain(queue)).toEqual(keys.toSorted(compareKeys))
  })
})
