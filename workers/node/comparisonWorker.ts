import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import { parentPort } from 'node:worker_threads'
import type { ComparedSetUp } from '../compare/compareWorker.ts'
import { compareRun } from '../compare/measures.ts'
import { repetition } from '../compare/repetition.ts'

export interface RepeatAsk extends ComparedSetUp {
  /** How far the seed is from the run's own. */
  readonly by: number
  readonly untilUs: number
}

/** One thread of a comparison: runs a set-up under another seed and answers with its figures. */
parentPort!.on('message', ({ scenario, log, by, untilUs }: RepeatAsk) => {
  parentPort!.postMessage(compareRun(repetition(scenario, log, by), untilUs))
})
