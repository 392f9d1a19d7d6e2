import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { type MessagePort, parentPort } from 'node:worker_threads'
import { ringBytes, RingReader, RingWriter } from '../shared/ring.ts'
import { looksFor, Spinner } from '../shared/spin.ts'

/**
 * Both thread sides of the one-way flood: `count` messages of 32 bytes from one thread to another, by one of several
 * ways. Message n carries n in its first word; the receiver adds them up. A run lasts from the first write until the
 * receiver has seen the last message and said so through shared memory.
 */
export const WAYS = [
  'ring', // published every 64 messages
  'ringEach', // published one by one
  'ringbuf', // ringbuf.js, pushed one by one
  'ringbufBatch', // ringbuf.js, 64 messages a push, popped one by one
  'postMessage', // one a call
  'postArray', // an array of 100 typed arrays a call
  'postPacked', // 100 messages in one typed array a call
] as const
export type Way = (typeof WAYS)[number]

export interface FloodTask {
  readonly task: 'floodSend' | 'floodReceive'
  /** FLOOD_BYTES. */
  readonly memory: SharedArrayBuffer
  /** PEER_BYTES: ringbuf.js wants a buffer of its own. */
  readonly peerMemory: SharedArrayBuffer
  /** Folder of ringbuf.js, where it is installed. */
  readonly ringbufFolder: string | null
  readonly port: MessagePort
}

/** Posted to the receiver, which answers 'ready', then to the sender, which answers its time in ms. */
export interface FloodRun {
  readonly way: Way
  /** A multiple of BATCH and FLUSH_EVERY. */
  readonly count: number
}

/** The part of ringbuf.js's `RingBuffer` that is used. */
interface PeerRing {
  push(elements: Uint32Array): number
  pop(elements: Uint32Array): number
}

export const MESSAGE_BYTES = 32
export const BATCH = 100
export const FLUSH_EVERY = 64
const MESSAGE_WORDS = MESSAGE_BYTES / 4
const CAPACITY = 1 << 16
const WAIT_MS = 10_000
/** Word 0 of the shared memory: 1 once the receiver has everything. */
const DONE = 0
const RING_AT = 128
export const FLOOD_BYTES = RING_AT + ringBytes(CAPACITY)
export const PEER_BYTES = 8 + CAPACITY + 4 // two indices, and one element that its ring keeps free

/** ringbuf.js leaves waiting to its user. Polling alone would, on a busy machine, keep the other side off its core. */
const POLLS = 1_000
const NAP_MS = 0.05
const napWord = new Int32Array(new SharedArrayBuffer(4))
const nap = (): unknown => Atomics.wait(napWord, 0, 0, NAP_MS)

const spinner = (): Spinner => new Spinner(looksFor(() => performance.now(), 2, availableParallelism()))

function peerRing(task: FloodTask): PeerRing {
  const { RingBuffer } = createRequire(import.meta.url)(task.ringbufFolder!) as {
    RingBuffer: new (memory: SharedArrayBuffer, type: Uint32ArrayConstructor) => PeerRing
  }
  return new RingBuffer(task.peerMemory, Uint32Array)
}

/** Answers each FloodRun with how long it took, ms. */
export function floodSend(task: FloodTask): void {
  const control = new Int32Array(task.memory, 0, 1)
  const spin = spinner()
  parentPort!.on('message', ({ way, count }: FloodRun) => {
    const start = performance.now()
    if (way === 'ring') sendRing(task, count, FLUSH_EVERY, spin)
    else if (way === 'ringEach') sendRing(task, count, 1, spin)
    else if (way === 'ringbuf') sendRingbuf(task, count, 1)
    else if (way === 'ringbufBatch') sendRingbuf(task, count, FLUSH_EVERY)
    else if (way === 'postMessage') sendPosts(task, count)
    else sendBatches(task, count, way === 'postPacked')
    if (Atomics.wait(control, DONE, 0, WAIT_MS) === 'timed-out') throw new Error(`flood by ${way}: not all came`)
    parentPort!.postMessage(performance.now() - start)
  })
}

