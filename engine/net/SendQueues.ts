import { Hasher, type DigestSum } from '../kernel/digest.ts'
import type { AgentId } from '../kernel/units.ts'
import type { Packet } from './Packet.ts'

/** Packets of one directed link that wait at its near end for a credit, oldest first. */
export interface WaitingLink {
  readonly src: AgentId
  readonly dst: AgentId
  readonly packets: readonly Packet[]
}

/** What waits at the senders of one shard, by link. Plain rows for checkpoints; nothing depends on the Maps' order. */
export class SendQueues {
  private readonly bySource = new Map<AgentId, Map<AgentId, Packet[]>>()

  /** Appends; false where `max` wait already. */
  push(packet: Packet, dst: AgentId, max: number): boolean {
    const { via } = packet
    let links = this.bySource.get(via)
    if (links === undefined) this.bySource.set(via, (links = new Map()))
    const queue = links.get(dst)
    if (queue === undefined) links.set(dst, [packet])
    else if (queue.length >= max) return false
    else queue.push(packet)
    return true
  }

  shift(src: AgentId, dst: AgentId): Packet | undefined {
    const links = this.bySource.get(src)
    const queue = links?.get(dst)
    const first = queue?.shift()
    if (queue?.length === 0) links!.delete(dst)
    return first
  }

  /** Packets that wait at `src` for any of its links. */
  countAt(src: AgentId): number {
    let count = 0
    for (const queue of this.bySource.get(src)?.values() ?? []) count += queue.length
    return count
  }

  /** Forgets what waits at an agent that has lost its power; returns how many. */
  drop(src: AgentId): number {
    const count = this.countAt(src)
    this.bySource.delete(src)
    return count
  }

  /** Forgets what waits for links that are no more; returns how many. */
  prune(exists: (src: AgentId, dst: AgentId) => boolean): number {
    let count = 0
    for (const [src, links] of this.bySource)
      for (const [dst, queue] of links) {
        if (exists(src, dst)) continue
        count += queue.length
        links.delete(dst)
      }
    return count
  }

  digest(sum: DigestSum, hasher: Hasher): void {
    for (const { src, dst, packets } of this.rows()) {
      hasher.begin(TAG_WAITING)
      hasher.word(src)
      hasher.word(dst)
      hasher.plain(packets)
      hasher.end(sum)
    }
  }

  rows(): WaitingLink[] {
    const rows: WaitingLink[] = []
    for (const [src, links] of this.bySource)
      for (const [dst, packets] of links) rows.push({ src, dst, packets: packets.slice() })
    return rows
  }

  /** Replaces everything by `rows`. */
  restore(rows: readonly WaitingLink[]): void {
    this.bySource.clear()
    for (const { dst, packets } of rows) for (const packet of packets) this.push(packet, dst, Infinity)
  }
}

const TAG_WAITING = 0x12
