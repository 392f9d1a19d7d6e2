import { f64, list, record, u32, union } from '../../kernel/codec.ts'
import type { U32 } from '../../kernel/units.ts'
import { dagNodeLayout, type DagNode } from './fibDag.ts'

export type StealingMsg =
  /** Of an idle worker: have you anything to do? `id` counts its requests. */
  | { type: 'steal'; id: U32 }
  /** The answer; without nodes: no. They are lent under the numbers `loan`, `loan` + 1, … */
  | { type: 'loot'; id: U32; loan: U32; nodes: readonly DagNode[] }
  /** To whom a call was borrowed from: it is done. Comes again until it is noted. */
  | { type: 'done'; call: U32; n: U32; value: number; nodes: number }
  | { type: 'noted'; call: U32 }
  /** To the same: I am still at these. */
  | { type: 'alive'; loans: readonly U32[] }
  /** The answer, where nobody waits for some of them. */
  | { type: 'drop'; loans: readonly U32[] }
  /** The whole computation is done. */
  | { type: 'over' }

const loans = list(u32)

export const stealingMessages = union<StealingMsg>({
  steal: record({ id: u32 }),
  loot: record({ id: u32, loan: u32, nodes: list(dagNodeLayout) }),
  done: record({ call: u32, n: u32, value: f64, nodes: f64 }),
  noted: record({ call: u32 }),
  alive: record({ loans }),
  drop: record({ loans }),
  over: record({}),
})