function sendRing(task: FloodTask, count: number, flushEvery: number, spin: Spinner): void {
  const writer = new RingWriter(task.memory, RING_AT, CAPACITY)
  const words = new Uint32Array(MESSAGE_WORDS)
  const bytes = new Uint8Array(words.buffer)
  for (let n = 0; n < count;) {
    for (const stop = n + flushEvery; n < stop; n++) {
      words[0] = n
      while (!writer.tryWrite(bytes, 0, MESSAGE_BYTES)) writer.waitForRoom(spin, WAIT_MS)
    }
    writer.flush()
  }
}

function sendRingbuf(task: FloodTask, count: number, batch: number): void {
  const ring = peerRing(task)
  const words = new Uint32Array(batch * MESSAGE_WORDS)
  for (let n = 0; n < count;) {
    for (let i = 0; i < batch; i++) words[i * MESSAGE_WORDS] = n++
    // Its push takes what fits; the capacity is a multiple of a message, so messages stay whole.
    for (let left = words, misses = 0; ;) {
      const pushed = ring.push(left)
      if (pushed === left.length) break
      if (pushed > 0) left = left.subarray(pushed)
      else if (++misses % POLLS === 0) nap()
    }
  }
}

function sendPosts(task: FloodTask, count: number): void {
  const words = new Uint32Array(MESSAGE_WORDS)
  for (let n = 0; n < count; n++) {
    words[0] = n
    task.port.postMessage(words)
  }
}

function sendBatches(task: FloodTask, count: number, packed: boolean): void {
  const all = new Uint32Array(BATCH * MESSAGE_WORDS)
  const each = Array.from({ length: BATCH }, () => new Uint32Array(MESSAGE_WORDS))
  for (let n = 0; n < count;) {
    for (let i = 0; i < BATCH; i++, n++) {
      if (packed) all[i * MESSAGE_WORDS] = n
      else each[i]![0] = n
    }
    task.port.postMessage(packed ? all : each)
  }
}

/** Answers each FloodRun with 'ready', and after it with the sum of what came. */
export function floodReceive(task: FloodTask): void {
  const control = new Int32Array(task.memory, 0, 1)
  const spin = spinner()
  let missing = 0
  let sum = 0
  const finish = (): void => {
    Atomics.store(control, DONE, 1)
    Atomics.notify(control, DONE)
    parentPort!.postMessage(sum)
  }
  task.port.on('message', (data: Uint32Array | Uint32Array[]) => {
    if (Array.isArray(data)) {
      for (const words of data) sum = (sum + words[0]!) >>> 0
      missing -= data.length
    } else {
      for (let i = 0; i < data.length; i += MESSAGE_WORDS) sum = (sum + data[i]!) >>> 0
      missing -= data.length / MESSAGE_WORDS
    }
    if (missing === 0) finish()
  })
  parentPort!.on('message', ({ way, count }: FloodRun) => {
    Atomics.store(control, DONE, 0)
    parentPort!.postMessage('ready')
    missing = count
    sum = 0
    if (way === 'ring' || way === 'ringEach') sum = receiveRing(task, count, spin)
    else if (way === 'ringbuf' || way === 'ringbufBatch') sum = receiveRingbuf(task, count)
    else return
    finish()
  })
}

function receiveRing(task: FloodTask, count: number, spin: Spinner): number {
  const reader = new RingReader(task.memory, RING_AT, CAPACITY)
  let sum = 0
  const take = (bytes: Uint8Array, at: number): void => {
    const n = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    sum = (sum + n) >>> 0
  }
  for (let got = 0; got < count;) {
    if (!reader.wait(spin, WAIT_MS)) throw new Error(`flood through the ring: ${got} of ${count} came`)
    got += reader.drain(take)
  }
  return sum
}

function receiveRingbuf(task: FloodTask, count: number): number {
  const ring = peerRing(task)
  const words = new Uint32Array(MESSAGE_WORDS)
  let sum = 0
  for (let got = 0, misses = 0; got < count;) {
    if (ring.pop(words) === 0) {
      if (++misses % POLLS === 0) nap()
      continue
    }
    sum = (sum + words[0]!) >>> 0
    got++
  }
  return sum
}
