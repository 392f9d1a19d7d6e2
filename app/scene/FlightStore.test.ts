import { describe, expect, it } from 'vitest'
import { FATES, frameBytes, frameViews, HEADER, type Fate, type Frame } from '../../engine/frame/frame.ts'
import { FlightStore } from './FlightStore.ts'

const END_US = 100
const shape = { agents: 8, shards: 2, flightsPerShard: 4 }
const emptyFrame = (): Frame => frameViews(new ArrayBuffer(frameBytes(shape)), 0, shape)
const newStore = (): FlightStore =>
  new FlightStore(
    (kind) => kind,
    (a, b) => (a + b === 1 ? 0 : -1),
  )

let number = 0
/** Publishes the frame: a new number at this time. */
function publish(frame: Frame, timeUs: number): Frame {
  frame.header[HEADER.timeUs] = timeUs
  frame.header[HEADER.number] = ++number
  return frame
}
function write(
  frame: Frame,
  shard: number,
  row: number,
  sent: number,
  due: number,
  fate: Fate,
  seq: number,
  dst = 1,
): void {
  const rows = frame.flights[shard]!
  rows.sentUs[row] = sent
  rows.dueUs[row] = due
  rows.src[row] = 0
  rows.dst[row] = dst
  rows.fate[row] = FATES.indexOf(fate)
  rows.txSrc[row] = 0
  rows.txSeq[row] = seq
}
/** As three does after an upload. */
const uploaded = (store: FlightStore): number[] => {
  const ranges = store.flight.updateRanges.map(({ start, count }) => [start / 4, count / 4]).flat()
  store.flight.clearUpdateRanges()
  store.look.clearUpdateRanges()
  return ranges
}

