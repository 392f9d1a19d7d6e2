import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import * as Comlink from 'comlink'
import { divergence, earlier, type Divergence } from '../../engine/divergence.ts'
import type { Key } from '../../engine/kernel/key.ts'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import { knowJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import { compareRun, type ComparedRun } from './measures.ts'
import { repetition } from './repetition.ts'

export interface ComparedSetUp {
  readonly scenario: Scenario
  readonly log: readonly Command[]
}
export interface Parting extends Divergence {
  /** Event at which the first fact that differs is told; null where no fact differs. */
  readonly factKey: Key | null
}

/** What a comparison runs beside the labs on screen, on workers of its own. */
export const compareLab = {
  /** The job log of a set-up, before it is run. */
  knowJobLog,

  /** Where two set-ups part, up to `untilUs`. `progress` is told how far both have been run, µs. */
  parting(a: ComparedSetUp, b: ComparedSetUp, untilUs: number, progress: (timeUs: number) => void): Parting {
    let told = 0
    const found = divergence(a, b, untilUs, (timeUs) => {
      if (timeUs < told + untilUs / 50) return
      told = timeUs
      progress(timeUs)
    })
    return { ...found, factKey: found.fact === null ? null : (earlier(found.fact)?.key ?? null) }
  },

  /** A set-up's whole run under a seed so much further on. */
  repeat({ scenario, log }: ComparedSetUp, by: number, untilUs: number): ComparedRun {
    return compareRun(repetition(scenario, log, by), untilUs)
  },
}
export type CompareLab = typeof compareLab

Comlink.expose(compareLab)
