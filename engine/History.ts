import type { Key } from './kernel/key.ts'
import type { AgentId, Micros } from './kernel/units.ts'

/** The last events a shard handled, with their causes: what answers "why". A ring; never part of the run. */
export class History {
  written = 0
  private readonly time: Float64Array
  private readonly dst: Int32Array
  private readonly src: Int32Array
  private readonly seq: Uint32Array
  private readonly causeTime: Float64Array
  private readonly causeDst: Int32Array
  private readonly causeSrc: Int32Array
  private readonly causeSeq: Uint32Array
  private readonly type: Uint8Array
  private readonly kind: Int32Array

  constructor(readonly capacity: number) {
    this.time = new Float64Array(capacity)
    this.dst = new Int32Array(capacity)
    this.src = new Int32Array(capacity)
    this.seq = new Uint32Array(capacity)
    this.causeTime = new Float64Array(capacity)
    this.causeDst = new Int32Array(capacity)
    this.causeSrc = new Int32Array(capacity)
    this.causeSeq = new Uint32Array(capacity)
    this.type = new Uint8Array(capacity)
    this.kind = new Int32Array(capacity)
  }

  /** `kind`: message kind of an arrival, −1 otherwise; `cause` of the start of everything has time −1. */
  add(
    time: number,
    dst: number,
    src: number,
    seq: number,
    causeTime: number,
    causeDst: number,
    causeSrc: number,
    causeSeq: number,
    type: number,
    kind: number,
  ): void {
    const row = this.written++ % this.capacity
    this.time[row] = time
    this.dst[row] = dst
    this.src[row] = src
    this.seq[row] = seq
    this.causeTime[row] = causeTime
    this.causeDst[row] = causeDst
    this.causeSrc[row] = causeSrc
    this.causeSeq[row] = causeSeq
    this.type[row] = type
    this.kind[row] = kind
  }

  /** The event named `key`, or null where it is older than the ring or was handled by another shard. */
  find(key: Key): HistoryRow | null {
    const count = Math.min(this.written, this.capacity)
    for (let back = 1; back <= count; back++) {
      const row = (this.written - back) % this.capacity
      if (
        this.seq[row] !== key.seq ||
        this.src[row] !== key.src ||
        this.dst[row] !== key.dst ||
        this.time[row] !== key.time
      )
        continue
      return this.row(row)
    }
    return null
  }

  /** The last `limit` events, oldest first. */
  last(limit: number): HistoryRow[] {
    const count = Math.min(this.written, this.capacity, limit)
    return Array.from({ length: count }, (_, i) => this.row((this.written - count + i) % this.capacity))
  }

  clear(): void {
    this.written = 0
  }

  private row(row: number): HistoryRow {
    const key = keyOf(this.time[row]!, this.dst[row]!, this.src[row]!, this.seq[row]!)
    const cause =
      this.causeTime[row]! < 0
        ? null
        : keyOf(this.causeTime[row]!, this.causeDst[row]!, this.causeSrc[row]!, this.causeSeq[row]!)
    const type = this.type[row]!
    return { key, cause, type: type & ~UNHEARD, kind: this.kind[row]!, heard: (type & UNHEARD) === 0 }
  }
}

/** Bit of a row's type: nobody handled the event (agent down, timer no longer set, link cut). */
export const UNHEARD = 0x80
/** Type of a row that stands for a command taking effect at a cut; its kind is the environment's event number. */
export const COMMAND = 0

export interface HistoryRow {
  readonly key: Key
  readonly cause: Key | null
  readonly type: number
  readonly kind: number
  readonly heard: boolean
}

const keyOf = (time: number, dst: number, src: number, seq: number): Key => ({
  time: time as Micros,
  dst: dst as AgentId,
  src: src as AgentId,
  seq,
})
