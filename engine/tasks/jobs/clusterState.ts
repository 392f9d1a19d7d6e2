import type { AgentId, U32 } from '../../kernel/units.ts'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import type { Policy, RunningJob } from './backfill.ts'

export interface ClusterParams {
  readonly policy: Policy
  /** A node that holds a job and is not heard of for so long is lost, and its job begins again elsewhere, µs. */
  readonly leaseUs: number
  /** A node that answers nothing for so long has left, and jobs that ask for more than are left end, µs; 0 = never. */
  readonly goneUs: number
  /** How often a job may begin again before it is given up. */
  readonly retriesMax: number
  /** Beside a job's own time: until all of its nodes have heard and been heard; at least a round trip, µs. */
  readonly marginUs: number
  /** What users expect where the log does not say: this many times the true run time. */
  readonly estimateFactor: number
  /** Jobs behind the first that are looked at for backfilling. */
  readonly depthMax: number
  /** Between two reports of counts, µs; 0 = never. */
  readonly reportEveryUs: number
  /** A mark for every step of every job. */
  readonly verbose: boolean
}

export const CLUSTER_DEFAULTS: ClusterParams = {
  policy: 'easy',
  leaseUs: 1_000_000,
  goneUs: 10_000_000,
  retriesMax: 3,
  marginUs: 2_000,
  estimateFactor: 1,
  depthMax: 1_000,
  reportEveryUs: 1_000_000,
  verbose: true,
}

/** A job that holds nodes; `nodes` and `endedAt` go together, by place in the list of all nodes. */
export interface HeldJob extends RunningJob {
  /** Row of the log, which is its name. */
  readonly job: U32
  readonly attempt: U32
  readonly nodes: readonly number[]
  /** Of its nodes: 1 = has done its part. */
  readonly ended: number[]
  readonly beganUs: number
}

export interface Counts {
  submitted: number
  done: number
  failed: number
  unassignable: number
}
export type End = 'done' | 'failed' | 'unassignable'

/** What a crash of the scheduler keeps. */
export interface ClusterDisk {
  /** Local time at which the log began; −1 before. */
  startUs: number
  /** Rows submitted so far, and of them those that have not ended, ascending. */
  next: number
  open: number[]
  readonly counts: Counts
  /** The latest ends, oldest first: a crash may have kept them from being told. */
  ended: EndRecord[]
  waitUs: number
  slowdown: number
  nodeUs: number
}
export interface EndRecord {
  readonly type: 'ended'
  readonly job: U32
  readonly end: End
  readonly why: string
  readonly tookUs: number
  readonly waitUs: number
  /** Bounded: (wait + run) / run, where runs of less than ten seconds are taken for ten. */
  readonly slowdown: number
  readonly nodeUs: number
}
export type ClusterRecord =
  { readonly type: 'begun'; readonly startUs: number } | { readonly type: 'submitted'; readonly job: U32 } | EndRecord

export const RETOLD_MAX = 32

export const emptyDisk = (): ClusterDisk => ({
  ...{ startUs: -1, next: 0, open: [], ended: [], waitUs: 0, slowdown: 0, nodeUs: 0 },
  counts: { submitted: 0, done: 0, failed: 0, unassignable: 0 },
})

/** Mutates `disk`. */
export function writeDisk(disk: ClusterDisk, entry: ClusterRecord): void {
  if (entry.type === 'begun') disk.startUs = entry.startUs
  else if (entry.type === 'submitted') {
    disk.next = Math.max(disk.next, entry.job + 1)
    disk.open.push(entry.job)
    disk.counts.submitted++
  } else {
    const at = disk.open.indexOf(entry.job)
    if (at === -1) return
    disk.open.splice(at, 1)
    countEnd(disk, entry)
    disk.ended.push(entry)
    if (disk.ended.length > RETOLD_MAX) disk.ended.shift()
  }
}

type Sums = Pick<ClusterDisk, 'waitUs' | 'slowdown' | 'nodeUs' | 'counts'>
/** Adds an end to sums. Mutates them. */
export function countEnd(sums: Sums, { end, waitUs, slowdown, nodeUs }: EndRecord): void {
  sums.counts[end]++
  if (end !== 'done') return
  sums.waitUs += waitUs
  sums.slowdown += slowdown
  sums.nodeUs += nodeUs
}

/** Agent 0 of the members. */
export interface Scheduler {
  readonly role: 'scheduler'
  params: ClusterParams
  readonly nodes: readonly AgentId[]
  readonly workload: WorkloadSpec
  readonly seed: U32
  /** What the disk held at power-on, until it is dealt with. */
  retell: Pick<ClusterDisk, 'open' | 'ended'>
  startUs: number
  /** The next row to come. */
  next: number
  /** Rows that wait, first to be served first. */
  queue: U32[]
  running: HeldJob[]
  /** By place of a node: the attempt it holds, FREE or DOWN; and when it was last heard of. */
  readonly holds: number[]
  readonly heardUs: number[]
  free: number
  /** The next attempt's number, and the first of this life. */
  attempt: U32
  readonly firstAttempt: U32
  /** Of jobs that had to begin again: how often. */
  readonly tries: { [job: number]: number }
  /** For whom the reservation was told. */
  reservedFor: number
  /** Jobs whose end is not written down yet. */
  ending: number
  /** As told to observers. */
  readonly sums: { waitUs: number; slowdown: number; nodeUs: number; readonly counts: Counts }
  watching: boolean
  /** By place of a node: questions since it was last heard of, while it is DOWN. */
  readonly unanswered: number[]
  /** The job that was told last to wait for more nodes than there are, or −1; and how many those were. */
  shortJob: number
  shortLeft: number
}
export const FREE = 0
export const DOWN = -1

export interface Node {
  readonly role: 'node'
  params: ClusterParams
  readonly scheduler: AgentId
  /** Whether this is its first life. */
  readonly isNew: boolean
  attempt: U32
  job: U32
  lead: boolean
  submittedUs: number
  beganUs: number
  /** The highest attempt ever heard of: older ones are stale. */
  latest: U32
  /** Attempts whose end nobody has acknowledged yet. */
  unheard: U32[]
  done: number
}

export type Cluster = Scheduler | Node
