import { f64, record, u32, union } from '../kernel/codec.ts'
import type { U32 } from '../kernel/units.ts'

/** Every message names its errand: the how-manieth it is. */
export type ErrandMsg =
  | { type: 'news'; errand: U32 }
  | { type: 'request'; errand: U32 }
  | { type: 'answer'; errand: U32 }
  /** Agents reported on, the sender among them, and the sum of their ids. */
  | { type: 'report'; errand: U32; count: U32; sum: number }
  /** "I am here", to a neighbour. */
  | { type: 'beat'; errand: U32 }

export const errandMessages = union<ErrandMsg>({
  news: record({ errand: u32 }),
  request: record({ errand: u32 }),
  answer: record({ errand: u32 }),
  report: record({ errand: u32, count: u32, sum: f64 }),
  beat: record({ errand: u32 }),
})
