import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT } from './agents/agentState.ts'
import type { EventRow } from './eventCodec.ts'
import { PendingEvents } from './PendingEvents.ts'

const u32 = fc.integer({ min: 0, max: 0xffffffff })
const id = fc.integer({ min: 0, max: 1_000_000 })
const time = fc.integer({ min: 0, max: 3_155_760_000_000_000 })
const cause = fc.tuple(fc.integer({ min: -1, max: 10_000_000_000 }), fc.integer({ min: -1, max: 9 }), id, u32)
const packet = fc.record({
  program: fc.nat(31),
  hops: fc.nat(1_000),
  kind: fc.nat(500),
  from: id,
  to: fc.integer({ min: -3, max: 9 }),
  via: id,
  sentUs: time,
  leftUs: time,
  msg: fc.jsonValue(),
})
const common = {
  time,
  dst: id,
  src: fc.integer({ min: -1, max: 9 }),
  seq: u32,
  a: fc.integer({ min: -9, max: 9 }),
  b: u32,
}
const row = fc.oneof(
  fc.record({ ...common, type: fc.constant<number>(EVENT.arrive), payload: packet, cause }),
  fc.record({ ...common, type: fc.constant<number>(EVENT.timer), payload: fc.string(), cause }),
)

describe('PendingEvents', () => {
  it('gives back every row that it accepted, packets, negative ids and the greatest numbers included', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const unique = [...new Map(rows.map((r) => [`${r.time}/${r.dst}/${r.src}/${r.seq}`, r])).values()]
        const events = new PendingEvents()
        for (const r of unique) events.accept(r as EventRow)
        const byText = (list: readonly unknown[]): string[] => list.map((r) => JSON.stringify(r)).sort()
        const ordered = (r: EventRow): unknown => [
          r.time,
          r.dst,
          r.src,
          r.seq,
          r.type,
          r.a,
          r.b,
          r.cause,
          sortKeys(r.payload),
        ]
        expect(byText(events.rows().map(ordered))).toEqual(byText(unique.map((r) => ordered(r as EventRow))))
      }),
      { numRuns: 200 },
    )
  })

  it('keeps the packets of slots apart, and through growth', () => {
    const events = new PendingEvents()
    for (let i = 0; i < 5_000; i++) {
      const payload = { program: 0, hops: 1, kind: 0, from: i, to: 1, via: i, sentUs: i, leftUs: i, msg: i }
      const row = { time: 10 + i, dst: 1, src: i, seq: i, type: EVENT.arrive, a: 0, b: 0, payload, cause: [0, 0, 0, 0] }
      events.accept(row as unknown as EventRow)
    }
    for (let i = 0; i < 5_000; i++) {
      const slot = events.queue.pop()
      expect(events.payload(slot)).toMatchObject({ from: i, msg: i, sentUs: i })
      events.queue.release(slot)
    }
  })
})

const sortKeys = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).sort() : value
