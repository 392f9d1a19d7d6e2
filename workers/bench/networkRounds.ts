import { Driver } from '../../engine/Driver.ts'
import type { Micros } from '../../engine/kernel/units.ts'
import { makePlan } from '../../engine/Plan.ts'
import { makeWorld, Shard } from '../../engine/Shard.ts'
import { pingPong, pingPongScenario } from './pingPong.ts'

const CHUNK_US = 1_000

export interface NetworkTask {
  readonly agents: number
  readonly pending: number
  /** A round: at least so many arrivals through queue, rules, host, program, draws and network. */
  readonly events: number
}

/** Prepares a task; each call of the result is one round and returns its events a second. */
export function networkRound({ agents, pending, events }: NetworkTask): () => number {
  const plan = makePlan(pingPongScenario(agents, { tokens: pending / agents, work: 0 }), 1, [pingPong])
  const world = makeWorld(plan)
  world.setLog([])
  const shard = new Shard(plan, world, { index: 0, shards: 1 })
  const driver = new Driver(shard, { flush: () => {}, drain: () => 0 })
  advance(driver, 2 * CHUNK_US) // all started, and spread over the delays
  return () => {
    const before = shard.stats.events
    const began = performance.now()
    while (shard.stats.events - before < events) advance(driver, CHUNK_US)
    return ((shard.stats.events - before) / (performance.now() - began)) * 1_000
  }
}

/** One shard alone holds its meetings with itself. */
function advance(driver: Driver, us: number): void {
  const meeting = driver.advance((driver.clock + us) as Micros, () => false)
  let step = meeting.next()
  while (step.done !== true) {
    const lanes = step.value
    step = meeting.next((_, lane) => lanes[lane]!)
  }
}
