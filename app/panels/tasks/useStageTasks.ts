import { useEffect } from 'react'
import type { Command, Scenario } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { showTasks } from '../../scene/tasks/taskView.ts'
import { hasTasks } from '../../state/hasTasks.ts'
import type { Marks } from '../../state/MarkLog.ts'
import { scenarioAt } from '../liveParameters.ts'
import { breakersAt } from './breakersAt.ts'

/** A run as a stage shows it. */
export interface Shown {
  readonly scenario: Scenario | null
  readonly log: readonly Command[]
  readonly marks: Marks
  readonly timeUs: number
  /** Agents that a chosen task was at. */
  readonly path: readonly number[]
}
export const NO_PATH: readonly number[] = []

/** Brings to a stage what marks and commands tell of tasks: breakers, credits, and the way of the chosen task. */
export function useStageTasks(info: StageInfo | null, { scenario, log, marks, timeUs, path }: Shown): void {
  useEffect(() => {
    if (info === null || scenario === null || !hasTasks(scenario)) return
    const credits = creditsOf(scenarioAt(scenario, log, timeUs))
    showTasks(info, { path, breakers: breakersAt(marks.headlines, timeUs), credits })
  }, [info, scenario, log, marks, timeUs, path])
  useEffect(() => () => void (info && showTasks(info, null)), [info])
}

/** How many unfinished tasks a worker may have; 0: nobody counts. */
const creditsOf = ({ programs }: Scenario): number => {
  const credits = programs.find(({ kind }) => kind === 'distributor')?.params['creditsPerWorker']
  return typeof credits === 'number' ? credits : 0
}
