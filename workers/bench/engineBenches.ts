import type { Bench } from './Bench.ts'
import { eventBytesBench } from './eventBytesRow.ts'
import { networkEventsBench } from './networkEvents.ts'
import { queueBareBench } from './queueBare.ts'
import { twoWorkersBench } from './twoWorkers.ts'

export const ENGINE_BENCHES: readonly Bench[] = [queueBareBench, networkEventsBench, eventBytesBench, twoWorkersBench]