describe('FlightStore', () => {
  it('uploads only rows that are new', () => {
    const store = newStore()
    const frame = emptyFrame()
    write(frame, 0, 0, 10, 500, 'delivered', 1)
    write(frame, 1, 0, 20, 600, 'delivered', 2)
    store.ingest(publish(frame, 50), 50, END_US)
    expect(store.count).toBe(2)
    expect(uploaded(store)).toEqual([0, 2])
    write(frame, 0, 1, 60, 700, 'delivered', 3)
    store.ingest(publish(frame, 100), 100, END_US)
    expect(store.count).toBe(3)
    expect(uploaded(store)).toEqual([2, 1])
    store.ingest(publish(frame, 110), 110, END_US)
    expect(uploaded(store)).toEqual([])
  })

  it('says how far a message has come, and nothing before it was sent or after it arrived', () => {
    const store = newStore()
    const frame = emptyFrame()
    write(frame, 0, 0, 100, 300, 'delivered', 1)
    write(frame, 0, 1, 100, 300, 'blocked', 2)
    store.ingest(publish(frame, 100), 100, END_US)
    expect([90, 100, 200, 290, 300].map((at) => store.progress(0, at))).toEqual([-1, 0, 0.5, 0.95, -1])
    expect(store.progress(1, 180)).toBeCloseTo(0.4)
    expect(store.progress(1, 210)).toBe(-1)
  })

  const moving = (store: FlightStore, at: number): boolean[] =>
    Array.from({ length: store.count }, (_, row) => store.progress(row, at) >= 0)

  it('ends a message dropped by hand where it was, whatever shard says so', () => {
    const store = newStore()
    const frame = emptyFrame()
    write(frame, 1, 0, 0, 500, 'delivered', 1)
    store.ingest(publish(frame, 10), 10, END_US)
    write(frame, 0, 0, 0, 100, 'dropped', 77)
    store.ingest(publish(frame, 100), 100, END_US)
    expect(moving(store, 90)).toEqual([false, true])
    expect(store.progress(1, 90)).toBeCloseTo(90 / 500)
    expect(moving(store, 110)).toEqual([false, false])
    store.forget()
    store.ingest(frame, 100, END_US)
    expect(moving(store, 90)).toEqual([false, true])
  })

  it('lets a delay by hand replace the first row, but a duplicate stand beside it', () => {
    const store = newStore()
    const frame = emptyFrame()
    write(frame, 0, 0, 0, 500, 'delivered', 1)
    write(frame, 0, 1, 5, 500, 'delivered', 2)
    store.ingest(publish(frame, 10), 10, END_US)
    write(frame, 0, 2, 0, 900, 'delayed', 78)
    write(frame, 0, 3, 5, 501, 'duplicated', 79)
    store.ingest(publish(frame, 20), 20, END_US)
    expect(moving(store, 50)).toEqual([false, true, true, true])
    expect(moving(store, 600).filter(Boolean)).toHaveLength(1)
  })

  it('ends what a new partition catches on arrival at the receiver, and delivers nothing there', () => {
    const store = newStore()
    const frame = emptyFrame()
    write(frame, 1, 0, 0, 500, 'delivered', 1)
    store.ingest(publish(frame, 10), 10, END_US)
    write(frame, 0, 0, 0, 500, 'blocked', 1)
    store.ingest(publish(frame, 510), 510, END_US)
    const pulse = new Float32Array(8).fill(-1e9)
    store.touch(520, END_US, pulse, new Float32Array(1).fill(-1e9), () => {})
    expect(pulse[1]).toBe(-1e9)
    expect(store.look.array[4 + 2]).toBe(1)
  })

  it('offers for catching only what will arrive: the names of others mean something else', () => {
    const store = newStore()
    const frame = emptyFrame()
    write(frame, 0, 0, 0, 500, 'delivered', 1)
    write(frame, 0, 1, 0, 500, 'lost', 2)
    store.ingest(publish(frame, 10), 10, END_US)
    expect([store.catchable(0), store.catchable(1)]).toEqual([true, false])
  })

  it('starts over where time goes back or the branch changes', () => {
    const store = newStore()
    const frame = emptyFrame()
    write(frame, 0, 0, 100, 9_000, 'delivered', 1)
    store.ingest(publish(frame, 5_000), 5_000, END_US)
    expect(store.count).toBe(1)
    store.ingest(publish(emptyFrame(), 1_000), 1_000, END_US)
    expect(store.count).toBe(0)
    store.ingest(publish(frame, 5_000), 5_000, END_US)
    frame.header[HEADER.branch] = 3
    store.ingest(publish(frame, 5_001), 5_001, END_US)
    expect(store.count).toBe(1)
    expect(store.epoch).toBeGreaterThanOrEqual(3)
  })

  it('is a function of frame and time: going away and coming back shows the same', () => {
    const frame = emptyFrame()
    write(frame, 0, 0, 4_000, 5_400, 'delivered', 1)
    write(frame, 1, 2, 4_200, 5_100, 'lost', 2)
    const once = newStore()
    once.ingest(publish(frame, 5_000), 5_000, END_US)
    const twice = newStore()
    twice.ingest(frame, 5_000, END_US)
    twice.ingest(publish(emptyFrame(), 100), 100, END_US)
    twice.ingest(publish(frame, 5_000), 5_000, END_US)
    expect(twice.count).toBe(once.count)
    expect(twice.flight.array.slice(0, 8)).toEqual(once.flight.array.slice(0, 8))
    expect(twice.look.array.slice(0, 8)).toEqual(once.look.array.slice(0, 8))
  })

  it('drops rows whose end has been seen, and keeps the rest exact after 10 s (float32 clock)', () => {
    const store = newStore()
    const frame = emptyFrame()
    for (let seq = 1; seq <= 3_000; seq++) {
      const at = seq * 10_000
      write(frame, seq % 2, (seq >> 1) % 4, at, at + 15_001, 'delivered', seq)
      store.ingest(publish(frame, at), at, END_US)
      store.touch(at, END_US, new Float32Array(8).fill(-1e9), new Float32Array(1), () => {})
    }
    expect(store.count).toBeLessThan(600)
    const last = store.count - 1
    expect(store.flight.array[4 * last + 1]! * 1000 + store.epochUs).toBeCloseTo(30_015_001, 0)
  })

  it('tells receivers when something was delivered, and links until when they are in use', () => {
    const store = newStore()
    const frame = emptyFrame()
    write(frame, 0, 0, 0, 1_000, 'delivered', 1)
    write(frame, 0, 1, 0, 1_000, 'lost', 2, 2)
    store.ingest(publish(frame, 10), 10, END_US)
    const pulse = new Float32Array(8).fill(-1e9)
    const active = new Float32Array(1).fill(-1e9)
    const touched: number[] = []
    expect(store.touch(500, END_US, pulse, active, (link) => touched.push(link))).toBe(2)
    expect([pulse[1], touched]).toEqual([-1e9, [0]])
    expect(store.touch(1_050, END_US, pulse, active, () => {})).toBe(0)
    expect(pulse[1]).toBeCloseTo((1_000 - store.epochUs) / 1000)
    expect(pulse[2]).toBe(-1e9)
  })

  it('does not draw what comes from or goes to the environment', () => {
    const store = newStore()
    const frame = emptyFrame()
    write(frame, 0, 0, 0, 1_000, 'delivered', 1)
    frame.flights[0]!.src[0] = -1
    store.ingest(publish(frame, 10), 10, END_US)
    expect(store.count).toBe(0)
  })
})
