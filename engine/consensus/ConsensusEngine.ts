import type { Program } from '../agents/Program.ts'
import type { Plain } from '../kernel/plain.ts'
import { fail, ok } from '../kernel/result.ts'
import type { Result } from '../kernel/result.ts'
import type { AgentId } from '../kernel/units.ts'
import { client } from './client.ts'
import { maxFaulty, quorum } from './quorum.ts'
import { raft } from './raft.ts'
import { asKvOp } from './raftRequests.ts'
import { ringElection } from './ringElection.ts'

/** An operation for one agent's program, as the orchestrator schedules it (an `Input` of type clientOp). */
export interface AgentOp {
  readonly agent: AgentId
  readonly program: string
  readonly op: Plain
}

/** Every program of this room, by kind. */
export const CONSENSUS_PROGRAMS: ReadonlyMap<string, Program> = new Map(
  [raft, client, ringElection].map((program: Program) => [program.kind, program]),
)

/** What the orchestrator asks of agreement. Pure: each answer is an operation that enters like any other event. */
export const ConsensusEngine = {
  programs: CONSENSUS_PROGRAMS,
  quorum,
  maxFaulty,

  /** `agent` campaigns now, whatever its timers say; a standing leader's lease does not stop it (Raft thesis §3.10). */
  electLeader: (agent: AgentId): AgentOp => ({ agent, program: raft.kind, op: { op: 'campaign' } }),

  /**
   * `value` goes into the replicated log; a follower passes it to the leader it knows. A number is written to the key
   * 'proposal'; `{ key, value }` to that key; `{ type: 'cas', key, from, to }` and `{ type: 'read', key }` are
   * themselves.
   */
  propose(agent: AgentId, value: Plain): Result<AgentOp> {
    if (!asKvOp(value)) return fail(`propose: ${shown(value)} is not a number, { key, value } or an operation on a key`)
    return ok({ agent, program: raft.kind, op: { op: 'propose', value } })
  },
} as const

const shown = (value: Plain): string => (JSON.stringify(value) ?? 'undefined').slice(0, 60)
