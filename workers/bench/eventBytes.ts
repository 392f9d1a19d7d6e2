import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { EVENT } from '../../engine/agents/agentState.ts'
import type { AgentId, Micros } from '../../engine/kernel/units.ts'
import type { Packet } from '../../engine/net/Packet.ts'
import { PendingEvents } from '../../engine/PendingEvents.ts'

/** A power of two, so that no table is half empty. */
const PENDING = 65_536

/**
 * Memory of one pending arrival without its message, bytes: as the engine keeps it, and as plain objects in an array.
 */
export function eventBytes(): { readonly columns: number; readonly objects: number } {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  const collect = (): void => {
    for (let i = 0; i < 3; i++) gc() // array buffers are freed in the background, and seen by the next collection
  }
  const columns = bytesOf(collect, () => {
    const events = new PendingEvents()
    for (let i = 0; i < PENDING; i++) {
      const packet = packetOf(i)
      const slot = events.push(packet.sentUs, packet.to, packet.via, i, EVENT.arrive, 0, 0, packet)
      events.queue.because(slot, packet.leftUs, packet.from, packet.via, i)
    }
    return events
  })
  const objects = bytesOf(collect, () =>
    Array.from({ length: PENDING }, (_, i) => {
      const payload = packetOf(i)
      const cause = [payload.leftUs, payload.from, payload.via, i]
      return { time: i, dst: payload.to, src: payload.via, seq: i, type: EVENT.arrive, a: 0, b: 0, payload, cause }
    }),
  )
  return { columns, objects }
}

function bytesOf(collect: () => void, make: () => object): number {
  make() // tables that are made once, such as shapes
  collect()
  const before = usedBytes()
  const kept = make()
  collect()
  const bytes = (usedBytes() - before) / PENDING
  return Object.keys(kept).length > 0 ? bytes : NaN // `kept` lives until here
}

function usedBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const packetOf = (i: number): Packet => ({
  program: 0,
  hops: 1,
  kind: 0,
  from: (i % 1_000) as AgentId,
  to: (i % 999) as AgentId,
  via: (i % 1_000) as AgentId,
  sentUs: (i % 900) as Micros,
  leftUs: (i % 900) as Micros,
  msg: i,
})
