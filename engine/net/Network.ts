import { philox, STREAM, threshold } from '../kernel/philox.ts'
import type { AgentId, Micros, U32 } from '../kernel/units.ts'
import type { NetworkSpec } from '../scenario/Scenario.ts'
import { LinkTable } from './LinkTable.ts'
import type { Packet } from './Packet.ts'
import { ask, type Rule, type Verdict } from './rules.ts'

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
  /** Schedules the arrival of `packet` at `dst` and returns the sequence number that names the transmission. */
  arrive(packet: Packet, dst: AgentId, due: Micros, damaged: boolean): U32
  flight(packet: Packet, dst: AgentId, due: Micros, fate: number, seq: U32): void
}

/**
 * One directed link after another: every delay, loss and copy is an addressed draw, so dropping one message changes
 * nothing for another. The rules are asked here at send, and by the host again on arrival.
 */
export class Network {
  readonly links = new LinkTable()
  rules: readonly Rule[] = []
  private readonly words = new Uint32Array(4)
  private readonly verdict: Verdict = { blocked: false, lost: false, corrupt: false, copies: 1, extraUs: 0 }
  private readonly lossBelow: number
  private readonly duplicateBelow: number
  private readonly reorderBelow: number
  private readonly corruptBelow: number

  constructor(
    private readonly seed: U32,
    private readonly spec: NetworkSpec,
    private readonly latency: LatencyModel,
    public weights: LinkWeights,
  ) {
    this.lossBelow = threshold(spec.loss)
    this.duplicateBelow = threshold(spec.duplicate)
    this.reorderBelow = threshold(spec.reorder.probability)
    this.corruptBelow = threshold(spec.corrupt)
  }

  /** Sends `packet` over the link packet.via → dst at packet.leftUs. Source-owned link state moves on. */
  transmit(packet: Packet, dst: AgentId, carrier: Carrier): void {
    const src = packet.via
    const slot = this.links.slot(src, dst)
    const index = this.links.next(slot)
    const { words } = this
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
    let damaged = false
    if (this.corruptBelow > 0) {
      philox(words, this.seed, STREAM.link, src, dst, index, 1)
      damaged = words[0]! < this.corruptBelow
    }
    let lost = lossWord < this.lossBelow
    if (this.rules.length > 0) {
      const verdict = ask(this.rules, this.seed, src, dst, packet.kind, index, this.verdict)
      if (verdict.blocked) {
        carrier.flight(packet, dst, (packet.leftUs + delay) as Micros, FATE.blocked, index)
        return
      }
      lost ||= verdict.lost
      damaged ||= verdict.corrupt
      copies += verdict.copies - 1
      late ||= verdict.extraUs > 0
      delay += verdict.extraUs
    }
    if (lost) {
      carrier.flight(packet, dst, (packet.leftUs + delay) as Micros, FATE.lost, index)
      return
    }
    const fate = copies > 1 ? FATE.duplicated : late ? FATE.delayed : FATE.delivered
    this.carry(packet, dst, delay, slot, fate, damaged, carrier)
    for (let copy = 1; copy < copies; copy++) {
      philox(words, this.seed, STREAM.link, src, dst, index, copy + 2)
      this.carry(packet, dst, this.delay(src, dst, words[0]!), slot, FATE.duplicated, false, carrier)
    }
  }

  private carry(
    packet: Packet,
    dst: AgentId,
    delay: number,
    slot: number,
    fate: number,
    damaged: boolean,
    carrier: Carrier,
  ): void {
    let due = (packet.leftUs + delay) as Micros
    if (this.spec.fifo) due = this.links.inOrder(slot, due)
    carrier.flight(packet, dst, due, fate, carrier.arrive(packet, dst, due, damaged))
  }

  private delay(src: AgentId, dst: AgentId, word: U32): number {
    const us = this.latency.sample(src, dst, word)
    return this.weights.weighted ? Math.max(1, Math.round(us / this.weights.weight(src, dst))) : us
  }
}
