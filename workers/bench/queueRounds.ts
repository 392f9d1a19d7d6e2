import { createRequire } from 'node:module'
import { assert } from '../../engine/kernel/assert.ts'
import { EventQueue } from '../../engine/kernel/EventQueue.ts'
import type { AgentId, Micros } from '../../engine/kernel/units.ts'

/** Ways to keep `pending` events in order. */
export const QUEUE_WAYS = ['queue', 'objects', 'tinyqueue'] as const
export type QueueWay = (typeof QUEUE_WAYS)[number]

/** The tail of the delays: an event goes in 1 … SPAN_US after the one that came out. */
const SPAN_US = 1_000
const AGENTS = 1_000

export interface QueueTask {
  readonly way: QueueWay
  readonly pending: number
  /** A round: so many events are taken out in key order, dispatched by type, and each replaced by another. */
  readonly events: number
  /** Of the installed package; null where it is not. */
  readonly tinyqueueFolder: string | null
}

/** Prepares a task; each call of the result is one round and returns its events a second. */
export function queueRound({ way, pending, events, tinyqueueFolder }: QueueTask): () => number {
  if (way === 'queue') return engineRounds(pending, events)
  if (way === 'objects') return objectRounds(new ObjectHeap(), pending, events)
  assert(tinyqueueFolder !== null, 'tinyqueue is measured only where it is installed')
  const TinyQueue = createRequire(import.meta.url)(tinyqueueFolder) as new (
    data: EventObject[],
    compare: (a: EventObject, b: EventObject) => number,
  ) => ObjectQueue
  return objectRounds(new TinyQueue([], compare), pending, events)
}

/** Uniform words from a linear congruential generator: both ends of the comparison draw the same. */
function generator(): () => number {
  let state = 1
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0)
}

function engineRounds(pending: number, events: number): () => number {
  const queue = new EventQueue()
  const draw = generator()
  const counts = [0, 0, 0, 0]
  let seq = 0
  const push = (now: number, dst: number, src: number): void => {
    const word = draw()
    const slot = queue.push((now + 1 + (word % SPAN_US)) as Micros, dst as AgentId, src as AgentId, seq++ >>> 0)
    queue.fill(slot, word >>> 30, 0, 0, null)
    queue.because(slot, now, src, dst, seq >>> 0)
  }
  for (let i = 0; i < pending; i++) push(0, i % AGENTS, (i * 7) % AGENTS)
  return () => {
    const began = performance.now()
    for (let i = 0; i < events; i++) {
      const slot = queue.pop()
      const now = queue.time(slot)
      const dst = queue.dst(slot)
      const src = queue.src(slot)
      const type = queue.type(slot)
      queue.release(slot)
      dispatch(counts, type, dst)
      push(now, src, dst)
    }
    return rate(events, began)
  }
}

interface EventObject {
  time: number
  dst: number
  src: number
  seq: number
  type: number
  cause: EventObject | null
}

interface ObjectQueue {
  push(event: EventObject): void
  pop(): EventObject | undefined
}

function objectRounds(queue: ObjectQueue, pending: number, events: number): () => number {
  const draw = generator()
  const counts = [0, 0, 0, 0]
  let seq = 0
  const push = (now: number, dst: number, src: number): void => {
    const word = draw()
    queue.push({ time: now + 1 + (word % SPAN_US), dst, src, seq: seq++, type: word >>> 30, cause: null })
  }
  for (let i = 0; i < pending; i++) push(0, i % AGENTS, (i * 7) % AGENTS)
  return () => {
    const began = performance.now()
    for (let i = 0; i < events; i++) {
      const event = queue.pop()!
      dispatch(counts, event.type, event.dst)
      push(event.time, event.src, event.dst)
    }
    return rate(events, began)
  }
}

const rate = (events: number, began: number): number => (events / (performance.now() - began)) * 1_000

function dispatch(counts: number[], type: number, dst: number): void {
  switch (type) {
    case 0:
      counts[0]! += dst
      return
    case 1:
      counts[1]!++
      return
    case 2:
      counts[2]! ^= dst
      return
    default:
      counts[3]!--
  }
}

const compare = (x: EventObject, y: EventObject): number =>
  x.time - y.time || x.dst - y.dst || x.src - y.src || x.seq - y.seq

/** The usual way: a binary heap of objects in an array. */
class ObjectHeap implements ObjectQueue {
  private readonly heap: EventObject[] = []

  push(event: EventObject): void {
    const { heap } = this
    let hole = heap.length
    heap.push(event)
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (compare(heap[parent]!, event) <= 0) break
      heap[hole] = heap[parent]!
      hole = parent
    }
    heap[hole] = event
  }

  pop(): EventObject | undefined {
    const { heap } = this
    const top = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return top
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) < 0) child++
      if (compare(last, heap[child]!) <= 0) break
      heap[hole] = heap[child]!
      hole = child
    }
    heap[hole] = last
    return top
  }
}
