import { bool, f64, record, u32, union, type Layout } from '../../kernel/codec.ts'
import type { U32 } from '../../kernel/units.ts'

/** An attempt is one start of one job: numbers grow, so that whatever is late or doubled is known as such. */
export type ClusterMsg =
  /** Scheduler to every node of the job: work so long. The lead tells observers of the job. */
  | { type: 'start'; attempt: U32; job: U32; sizeUs: number; submittedUs: number; lead: boolean }
  /** Drop that attempt. */
  | { type: 'kill'; attempt: U32 }
  /** Who are you, what are you doing? Whatever began before `since` is to be dropped. */
  | { type: 'probe'; since: U32 }
  /** I have heard that this has ended; say it no more. */
  | { type: 'ack'; attempt: U32 }
  /** Node to scheduler: I am here, and working on this attempt (0: on none); `latest`: the highest I know of. */
  | { type: 'here'; attempt: U32; latest: U32 }
  /** Still at it: holds the lease. */
  | { type: 'renew'; attempt: U32 }
  /** My part is done. Said again until acknowledged. */
  | { type: 'ended'; attempt: U32 }

/** For `latest`, of a node that has begun anew: whatever it held is lost. */
export const ALL_FORGOTTEN = 0xffffffff

const attempt = record({ attempt: u32 })
export const clusterMessages: Layout<ClusterMsg> = union<ClusterMsg>({
  start: record({ attempt: u32, job: u32, sizeUs: f64, submittedUs: f64, lead: bool }),
  kill: attempt,
  probe: record({ since: u32 }),
  ack: attempt,
  here: record({ attempt: u32, latest: u32 }),
  renew: attempt,
  ended: attempt,
})
export const CLUSTER_KINDS: readonly ClusterMsg['type'][] = [
  ...(['start', 'kill', 'probe', 'ack', 'here', 'renew', 'ended'] as const),
]
