import fc from 'fast-check'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { Outbox } from './Outbox.ts'
import { ringBytes, RingReader, RingWriter } from './ring.ts'
import { bundleThread } from './testdata/startThread.ts'
import type { StressJob } from './testdata/stressThread.ts'

const GUARD = 64
const CANARY = 0xa5

/** A ring between two guards, whose bytes must never change. */
function guarded(capacity: number, startIndex = 0) {
  const buffer = new SharedArrayBuffer(GUARD + ringBytes(capacity) + GUARD)
  const all = new Uint8Array(buffer)
  all.fill(CANARY, 0, GUARD).fill(CANARY, GUARD + ringBytes(capacity))
  const control = new Int32Array(buffer, GUARD, 64)
  control[0] = control[32] = startIndex
  const intact = () => [...all.subarray(0, GUARD), ...all.subarray(-GUARD)].every((byte) => byte === CANARY)
  return { writer: new RingWriter(buffer, GUARD, capacity), reader: new RingReader(buffer, GUARD, capacity), intact }
}

const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes)
const takeAll = (reader: RingReader): number[][] => {
  const taken: number[][] = []
  reader.drain((bytes, offset, length) => taken.push([...bytes.subarray(offset, offset + length)]))
  return taken
}

describe('ring', () => {
  it('shows nothing before flush and everything after it, in order', () => {
    const { writer, reader } = guarded(64)
    expect(writer.tryWrite(bytesOf(1, 2, 3), 0, 3)).toBe(true)
    expect(writer.tryWrite(bytesOf(9, 4, 5), 1, 2)).toBe(true)
    expect(takeAll(reader)).toEqual([])
    writer.flush()
    expect(reader.isEmpty()).toBe(false)
    expect(takeAll(reader)).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
    expect(reader.isEmpty() && writer.isEmpty()).toBe(true)
  })

  it('carries messages of no bytes', () => {
    const { writer, reader } = guarded(32)
    writer.tryWrite(bytesOf(), 0, 0)
    writer.flush()
    expect(takeAll(reader)).toEqual([[]])
  })

  it('refuses without writing when full, and what was written becomes readable', () => {
    const { writer, reader } = guarded(32)
    const filled = [1, 2, 3, 4].map((n) => writer.tryWrite(bytesOf(n, n, n, n), 0, 4))
    expect(filled).toEqual([true, true, true, true])
    expect(writer.tryWrite(bytesOf(5), 0, 1)).toBe(false)
    expect(takeAll(reader)).toHaveLength(4)
    expect(writer.tryWrite(bytesOf(5), 0, 1)).toBe(true)
  })

  it('goes on where indices pass 2³¹ and 2³²', () => {
    for (const startIndex of [0x7fff_fff0 | 0, -16]) {
      const { writer, reader } = guarded(32, startIndex)
      for (let n = 0; n < 20; n++) {
        expect(writer.tryWrite(bytesOf(n, n + 1, n + 2, n + 3, n + 4), 0, 5)).toBe(true)
        writer.flush()
        expect(takeAll(reader)).toEqual([[n, n + 1, n + 2, n + 3, n + 4]])
      }
    }
  })

  it('counts a message whose reader throws as read, and keeps the rest', () => {
    const { writer, reader } = guarded(64)
    for (const n of [1, 2, 3]) writer.tryWrite(bytesOf(n), 0, 1)
    writer.flush()
    const failing = () =>
      reader.drain((bytes, offset) => {
        if (bytes[offset] === 2) throw new Error('refused')
      })
    expect(failing).toThrow('refused')
    expect(takeAll(reader)).toEqual([[3]])
  })

  it('rejects a capacity that is no power of two, a region outside its memory, a record that is too long', () => {
    const buffer = new SharedArrayBuffer(ringBytes(64))
    expect(() => new RingWriter(buffer, 0, 48)).toThrow('power of two')
    expect(() => new RingReader(buffer, 8, 64)).toThrow('inside its memory')
    const writer = new RingWriter(buffer, 0, 64)
    expect(() => writer.tryWrite(new Uint8Array(40), 0, writer.wholeMax + 1)).toThrow('half the ring')
  })
})

/** One step of either side; lengths reach past the ring so that fragments, wraps and refusals all occur. */
const step = fc.oneof(
  fc.record({ op: fc.constant('send' as const), bytes: fc.uint8Array({ maxLength: 300 }), shift: fc.nat(5) }),
  fc.record({ op: fc.constant('pump' as const) }),
  fc.record({ op: fc.constant('drain' as const) }),
)

describe('ring and outbox', () => {
  it('are a queue: nothing lost, changed, reordered or written outside the ring, at any size of ring', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(32, 64, 128, 512),
        fc.integer(),
        fc.array(step, { maxLength: 60 }),
        (capacity, start, steps) => {
          const { writer, reader, intact } = guarded(capacity, start & ~3)
          const outbox = new Outbox(writer)
          const model: number[][] = []
          let taken = 0
          const drain = () => {
            for (const message of takeAll(reader)) expect(message).toEqual(model[taken++])
          }
          for (const s of steps) {
            if (s.op === 'send') {
              const shifted = new Uint8Array(s.shift + s.bytes.length)
              shifted.set(s.bytes, s.shift)
              outbox.send(shifted, s.shift, s.bytes.length)
              shifted.fill(0xff) // the outbox keeps copies
              model.push([...s.bytes])
            } else if (s.op === 'pump') outbox.pump()
            else drain()
          }
          while (!outbox.pump()) drain()
          drain()
          expect(taken).toBe(model.length)
          expect(outbox.pendingBytes).toBe(0)
          expect(writer.isEmpty() && intact()).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('says so when more waits than the outbox may keep', () => {
    const { writer } = guarded(32)
    const outbox = new Outbox(writer, 10_000)
    outbox.send(new Uint8Array(9_000), 0, 9_000)
    expect(() => outbox.send(new Uint8Array(2_000), 0, 2_000)).toThrow('more than 10000')
  })
})

describe('ring between two threads', { timeout: 20_000 }, () => {
  let start: (job: StressJob) => Promise<unknown>
  beforeAll(async () => {
    start = await bundleThread(fileURLToPath(new URL('./testdata/stressThread.ts', import.meta.url)))
  })

  it.each([
    { capacity: 64, count: 20_000, spin: false },
    { capacity: 1_024, count: 20_000, spin: false },
    { capacity: 16_384, count: 5_000, spin: true },
  ])('loses, damages and reorders nothing: $count messages through $capacity bytes, spin $spin', async (shape) => {
    const memory = new SharedArrayBuffer(ringBytes(shape.capacity))
    const outcome = await Promise.all([
      start({ task: 'ringRead', memory, ...shape }),
      start({ task: 'ringWrite', memory, ...shape, spin: false }),
    ])
    expect(outcome).toEqual([`read ${shape.count}`, 'written'])
  })
})
