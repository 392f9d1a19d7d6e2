import type { Bench } from './Bench.ts'
import { ringMessagesBench } from './ringMessages.ts'
import { ringRoundTripBench } from './ringRoundTrip.ts'

export const RING_BENCHES: readonly Bench[] = [ringRoundTripBench, ringMessagesBench]
