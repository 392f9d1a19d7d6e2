import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { rowOf } from '../sweep/rowOf.ts'
import { SweepPlan } from '../sweep/SweepPlan.ts'
import type { SweepSpec } from '../sweep/SweepSpec.ts'

/** One run at a time, by its number; an error ends the thread, and its parent says so. */
const plan = new SweepPlan(workerData as SweepSpec)
parentPort!.on('message', (run: number) => parentPort!.postMessage(rowOf(plan, run)))
