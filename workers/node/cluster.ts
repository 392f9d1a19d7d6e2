import * as Comlink from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import { spaceMemoryBytes } from '../../engine/spaceRegistry.ts'
import { Barrier } from '../shared/barrier.ts'
import { Conductor, type RemoteShard } from '../shared/Conductor.ts'
import { allocateShared } from '../shared/SharedMemory.ts'
import { ShardWorker, type Trace } from '../shared/ShardWorker.ts'

export interface ClusterOptions {
  readonly workers: number
  readonly codecAlways?: boolean
  readonly onTraces?: (traces: Trace[]) => void
  /** Budget of the checkpoints; 0 where left out: a headless run goes one way. */
  readonly checkpointBytes?: number
}

/** Where the bundled worker lies: beside the bundled command, or where the tests say. */
const WORKER_URL = new URL('./shardWorker.mjs', import.meta.url)

export interface Cluster {
  readonly conductor: Conductor
  /** Rejects when a worker dies; race it against whatever waits. */
  readonly death: Promise<never>
  close(): Promise<void>
}

/** A run on `workers` threads: this one leads and runs shard 0, worker threads run the rest. */
export async function openCluster(
  scenario: Scenario,
  log: readonly Command[],
  options: ClusterOptions,
  workerUrl: URL = WORKER_URL,
): Promise<Cluster> {
  const { workers } = options
  const shared = workers > 1 ? allocateShared(workers, null, spaceMemoryBytes(scenario)) : null
  const threads: Worker[] = []
  const death = new Promise<never>((_, reject) => {
    for (let i = 1; i < workers; i++) {
      const thread = new Worker(workerUrl)
      threads.push(thread)
      thread.on('error', (error) => {
        if (shared !== null) new Barrier(shared.meeting, 0, 1, 0).kill()
        reject(new Error(`a worker stopped: ${error.message}`))
      })
    }
  })
  death.catch(() => {})
  const peers = threads.map((thread) => Comlink.wrap(nodeEndpoint(thread as never)) as unknown as RemoteShard)
  const conductor = new Conductor(new ShardWorker(), peers, options.onTraces, options.checkpointBytes ?? 0)
  const spin = workers <= availableParallelism()
  const flags = { ...(options.codecAlways && { codecAlways: true }), ...(options.onTraces && { traced: true }) }
  await Promise.race([conductor.open(scenario, log, { shared, spin, ...flags }), death])
  const close = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
  return { conductor, death, close }
}
