import type { AgentId } from '../kernel/units.ts'

/** All times in local µs. */
export interface RaftParams {
  /** An election starts after a drawn time in [min, max] without a leader (Raft §5.2). */
  readonly electionMinUs: number
  readonly electionMaxUs: number
  readonly heartbeatUs: number
  /** Ask whether a campaign could win before starting one (thesis §9.6). */
  readonly preVote: boolean
  /**
   * A leader that has not heard from a quorum steps down; servers that hear a leader ignore candidates (§6.2, §4.2.3).
   */
  readonly checkQuorum: boolean
  /** Most entries in one append message. */
  readonly batchMax: number
  /** Most entries a leader may hold uncommitted; further requests are answered `busy`. */
  readonly queueMax: number
  readonly machine: 'kv'
  /** Tell this agent's tree-sync program who leads. */
  readonly announce: boolean
  /** Names out of RAFT_BUGS. */
  readonly bugs: readonly string[]
}

export const RAFT_DEFAULTS: RaftParams = {
  electionMinUs: 150_000,
  electionMaxUs: 300_000,
  heartbeatUs: 50_000,
  preVote: false,
  checkQuorum: false,
  batchMax: 64,
  queueMax: 4_096,
  machine: 'kv',
  announce: false,
  bugs: [],
}

export interface ClientParams {
  /** Raft servers, ascending; omitted: every agent that runs this program. */
  readonly servers: readonly AgentId[]
  /** Open loop: operations a second of one process; 0 = closed loop with `thinkUs` between operations. */
  readonly opsPerSecond: number
  readonly thinkUs: number
  /** Keys of one group of at most ten processes; groups share no key. */
  readonly keys: number
  readonly readFraction: number
  readonly casFraction: number
  /** An attempt that is not answered by then is repeated (with sessions) or given up (without). */
  readonly timeoutUs: number
  /** 1..10. */
  readonly clientsPerAgent: number
  readonly sessions: boolean
}

export const CLIENT_DEFAULTS: Omit<ClientParams, 'servers'> = {
  opsPerSecond: 0,
  thinkUs: 20_000,
  keys: 4,
  readFraction: 0.5,
  casFraction: 0.1,
  timeoutUs: 500_000,
  clientsPerAgent: 1,
  sessions: true,
}
