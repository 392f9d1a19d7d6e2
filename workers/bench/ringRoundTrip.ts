import type { ProbeResult, RoundTrip } from '../probe/measure.ts'
import { runNodeProbe } from '../probe/nodeProbe.ts'
import { type Bench, type BenchRow, median, significant } from './Bench.ts'

const ROUNDS = 5
const PHASE_MS = 300
/** The seed's limit on a message's latency; a round trip is two of them. */
const P99_LIMIT_US = 100

/** Round trips of a 32-byte message through a pair of rings between two threads, with bounded spin and by waiting. */
export async function ringRoundTrip(rounds = ROUNDS, phaseMs = PHASE_MS, thread?: URL): Promise<readonly BenchRow[]> {
  const results: ProbeResult[] = []
  for (let round = 0; round < rounds; round++) results.push(await runNodeProbe(phaseMs, thread))
  const of = (pick: (result: ProbeResult) => number): number => significant(median(results.map(pick)))
  const row = (name: string, value: number, note: string): BenchRow => ({
    name,
    value,
    unit: 'µs',
    runs: rounds,
    peers: [],
    note,
  })
  const trips = (pick: (result: ProbeResult) => RoundTrip): string =>
    `${of((r) => pick(r).trips)} round trips a run, 32 bytes each way`
  const spun = results.every((result) => result.mode === 'spin')
  const how = spun ? 'bounded spin while it pays, then wait' : 'one core: waits at once, as the lab would'
  const p99Us = of((r) => r.p99Us)
  const limit = `limit ${P99_LIMIT_US} µs: ${p99Us <= P99_LIMIT_US ? 'met' : 'missed'}`
  return [
    row(
      'ring-round-trip-spin-p50',
      of((r) => r.p50Us),
      `${how}; ${trips((r) => r)}`,
    ),
    row('ring-round-trip-spin-p99', p99Us, `${how}; ${limit}`),
    row(
      'ring-round-trip-wait-p50',
      of((r) => r.waitingAlone.p50Us),
      `waiting alone; ${trips((r) => r.waitingAlone)}`,
    ),
    row(
      'ring-round-trip-wait-p99',
      of((r) => r.waitingAlone.p99Us),
      'waiting alone',
    ),
  ]
}

export const ringRoundTripBench: Bench = {
  name: 'ring-round-trip',
  title: 'Wall-clock round trip through a pair of rings, with bounded spin and by waiting alone',
  run: () => ringRoundTrip(),
}
