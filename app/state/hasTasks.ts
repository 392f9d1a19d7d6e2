import type { Scenario } from '../../engine/scenario/Scenario.ts'

/** Programs that bring tasks of their own, and tell of them as engine/tasks/Task.ts says. */
const OWN = /^(list|stealing)$/

/** Whether there are tasks to be seen: boxes on the stage, a Gantt chart, the panel of tasks. */
export const hasTasks = (scenario: Scenario | null): boolean =>
  scenario !== null && (scenario.tasks !== null || scenario.programs.some(({ kind }) => OWN.test(kind)))
