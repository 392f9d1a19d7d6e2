import type { Invariant } from './Invariant.ts'
import { capability, taskConservation } from './taskInvariants.ts'
import { tasksAnswered } from './taskLiveness.ts'
import { noIdleHoarding, starvationBound } from './taskQueues.ts'
import { withinSlots } from './taskSlots.ts'

/** What watches tasks, whoever hands them out and works on them. */
export const TASKS: readonly Invariant[] = [
  taskConservation,
  tasksAnswered,
  capability,
  starvationBound,
  noIdleHoarding,
  withinSlots,
]
