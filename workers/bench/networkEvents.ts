import type { Bench, BenchRow } from './Bench.ts'
import { takeRounds, targetNote } from './takeRounds.ts'

const ROUNDS = 7
const EVENTS = 1_000_000
const EVENTS_PER_SECOND_MIN = 1_500_000
/** Agents whose state fits the second-level cache of today's cores. */
const CACHED_AGENTS = 2_000
/** The same swarm with more in flight, and a larger one, whose agents no longer fit the cache. */
const LOADS = [
  { name: 'network-events-4000', agents: 1_000, pending: 4_000 },
  { name: 'network-events-50000', agents: 1_000, pending: 50_000 },
  { name: 'network-events-50000-wide', agents: 12_500, pending: 50_000 },
]

/** Messages answered by messages: queue, rules, host, program, topology, draws and links, on one worker. */
export async function networkEvents(
  rounds = ROUNDS,
  loads = LOADS,
  events = EVENTS,
  url?: URL,
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const { name, agents, pending } of loads) {
    const value = await takeRounds(
      {
        network: { task: 'networkRounds', agents, pending, events },
        queue: { task: 'queueRounds', way: 'queue', pending, events, tinyqueueFolder: null },
      },
      rounds,
      url,
    )
    const target = targetNote(value.network, EVENTS_PER_SECOND_MIN, 'events/s')
    rows.push({
      name,
      value: value.network,
      unit: 'events/s',
      runs: rounds,
      peers: [{ name: 'the queue alone', version: process.version, value: value.queue }],
      note: `${agents} agents in a mesh, ${pending} messages in flight, each answered by another${agents > CACHED_AGENTS ? ', more state than the cache holds' : ''}; ${target}`,
    })
  }
  return rows
}

export const networkEventsBench: Bench = {
  name: 'network-events',
  title: 'Messages through the whole network on one worker',
  run: () => networkEvents(),
}
