import type { Effects } from '../../agents/Program.ts'
import type { U32 } from '../../kernel/units.ts'
import { newQueue, peek, push, type TaskQueue } from '../../resources/PriorityScheduler.ts'
import type { TaskMsg } from '../messages.ts'

/** Things to do by time, each under an id, with one timer for the first of them. */

export const newTimes = (): TaskQueue => newQueue('deadline', { ageUs: 0, levels: 1, quantumUs: 1 })
export const pushTime = (times: TaskQueue, id: U32, dueUs: number): void =>
  push(times, { id, deadlineUs: Math.max(1, dueUs), priority: 0, predictedUs: 0, enteredUs: 0, level: 0 })

export function setTimeTimer(times: TaskQueue, name: string, out: Effects<TaskMsg>): void {
  const first = peek(times)
  if (first !== null) out.setTimer(name, Math.max(1, first.deadlineUs - out.localUs))
}
