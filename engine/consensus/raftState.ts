import type { Effects } from '../agents/Program.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import type { Chain } from './chain.ts'
import type { Kv } from './kv.ts'
import type { Entry, RaftMsg } from './raftMessages.ts'
import type { RaftParams } from './raftParams.ts'

export type RaftRole = 'follower' | 'precandidate' | 'candidate' | 'leader'
export type Out = Effects<RaftMsg>

/** What a crash keeps. `log[0]` is index 1. */
export interface RaftDisk {
  term: U32
  /** NONE: no vote in this term. */
  vote: AgentId
  log: Entry[]
  /** Only written by the bug 'keep-commit-index'. */
  commit: U32
}

/** One write: the hard state, and the log from index `from` replaced by `entries`. */
export interface RaftRecord {
  readonly term: U32
  readonly vote: AgentId
  readonly from: U32
  readonly entries: readonly Entry[]
  readonly commit: U32
}

/** A message that may leave only when write number `after` is on disk. */
export interface Deferred {
  readonly after: number
  readonly to: AgentId
  readonly msg: RaftMsg
}

/**
 * The disk as the server sees it: at most one write is under way; what changes meanwhile goes into the next one (group
 * commit), so nothing depends on the order in which a disk finishes.
 */
export interface RaftIo {
  /** Writes handed to the disk, and finished; they differ by at most 1. */
  issued: number
  done: number
  hardDirty: boolean
  /** The write that brings the present term and vote to disk, once `hardDirty` is false. */
  hardWrite: number
  /** The term that the write under way brings to disk. */
  writingTerm: U32
  logDirty: boolean
  /** First index that the next write must carry; last index + 1 where none. */
  dirtyFrom: U32
  /** Up to where the log is on disk when the write under way ends; a truncation lowers it (no ABA). */
  writingTo: U32
  deferred: Deferred[]
}

/** What a leader knows of one member, by its position in `members`. */
export interface Progress {
  next: U32
  match: U32
  /** One append at a time until the first one fits; else they are pipelined. */
  probing: boolean
  /** Local time of the latest reply. */
  contactUs: number
}

/** A server; plain data. Indices and terms start at 1, 0 means none. */
export interface Raft {
  readonly self: AgentId
  readonly members: readonly AgentId[]
  readonly params: RaftParams
  readonly incarnation: U32
  term: U32
  vote: AgentId
  role: RaftRole
  leader: AgentId
  log: Entry[]
  /** Chained digest of the log up to each entry. */
  chain: Chain[]
  commitIndex: U32
  applied: U32
  durableIndex: U32
  machine: Kv
  /** Latest operation of each client process, with its answer. */
  sessions: { [process: string]: Session }
  /** Who granted a vote (or pre-vote) to this candidate. */
  votes: AgentId[]
  /** Leader only; empty otherwise. Own row included: its `match` is the durable index. */
  progress: Progress[]
  /** Local time of the latest message from this term's leader. */
  heardUs: number
  electionDueUs: number
  /** When the election timer will ring; it is moved only when it would ring too late. */
  electionTimerUs: number
  io: RaftIo
}

export interface Session {
  readonly serial: U32
  readonly ok: boolean
  readonly value: number | null
}

export const hasBug = (raft: Raft, name: string): boolean =>
  raft.params.bugs.length > 0 && raft.params.bugs.includes(name)
