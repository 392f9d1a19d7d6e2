import type { Micros } from './kernel/units.ts'
import type { Packet } from './net/Packet.ts'

/** Virtual time of one bucket of the charts' series. */
export const BUCKET_US = 50_000

/** Counts of one bucket of virtual time. Rows of plain numbers. */
export interface Bucket {
  events: number
  sent: number
  delivered: number
  lost: number
}

/** What one shard counts about itself. Never read by a program, a check or the digest; kept in checkpoints. */
export class Stats {
  events = 0
  messages = 0
  transmissions = 0
  deliveries = 0
  losses = 0
  queueUs = 0
  linkUs = 0
  inboxUs = 0
  /** Series by bucket index; only the tail from `first` on. */
  first = 0
  buckets: Bucket[] = []
  /** Virtual latency of arrivals (send to arrival over all hops), by powers of two and eighths. */
  latency = new Uint32Array(512)

  handled(now: Micros): void {
    this.events++
    this.bucket(now).events++
  }

  sent(now: Micros): void {
    this.messages++
    this.bucket(now).sent++
  }

  transmitted(_now: Micros): void {
    this.transmissions++
  }

  arrived(packet: Packet, now: Micros): void {
    this.deliveries++
    this.linkUs += now - packet.leftUs
    this.bucket(now).delivered++
    this.latency[latencyClass(now - packet.sentUs)]!++
  }

  lost(now: Micros): void {
    this.losses++
    this.bucket(now).lost++
  }

  queued(us: number): void {
    this.queueUs += us
  }

  waited(us: number): void {
    this.inboxUs += us
  }

  /** A copy of one bucket; zeros where nothing happened. */
  bucketAt(index: number): Bucket {
    return { ...(this.buckets[index - this.first] ?? { events: 0, sent: 0, delivered: 0, lost: 0 }) }
  }

  private bucket(now: Micros): Bucket {
    const index = Math.floor(now / BUCKET_US) - this.first
    const { buckets } = this
    while (buckets.length <= index) buckets.push({ events: 0, sent: 0, delivered: 0, lost: 0 })
    return buckets[index]!
  }

  /** A copy as plain data, for checkpoints. */
  save(): StatsState {
    return {
      events: this.events,
      messages: this.messages,
      transmissions: this.transmissions,
      deliveries: this.deliveries,
      losses: this.losses,
      queueUs: this.queueUs,
      linkUs: this.linkUs,
      inboxUs: this.inboxUs,
      last: this.buckets.length === 0 ? null : { ...this.buckets.at(-1)! },
      index: this.first + this.buckets.length - 1,
      latency: this.latency.slice(),
    }
  }

  load(state: StatsState): void {
    this.events = state.events
    this.messages = state.messages
    this.transmissions = state.transmissions
    this.deliveries = state.deliveries
    this.losses = state.losses
    this.queueUs = state.queueUs
    this.linkUs = state.linkUs
    this.inboxUs = state.inboxUs
    this.buckets = state.last === null ? [] : [{ ...state.last }]
    this.first = state.last === null ? 0 : state.index
    this.latency = state.latency.slice()
  }
}

export interface StatsState {
  readonly events: number
  readonly messages: number
  readonly transmissions: number
  readonly deliveries: number
  readonly losses: number
  readonly queueUs: number
  readonly linkUs: number
  readonly inboxUs: number
  /** The bucket that was being filled, and its index. */
  readonly last: Bucket | null
  readonly index: number
  readonly latency: Uint32Array
}

/** Class of a latency: eight classes to each doubling, so that a quantile is true to 9 %. */
export function latencyClass(us: number): number {
  if (us < 8) return us < 0 ? 0 : Math.floor(us)
  const exponent = Math.min(60, 31 - Math.clz32(Math.min(us, 0x7fffffff)))
  const eighth = Math.floor(us / (1 << (exponent - 3))) & 7
  return Math.min(511, (exponent - 2) * 8 + eighth)
}

/** Smallest latency of a class, µs. */
export function latencyOfClass(index: number): number {
  if (index < 8) return index
  const exponent = Math.floor(index / 8) + 2
  return (8 + (index % 8)) * (1 << (exponent - 3))
}

/** The q-quantile of a latency histogram, µs; 0 where it is empty. */
export function latencyQuantile(latency: Uint32Array, q: number): number {
  let total = 0
  for (const count of latency) total += count
  let seen = 0
  for (let i = 0; i < latency.length; i++) {
    seen += latency[i]!
    if (total > 0 && seen >= q * total) return latencyOfClass(i)
  }
  return 0
}
