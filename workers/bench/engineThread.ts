import '../../engine/programs.ts'
import { parentPort } from 'node:worker_threads'
import { ShardWorker, type ShardSetup, type SliceOrder } from '../shared/ShardWorker.ts'
import { eventBytes } from './eventBytes.ts'
import { networkRound, type NetworkTask } from './networkRounds.ts'
import { labour, pingPong } from './pingPong.ts'
import { queueRound, type QueueTask } from './queueRounds.ts'

/** A thread for one engine measurement: it answers every message with one round's number, compiled code kept. */
export type EngineTask =
  | ({ readonly task: 'queueRounds' } & QueueTask)
  | ({ readonly task: 'networkRounds' } & NetworkTask)
  | { readonly task: 'eventBytes' }
  | { readonly task: 'shard' }

export function runEngineTask(task: EngineTask): void {
  if (task.task === 'shard') return serveShard()
  if (task.task === 'eventBytes') return void parentPort!.on('message', () => parentPort!.postMessage(eventBytes()))
  const round = task.task === 'queueRounds' ? queueRound(task) : networkRound(task)
  parentPort!.on('message', () => parentPort!.postMessage(round()))
}

/**
 * What a shard thread is asked: the cost of work, to set a shard up (answered 'ready'), or a slice (its events so far).
 */
export type ShardAsk = { readonly rounds: number } | { readonly setup: ShardSetup } | { readonly order: SliceOrder }

function serveShard(): void {
  const worker = new ShardWorker([pingPong])
  parentPort!.on('message', (ask: ShardAsk) => {
    if ('rounds' in ask) parentPort!.postMessage(workNs(ask.rounds))
    else if ('setup' in ask) void worker.setup(ask.setup).then(() => parentPort!.postMessage('ready'))
    else parentPort!.postMessage(worker.slice(ask.order).totals.events)
  })
}

/** Nanoseconds of one round of `labour`. */
function workNs(rounds: number): number {
  const began = performance.now()
  const sum = labour(rounds, rounds)
  const tookMs = performance.now() - began
  return ((sum === 0 ? tookMs + 1e-9 : tookMs) / rounds) * 1e6
}
