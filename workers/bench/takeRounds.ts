import { alternate, median, significant } from './Bench.ts'
import type { EngineTask } from './engineThread.ts'
import { startThread, type Thread } from './startThread.ts'

const WARM_UP_ROUNDS = 2

/**
 * Medians of `rounds` rounds of each task, each on a thread of its own so that no task's compiled code meets another's
 * types, and in turn, so that a slow spell of the machine meets them all.
 */
export async function takeRounds<Way extends string>(
  tasks: { readonly [W in Way]: EngineTask },
  rounds: number,
  url?: URL,
): Promise<{ readonly [W in Way]: number }> {
  const ways = Object.keys(tasks) as Way[]
  const threads = new Map<Way, Thread>(ways.map((way) => [way, startThread(tasks[way], url)]))
  const round = async (way: Way): Promise<number> => {
    const { next, worker } = threads.get(way)!
    const answer = next()
    worker.postMessage(null)
    return (await answer) as number
  }
  try {
    for (let i = 0; i < WARM_UP_ROUNDS; i++) for (const way of ways) await round(way)
    const taken = await alternate(ways, rounds, round)
    return Object.fromEntries(ways.map((way) => [way, significant(median(taken[way]))])) as { [W in Way]: number }
  } finally {
    await Promise.all([...threads.values()].map((thread) => thread.stop()))
  }
}

/** `target 5,000,000 events/s: met`. */
export const targetNote = (value: number, target: number, unit: string): string =>
  `target ${target.toLocaleString('en')} ${unit}: ${value >= target ? 'met' : 'missed'}`

/** `limit 100 ms: met`. */
export const limitNote = (value: number, limit: number, unit: string): string =>
  `limit ${limit.toLocaleString('en')} ${unit}: ${value <= limit ? 'met' : 'missed'}`
