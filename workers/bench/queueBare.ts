import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Bench, BenchPeer, BenchRow } from './Bench.ts'
import type { EngineTask } from './engineThread.ts'
import { QUEUE_WAYS, type QueueWay } from './queueRounds.ts'
import { takeRounds, targetNote } from './takeRounds.ts'

const ROUNDS = 7
const EVENTS = 1_000_000
const PENDING = [4_000, 50_000]
const EVENTS_PER_SECOND_MIN = 5_000_000

/** Where the peers' `npm install` puts it, seen from the bundles in .cache/node. */
const TINYQUEUE_FOLDER = '../peers/node_modules/tinyqueue/'
const TINYQUEUE_INSTALL = 'npm install --prefix .cache/peers --no-save ringbuf.js@0.4.0 tinyqueue@2.0.3'

/** Take the next event out in key order, dispatch it by its type, put another in: bare, on one worker. */
export async function queueBare(
  rounds = ROUNDS,
  pendings = PENDING,
  events = EVENTS,
  url?: URL,
): Promise<readonly BenchRow[]> {
  const folder = fileURLToPath(new URL(TINYQUEUE_FOLDER, import.meta.url))
  const installed = existsSync(folder)
  const rows: BenchRow[] = []
  for (const pending of pendings) {
    const task = (way: QueueWay): EngineTask => ({
      task: 'queueRounds',
      way,
      pending,
      events,
      tinyqueueFolder: installed ? folder : null,
    })
    const ways = QUEUE_WAYS.filter((way) => installed || way !== 'tinyqueue')
    const value = await takeRounds(
      Object.fromEntries(ways.map((way) => [way, task(way)])) as Record<QueueWay, EngineTask>,
      rounds,
      url,
    )
    const peers: BenchPeer[] = [{ name: 'binary heap of objects', version: process.version, value: value.objects }]
    if (installed) peers.push({ name: 'tinyqueue', version: versionOf(folder), value: value.tinyqueue })
    const absent = installed ? '' : `; tinyqueue: peer not installed (${TINYQUEUE_INSTALL})`
    const target = targetNote(value.queue, EVENTS_PER_SECOND_MIN, 'events/s')
    const note = `${pending} pending, due within 1 ms; push, pop in key order, dispatch by type; ${target}${absent}`
    rows.push({ name: `queue-bare-${pending}`, value: value.queue, unit: 'events/s', runs: rounds, peers, note })
  }
  return rows
}

const versionOf = (folder: string): string =>
  (JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as { version: string }).version

export const queueBareBench: Bench = {
  name: 'queue-bare',
  title: 'Bare events through the queue on one worker, beside heaps of objects',
  run: () => queueBare(),
}
