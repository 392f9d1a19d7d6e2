import { bool, f64, i32, list, record, u32, union } from '../kernel/codec.ts'
import type { Layout } from '../kernel/codec.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import { kvOpCases, kvOpLayout } from './kv.ts'
import type { KvOp } from './kv.ts'

/**
 * What a log entry does: a leader's no-op at the start of its term (Raft thesis §6.4), or an operation on the machine.
 */
export type EntryOp = { readonly type: 'noop' } | KvOp

/** One log entry; immutable, shared by every state, message and checkpoint that holds it. */
export interface Entry {
  readonly term: U32
  readonly op: EntryOp
  /** Who is answered when it is applied; NONE for a no-op or a proposal that nobody waits for. */
  readonly agent: AgentId
  /** Client session: operations of one process are numbered from 1 (thesis §6.3). −1: no session. */
  readonly process: number
  readonly serial: U32
}

export const isClientEntry = (entry: Entry): boolean => entry.agent !== NONE && entry.process >= 0

/** Answers of a server to a client. `redirect`: ask `leader` (NONE: unknown); `busy`: the queue is full, ask later. */
export const CLIENT_STATUS = ['ok', 'precondition-failed', 'redirect', 'busy'] as const
export type ClientStatus = (typeof CLIENT_STATUS)[number]

export type RaftMsg =
  /** `force`: leadership was asked for by a person, so the lease of the standing leader does not protect it (§3.10). */
  | { type: 'requestVote'; term: U32; lastIndex: U32; lastTerm: U32; force: boolean }
  | { type: 'vote'; term: U32; granted: boolean }
  /** `term` is the one the sender would campaign in (§9.6). */
  | { type: 'preVote'; term: U32; lastIndex: U32; lastTerm: U32 }
  | { type: 'preVoteReply'; term: U32; granted: boolean }
  | { type: 'append'; term: U32; prevIndex: U32; prevTerm: U32; commit: U32; entries: readonly Entry[] }
  /**
   * ok: durable up to `match`. Refused: `prevIndex` echoes the request; the conflict hint is §5.3's (0: log too short).
   */
  | {
      type: 'appendReply'
      term: U32
      ok: boolean
      match: U32
      prevIndex: U32
      conflictTerm: U32
      conflictIndex: U32
    }
  | { type: 'clientRequest'; process: number; serial: U32; op: KvOp }
  | {
      type: 'clientReply'
      process: number
      serial: U32
      status: ClientStatus
      value: number | null
      leader: AgentId
    }

const agent = i32 as Layout<number> as Layout<AgentId>
const status: Layout<ClientStatus> = {
  write: (out, value) => u32.write(out, CLIENT_STATUS.indexOf(value)),
  read: (from) => CLIENT_STATUS[u32.read(from)]!,
}
const nullableNumber: Layout<number | null> = {
  write(out, value) {
    bool.write(out, value !== null)
    if (value !== null) f64.write(out, value)
  },
  read: (from) => (bool.read(from) ? f64.read(from) : null),
}
const entryLayout = record<Entry>({
  term: u32,
  op: union<EntryOp>({ noop: record<object>({}), ...kvOpCases }),
  agent,
  process: f64,
  serial: u32,
})

/** One layout for servers and clients, so that either end can decode what the other sent. */
export const raftMessages: Layout<RaftMsg> = union<RaftMsg>({
  requestVote: record({ term: u32, lastIndex: u32, lastTerm: u32, force: bool }),
  vote: record({ term: u32, granted: bool }),
  preVote: record({ term: u32, lastIndex: u32, lastTerm: u32 }),
  preVoteReply: record({ term: u32, granted: bool }),
  append: record({ term: u32, prevIndex: u32, prevTerm: u32, commit: u32, entries: list(entryLayout) }),
  appendReply: record({
    term: u32,
    ok: bool,
    match: u32,
    prevIndex: u32,
    conflictTerm: u32,
    conflictIndex: u32,
  }),
  clientRequest: record({ process: f64, serial: u32, op: kvOpLayout }),
  clientReply: record({ process: f64, serial: u32, status, value: nullableNumber, leader: agent }),
})
export const RAFT_KINDS: readonly RaftMsg['type'][] = [
  'requestVote',
  'vote',
  'preVote',
  'preVoteReply',
  'append',
  'appendReply',
  'clientRequest',
  'clientReply',
]
