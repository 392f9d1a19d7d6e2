import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { alternate, type Bench, type BenchPeer, type BenchRow, median, significant } from './Bench.ts'
import {
  BATCH,
  FLOOD_BYTES,
  type FloodRun,
  FLUSH_EVERY,
  MESSAGE_BYTES,
  PEER_BYTES,
  type Way,
  WAYS,
} from './ringFlood.ts'
import { startThread, type Thread } from './startThread.ts'

const ROUNDS = 7
/** The target: rings carry so many times what `postMessage` carries one at a time. */
const TIMES_POST_MESSAGE_MIN = 30
/** Fewer of the slow ways, so that each run lasts some tenths of a second; multiples of BATCH and FLUSH_EVERY. */
const COUNT: { readonly [W in Way]: number } = {
  ring: 6_400_000,
  ringEach: 3_200_000,
  ringbuf: 640_000,
  ringbufBatch: 640_000,
  postMessage: 64_000,
  postArray: 128_000,
  postPacked: 1_280_000,
}

export interface FloodOptions {
  readonly rounds?: number
  /** Scales the numbers of messages; the tests use little. */
  readonly scale?: number
  /** The bundled workers/node/benchWorker.ts. */
  readonly thread?: URL
  /**
   * Folder of ringbuf.js. It is MPL-2.0, so it is no dependency; without it its rows are left out and the note says so.
   */
  readonly ringbufFolder?: string
}

/**
 * Where `npm install --prefix .cache/peers ringbuf.js@0.4.0 --no-save` puts it, seen from the bundles in .cache/node.
 */
const RINGBUF_FOLDER = '../peers/node_modules/ringbuf.js/'
const RINGBUF_INSTALL = 'npm install --prefix .cache/peers ringbuf.js@0.4.0 --no-save'

/** 32-byte messages a second, one way between two threads, beside its peers. */
export async function ringMessages(options: FloodOptions = {}): Promise<readonly BenchRow[]> {
  const { rounds = ROUNDS, scale = 1, thread } = options
  const folder = options.ringbufFolder ?? fileURLToPath(new URL(RINGBUF_FOLDER, import.meta.url))
  const installed = existsSync(folder)
  const ways = WAYS.filter((way) => installed || !way.startsWith('ringbuf'))
  const memory = new SharedArrayBuffer(FLOOD_BYTES)
  const common = { memory, peerMemory: new SharedArrayBuffer(PEER_BYTES), ringbufFolder: installed ? folder : null }
  const { port1, port2 } = new MessageChannel()
  const send = startThread({ task: 'floodSend', ...common, port: port1 }, thread, [port1])
  const receive = startThread({ task: 'floodReceive', ...common, port: port2 }, thread, [port2])
  try {
    const perSecond = (way: Way): Promise<number> => {
      const step = BATCH * FLUSH_EVERY
      return flood(send, receive, { way, count: Math.max(step, Math.round((COUNT[way] * scale) / step) * step) })
    }
    for (const way of ways) await perSecond(way) // compiled, and the heap grown, before what counts
    const taken = await alternate(ways, rounds, perSecond)
    return rows(taken, rounds, installed ? versionOf(folder) : null)
  } finally {
    await Promise.all([send.stop(), receive.stop()])
  }
}

async function flood(send: Thread, receive: Thread, run: FloodRun): Promise<number> {
  const ready = receive.next()
  receive.worker.postMessage(run)
  await ready
  const sum = receive.next()
  const took = Promise.race([send.next(), receive.failed]) as Promise<number>
  send.worker.postMessage(run)
  const [elapsedMs, got] = await Promise.all([took, sum])
  const expected = checksumOf(run.count)
  if (got !== expected) throw new Error(`flood by ${run.way}: the messages add up to ${String(got)}, not ${expected}`)
  return (run.count / elapsedMs) * 1_000
}

/** Sum of 0 … count − 1, modulo 2³². */
function checksumOf(count: number): number {
  let sum = 0
  for (let n = 0; n < count; n++) sum = (sum + n) >>> 0
  return sum
}

const versionOf = (folder: string): string =>
  (JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version: string }).version

function rows(
  taken: { readonly [W in Way]: readonly number[] },
  runs: number,
  ringbufVersion: string | null,
): readonly BenchRow[] {
  const value = (way: Way): number => significant(median(taken[way]))
  const node = (name: string, way: Way): BenchPeer => ({ name, version: process.version, value: value(way) })
  const ringbuf = (name: string, way: Way): BenchPeer[] =>
    ringbufVersion === null ? [] : [{ name, version: ringbufVersion, value: value(way) }]
  const times = value('ring') / value('postMessage')
  const met = times >= TIMES_POST_MESSAGE_MIN ? 'met' : 'missed'
  const target = `target ${TIMES_POST_MESSAGE_MIN} × postMessage: ${times.toFixed(1)} ×, ${met}`
  const absent = ringbufVersion === null ? `; ringbuf.js: peer not installed (${RINGBUF_INSTALL})` : ''
  const shape = `${MESSAGE_BYTES}-byte messages, one way, every one read`
  return [
    {
      name: 'ring-messages',
      value: value('ring'),
      unit: 'messages/s',
      runs,
      peers: [
        node('postMessage, one at a time', 'postMessage'),
        node(`postMessage, ${BATCH} in an array`, 'postArray'),
        node(`postMessage, ${BATCH} packed in one typed array`, 'postPacked'),
        ...ringbuf(`ringbuf.js, ${FLUSH_EVERY} a push`, 'ringbufBatch'),
      ],
      note: `${shape}, published every ${FLUSH_EVERY}; ${target}${absent}`,
    },
    {
      name: 'ring-messages-unbatched',
      value: value('ringEach'),
      unit: 'messages/s',
      runs,
      peers: ringbuf('ringbuf.js, one a push', 'ringbuf'),
      note: `${shape}, published one by one${absent}`,
    },
  ]
}

export const ringMessagesBench: Bench = {
  name: 'ring-messages',
  title: 'Messages a second through a ring, beside postMessage and ringbuf.js',
  run: () => ringMessages(),
}
