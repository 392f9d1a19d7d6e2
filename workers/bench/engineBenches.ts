import { assignmentBench } from './assignmentTimes.ts'
import type { Bench } from './Bench.ts'
import { boidsMemoryBench } from './boidsMemory.ts'
import { boidsStepsBench } from './boidsSteps.ts'
import { eventBytesBench } from './eventBytesRow.ts'
import { failureDetectionBench } from './failureDetection.ts'
import { fieldBench, physarumBench } from './fieldSteps.ts'
import { flockFrameworksBench } from './flockFrameworks.ts'
import { jobLogBench } from './jobLogOpening.ts'
import { largeSwarmBench } from './largeSwarm.ts'
import { networkEventsBench } from './networkEvents.ts'
import { parquetRowsBench } from './parquetRows.ts'
import { queueBareBench } from './queueBare.ts'
import { seekBench } from './seekTimes.ts'
import { digestBench, snapshotBench } from './stateCosts.ts'
import { sweepSpeedBench } from './sweepSpeed.ts'
import { taskMemoryBench } from './taskMemory.ts'
import { taskSpeedBench } from './taskSpeed.ts'
import { twoWorkersBench } from './twoWorkers.ts'
import { wallTimesBench } from './wallTimes.ts'

export const ENGINE_BENCHES: readonly Bench[] = [
  queueBareBench,
  networkEventsBench,
  eventBytesBench,
  twoWorkersBench,
  largeSwarmBench,
  wallTimesBench,
  failureDetectionBench,
  seekBench,
  snapshotBench,
  digestBench,
  sweepSpeedBench,
  parquetRowsBench,
  fieldBench,
  physarumBench,
  boidsStepsBench,
  flockFrameworksBench,
  boidsMemoryBench,
  jobLogBench,
  taskSpeedBench,
  taskMemoryBench,
  assignmentBench,
]
