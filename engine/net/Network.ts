import { philox, STREAM, threshold } from '../kernel/philox.ts'
import type { AgentId, Micros, U32 } from '../kernel/units.ts'
import type { NetworkSpec } from '../scenario/Scenario.ts'
import { LinkTable } from './LinkTable.ts'
import { CREDITED, DAMAGED, type Packet } from './Packet.ts'
import { ask, type Rule, type Verdict } from './rules.ts'
import { SendQueues } from './SendQueues.ts'

/** Latency of one link; `latency.ts` compiles it from the scenario. */
export interface LatencyModel {
  /** Smallest delay the law can give on src → dst, µs ≥ 1. */
  floorUs(src: AgentId, dst: AgentId): number
  /** Smallest delay of any link. */
  minFloorUs(): number
  /** Delay for one uniform word, whole µs ≥ floorUs. */
  sample(src: AgentId, dst: AgentId, word: U32): number
}

/** What the topology tells the network of one link. */
export interface LinkWeights {
  readonly weighted: boolean
  weight(a: AgentId, b: AgentId): number
}

/** How a transmission fared, as known when it was sent; the numbers index FATES in frame/. */
export const FATE = {
  delivered: 0,
  lost: 1,
  blocked: 2,
  duplicated: 3,
  delayed: 4,
  dropped: 5,
  unheard: 6,
  corrupted: 7,
} as const

/** Where a transmission's outcome goes: an event when it will arrive, and in any case a row for the picture. */
export interface Carrier {
  /**
   * Schedules the arrival of `packet` at `dst`, with its DAMAGED and CREDITED flags, and returns the sequence number
   * that names the transmission.
   */
  arrive(packet: Packet, dst: AgentId, due: Micros, flags: number): U32
  flight(packet: Packet, dst: AgentId, due: Micros, fate: number, seq: U32): void
  /** Schedules that `packet`, which dst will never handle, gives its credit back at `due`. */
  forgive(packet: Packet, dst: AgentId, due: Micros): void
  /** Size on the wire, bytes. */
  bytesOf(packet: Packet): number
  /** `packet` waited `us` at the near end: for a credit, or for the line. */
  queued(us: number): void
}

/** A credit of a message that nobody will handle comes back this much later than its arrival would: a time-out. */
export const CREDIT_TIMEOUT_US = 100_000

/**
 * One directed link after another: every delay, loss and copy is an addressed draw, so dropping one message changes
 * nothing for another. The rules are asked here at send, and by the host again on arrival.
 */
export class Network {
  readonly links = new LinkTable()
  readonly queues = new SendQueues()
  rules: readonly Rule[] = []
  private readonly words = new Uint32Array(4)
  private readonly verdict: Verdict = { blocked: false, lost: false, corrupt: false, copies: 1, extraUs: 0 }
  private readonly lossBelow: number
  private readonly duplicateBelow: number
  private readonly reorderBelow: number
  private readonly corruptBelow: number

  /** @param waitingMax packets that may wait for one link's credits; more are refused. */
  constructor(
    private readonly seed: U32,
    private readonly spec: NetworkSpec,
    private readonly latency: LatencyModel,
    public weights: LinkWeights,
    private readonly waitingMax: number,
  ) {
    this.lossBelow = threshold(spec.loss)
    this.duplicateBelow = threshold(spec.duplicate)
    this.reorderBelow = threshold(spec.reorder.probability)
    this.corruptBelow = threshold(spec.corrupt)
  }

  /**
   * Sends `packet` over the link packet.via → dst at packet.leftUs, or keeps it until the link has a credit. False
   * where too many wait already. Source-owned link state moves on.
   */
  transmit(packet: Packet, dst: AgentId, carrier: Carrier): boolean {
    const slot = this.links.slot(packet.via, dst)
    const { credits } = this.spec
    if (credits > 0) {
      const underWay = this.links.underWay(slot)
      if (underWay >= credits) return this.queues.push(packet, dst, this.waitingMax)
      this.links.setUnderWay(slot, underWay + 1)
    }
    this.depart(packet, dst, slot, carrier)
    return true
  }

