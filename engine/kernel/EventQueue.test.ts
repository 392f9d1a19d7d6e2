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
      time: micros(queue.time[slot]!),
      dst: agentId(queue.dst[slot]!),
      src: agentId(queue.src[slot]!),
      seq: queue.seq[slot]!,
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
      const time = queue.time[slot]!
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
    const gone = [...queue.slots()].filter((slot) => queue.seq[slot]! % 3 === 0)
    queue.remove(gone)
    const left = drain(queue)
    expect(left.map((k) => k.seq).every((seq) => seq % 3 !== 0)).toBe(true)
    expect(left).toEqual(left.toSorted(compareKeys))
    expect(left.length).toBe(66)
  })
})
