import { availableParallelism } from 'node:os'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { allocateShared } from '../shared/SharedMemory.ts'
import { alternate, median, significant, type Bench, type BenchRow } from './Bench.ts'
import type { ShardAsk } from './engineThread.ts'
import { pingPongScenario } from './pingPong.ts'
import { startThread, type Thread } from './startThread.ts'

const ROUNDS = 7
const SLICE_MS = 250
const WORK_US = 3
/** Events a window; a window is the least delay of a link, 100 µs, and a delay is 550 µs in the mean. */
const PER_WINDOW = [100, 1_000, 3_000]
const WINDOWS_A_DELAY = 5.5
const AGENTS = 550
/** Rounds of work that the calibration times, enough for the compiler. */
const CALIBRATION_ROUNDS = 20_000_000

interface Options {
  readonly rounds?: number
  readonly perWindow?: readonly number[]
  readonly sliceMs?: number
  readonly url?: URL
}

/** The same swarm on one worker and on two: events a second, with about 3 µs of work an event. */
export async function twoWorkers(options: Options = {}): Promise<readonly BenchRow[]> {
  const { rounds = ROUNDS, perWindow = PER_WINDOW, sliceMs = SLICE_MS, url } = options
  const threads = [startThread({ task: 'shard' }, url), startThread({ task: 'shard' }, url)]
  try {
    await ask(threads[0]!, { rounds: CALIBRATION_ROUNDS })
    const workNs = (await ask(threads[0]!, { rounds: CALIBRATION_ROUNDS })) as number
    const work = Math.round((WORK_US * 1_000) / workNs)
    const rows: BenchRow[] = []
    for (const events of perWindow) {
      const tokens = Math.max(1, Math.round((events * WINDOWS_A_DELAY) / AGENTS))
      const scenario = pingPongScenario(AGENTS, { tokens, work })
      const taken = await alternate(['one', 'two'], rounds, (way) =>
        perSecond(scenario, way === 'one' ? threads.slice(0, 1) : threads, sliceMs),
      )
      rows.push(rowOf(events, median(taken.one), median(taken.two), rounds))
    }
    return rows
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()))
  }
}

/** Sets the swarm up on the threads and times one slice of it, after one that warms up. */
async function perSecond(scenario: Scenario, threads: readonly Thread[], sliceMs: number): Promise<number> {
  const shards = threads.length
  const shared = shards > 1 ? allocateShared(shards, null) : null
  const spin = shards <= availableParallelism()
  await all(threads, (index) => ({ setup: { scenario, log: [], index, shards, shared, spin } }))
  const slice = async (budgetMs: number): Promise<number> => {
    const order = { until: Number.MAX_SAFE_INTEGER, budgetMs, slot: -1, digestFromUs: 0 }
    return (await all(threads, () => ({ order }))).reduce((sum: number, events) => sum + (events as number), 0)
  }
  const before = await slice(sliceMs / 2)
  const began = performance.now()
  const after = await slice(sliceMs)
  return ((after - before) / (performance.now() - began)) * 1_000
}

const all = (threads: readonly Thread[], make: (index: number) => ShardAsk): Promise<unknown[]> =>
  Promise.all(threads.map((thread, index) => ask(thread, make(index))))

async function ask(thread: Thread, what: ShardAsk): Promise<unknown> {
  const answer = thread.next()
  thread.worker.postMessage(what)
  return answer
}

const rowOf = (events: number, one: number, two: number, runs: number): BenchRow => ({
  name: `two-workers-${events}`,
  value: significant(two / one),
  unit: '× one worker',
  runs,
  peers: [
    { name: 'one worker, events/s', version: process.version, value: significant(one) },
    { name: 'two workers, events/s', version: process.version, value: significant(two) },
  ],
  note: `about ${events} events a window of 100 µs, half of the messages between the workers, ${WORK_US} µs of work an event, ${availableParallelism()} cores`,
})

export const twoWorkersBench: Bench = {
  name: 'two-workers',
  title: 'Two workers against one at few and many events a window',
  run: () => twoWorkers(),
}
