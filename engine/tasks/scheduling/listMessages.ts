import { list, record, u32, union } from '../../kernel/codec.ts'
import type { U32 } from '../../kernel/units.ts'
import { taskLayout, type Task } from '../Task.ts'

export type ListMsg =
  /** Of a machine: I can take a job. Its number goes up with every new request, and stays when one is repeated. */
  | { type: 'ask'; request: U32 }
  /** The answer; a repeated request is answered in the same way. */
  | { type: 'job'; request: U32; task: Task }
  /** Jobs that the machine has done; comes again until they are noted. */
  | { type: 'done'; tasks: readonly U32[] }
  | { type: 'noted'; tasks: readonly U32[] }

export const listMessages = union<ListMsg>({
  ask: record({ request: u32 }),
  job: record({ request: u32, task: taskLayout }),
  done: record({ tasks: list(u32) }),
  noted: record({ tasks: list(u32) }),
})