  /** A credit of src → dst is back at `now`: the link may carry one more, and what waits longest leaves. */
  credit(src: AgentId, dst: AgentId, now: Micros, carrier: Carrier): void {
    const slot = this.links.slot(src, dst)
    // A link that was gone for a while counts from none again, while credits from before are still on their way.
    this.links.setUnderWay(slot, Math.max(0, this.links.underWay(slot) - 1))
    if (this.links.underWay(slot) >= this.spec.credits) return
    const waiting = this.queues.shift(src, dst)
    if (waiting === undefined) return
    carrier.queued(now - waiting.leftUs)
    this.links.setUnderWay(slot, this.links.underWay(slot) + 1)
    this.depart({ ...waiting, leftUs: now }, dst, slot, carrier)
  }

  /** How long a credit takes from `from`, which handled transmission (src, seq), back to `to`; whole µs. */
  creditUs(from: AgentId, to: AgentId, src: AgentId, seq: U32): number {
    philox(this.words, this.seed, STREAM.credit, from, to, src, seq)
    return this.delay(from, to, this.words[0]!)
  }

  private depart(sent: Packet, dst: AgentId, slot: number, carrier: Carrier): void {
    const src = sent.via
    const index = this.links.next(slot)
    const { words } = this
    const packet = this.spec.bytesPerSecond > 0 ? this.occupy(sent, slot, carrier) : sent
    philox(words, this.seed, STREAM.link, src, dst, index, 0)
    let delay = this.delay(src, dst, words[0]!)
    const lossWord = words[1]!
    let copies = words[2]! < this.duplicateBelow ? 2 : 1
    let late = false
    if (words[3]! < this.reorderBelow) {
      late = true
      philox(words, this.seed, STREAM.link, src, dst, index, 2)
      delay += Math.floor((this.spec.reorder.extraUs * words[0]!) / 4_294_967_296)
    }
    let flags = this.spec.credits > 0 ? CREDITED : 0
    if (this.corruptBelow > 0) {
      philox(words, this.seed, STREAM.link, src, dst, index, 1)
      if (words[0]! < this.corruptBelow) flags |= DAMAGED
    }
    let lost = lossWord < this.lossBelow
    let blocked = false
    if (this.rules.length > 0) {
      const verdict = ask(this.rules, this.seed, src, dst, packet.kind, index, this.verdict)
      blocked = verdict.blocked
      lost ||= verdict.lost
      if (verdict.corrupt) flags |= DAMAGED
      copies += verdict.copies - 1
      late ||= verdict.extraUs > 0
      delay += verdict.extraUs
    }
    if (blocked || lost) {
      const due = (packet.leftUs + delay) as Micros
      carrier.flight(packet, dst, due, blocked ? FATE.blocked : FATE.lost, index)
      if (flags & CREDITED) carrier.forgive(packet, dst, (due + CREDIT_TIMEOUT_US) as Micros)
      return
    }
    const fate = copies > 1 ? FATE.duplicated : late ? FATE.delayed : FATE.delivered
    this.carry(packet, dst, delay, slot, fate, flags, carrier)
    for (let copy = 1; copy < copies; copy++) {
      philox(words, this.seed, STREAM.link, src, dst, index, copy + 2)
      const after = this.delay(src, dst, words[0]!)
      this.carry(packet, dst, after, slot, FATE.duplicated, 0, carrier)
    }
  }

  /** Takes the line for as long as the packet's bytes take. Returns the packet, gone when its last byte has left. */
  private occupy(packet: Packet, slot: number, carrier: Carrier): Packet {
    const us = Math.max(1, Math.ceil((carrier.bytesOf(packet) * 1_000_000) / this.spec.bytesPerSecond))
    const leftUs = this.links.occupy(slot, packet.leftUs, us)
    carrier.queued(leftUs - packet.leftUs)
    return { ...packet, leftUs }
  }

  private carry(
    packet: Packet,
    dst: AgentId,
    delay: number,
    slot: number,
    fate: number,
    flags: number,
    carrier: Carrier,
  ): void {
    let due = (packet.leftUs + delay) as Micros
    if (this.spec.fifo) due = this.links.inOrder(slot, due)
    carrier.flight(packet, dst, due, fate, carrier.arrive(packet, dst, due, flags))
  }

  private delay(src: AgentId, dst: AgentId, word: U32): number {
    const us = this.latency.sample(src, dst, word)
    return this.weights.weighted ? Math.max(1, Math.round(us / this.weights.weight(src, dst))) : us
  }
}
