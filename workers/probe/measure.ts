import { looksFor, WAIT_AT_ONCE } from '../shared/spin.ts'
import { type Bucket, bucketsOf, quantile } from './buckets.ts'
import { COUNT, MESSAGE_BYTES, PING, ProbeEnd, QUIT, TOTAL } from './ProbeEnd.ts'

/** Round trips of a small message through a pair of the rings that shards talk through, wall-clock µs. */
export interface RoundTrip {
  /** Median over the histogram's entries. */
  readonly p50Us: number
  /** Of single trips, each known to within the clock's resolution. */
  readonly p99Us: number
  /** Single trips measured. */
  readonly trips: number
  /** How many consecutive trips one histogram entry averages: more than 1 where the clock is too coarse for one. */
  readonly batch: number
  readonly histogram: readonly Bucket[]
}

/** Round trips as the lab's workers make them here (`mode`), beside those by waiting alone. */
export interface ProbeResult extends RoundTrip {
  /** 'spin': a bounded spin (while it pays), then a wait; 'wait': this machine has no second core to spin on. */
  readonly mode: 'spin' | 'wait'
  readonly waitingAlone: RoundTrip
  /** One way, from the first write until the reader has confirmed the last. */
  readonly messagesPerSecond: number
  readonly messageBytes: number
  readonly clockResolutionUs: number
}

export interface ProbeOptions {
  /** How long each of the three measurements takes, ms. */
  readonly phaseMs: number
  /** Logical cores of the machine. */
  readonly cores: number
}

/** Milliseconds, monotonic: `performance.now` of the calling thread. */
type Clock = () => number

const THREADS = 2
const SAMPLES_MAX = 1 << 19
const WARM_UP_MS = 50
const STRETCH = 64
const FLUSH_EVERY = 64
const CLOCK_STEPS_PER_BATCH = 10
const BATCH_MAX = 1_024

/**
 * Measures against another thread that runs `new ProbeEnd(memory, 1).serve()`. Blocks for about 3 · phaseMs + 0.2 s.
 */
export function measure(memory: SharedArrayBuffer, now: Clock, options: ProbeOptions): ProbeResult {
  const end = new ProbeEnd(memory, 0)
  const resolutionUs = clockResolutionUs(now)
  const looks = looksFor(now, THREADS, options.cores)
  end.useLooks(looks)
  const asHere = roundTrips(end, now, options.phaseMs, resolutionUs)
  const messagesPerSecond = flood(end, now, options.phaseMs)
  end.useLooks(WAIT_AT_ONCE)
  const waitingAlone = looks === WAIT_AT_ONCE ? asHere : roundTrips(end, now, options.phaseMs, resolutionUs)
  end.write(QUIT, 0)
  end.flush()
  return {
    ...asHere,
    mode: looks === WAIT_AT_ONCE ? 'wait' : 'spin',
    waitingAlone,
    messagesPerSecond,
    messageBytes: MESSAGE_BYTES,
    clockResolutionUs: resolutionUs,
  }
}

/** To the nanosecond: a clock's steps of 5 µs must not come out as 4.9999998. */
const elapsedUs = (fromMs: number, toMs: number): number => Math.round((toMs - fromMs) * 1e6) / 1e3

/** Smallest step the clock was seen to make, µs; browsers round it to 5 µs (isolated) or much more. */
function clockResolutionUs(now: Clock): number {
  let least = Infinity
  const start = now()
  let last = start
  for (let steps = 0; steps < 50 && last - start < 300;) {
    const next = now()
    if (next === last) continue
    least = Math.min(least, next - last)
    last = next
    steps++
  }
  return elapsedUs(0, least)
}

function roundTrips(end: ProbeEnd, now: Clock, phaseMs: number, resolutionUs: number): RoundTrip {
  const batch = batchFor(warmUp(end, now), resolutionUs)
  const singles = new Float64Array(SAMPLES_MAX)
  const means = new Float64Array(Math.ceil(SAMPLES_MAX / batch))
  const start = now()
  let batches = 0
  let last = start
  let trips = 0
  while (last - start < phaseMs && trips + batch <= SAMPLES_MAX) {
    const batchStart = last
    for (let i = 0; i < batch; i++) {
      end.ask(PING, trips)
      const at = now()
      singles[trips++] = elapsedUs(last, at)
      last = at
    }
    means[batches++] = elapsedUs(batchStart, last) / batch
  }
  const sortedMeans = means.subarray(0, batches).sort()
  return {
    p50Us: quantile(sortedMeans, 0.5),
    p99Us: quantile(singles.subarray(0, trips).sort(), 0.99),
    trips,
    batch,
    histogram: bucketsOf(sortedMeans),
  }
}

/** Lets both ends be compiled; returns the mean trip of the fastest stretch, µs: stalls must not make batches short. */
function warmUp(end: ProbeEnd, now: Clock): number {
  const start = now()
  let least = Infinity
  for (let last = start; last - start < WARM_UP_MS;) {
    for (let n = 0; n < STRETCH; n++)
      if (end.ask(PING, n) !== n) throw new Error(`probe: round trip ${n} brought back another message`)
    const at = now()
    if (at > last) least = Math.min(least, elapsedUs(last, at) / STRETCH)
    last = at
  }
  return least
}

/** So many trips that a batch lasts about ten steps of the clock; a power of two. */
function batchFor(meanUs: number, resolutionUs: number): number {
  let batch = 1
  while (batch < BATCH_MAX && batch * meanUs < CLOCK_STEPS_PER_BATCH * resolutionUs) batch *= 2
  return batch
}

function flood(end: ProbeEnd, now: Clock, phaseMs: number): number {
  let sent = 0
  const round = (): void => {
    for (let f = 0; f < 32; f++) {
      for (let i = 0; i < FLUSH_EVERY; i++) end.write(COUNT, sent++)
      end.flush()
    }
  }
  for (const start = now(); now() - start < WARM_UP_MS;) round()
  end.ask(TOTAL, 0)
  sent = 0
  const start = now()
  while (now() - start < phaseMs) round()
  const received = end.ask(TOTAL, 0)
  const elapsedMs = now() - start
  if (received !== sent) throw new Error(`probe: ${sent} messages left, ${received} came`)
  return (received / elapsedMs) * 1_000
}
