import type { MarkBody } from './agents/Program.ts'
import type { Plain } from './kernel/plain.ts'
import { NONE, type AgentId } from './kernel/units.ts'

export interface AgendaItem {
  readonly at: number
  readonly what: 'restart' | 'resume' | 'unslow' | 'unclock' | 'undisk' | 'endRule' | 'route' | 'endAffliction'
  readonly agent: AgentId
  /** Place in the command log of the command that caused it. */
  readonly command: number
}

/** What a cut asks of the shard that owns the agent (or, for messages, holds them). */
export type Action =
  | {
      readonly what: 'crash' | 'restart' | 'pause' | 'resume' | 'join' | 'leave'
      readonly agent: AgentId
      readonly seq: number
    }
  | { readonly what: 'slow'; readonly agent: AgentId; readonly factor: number; readonly seq: number }
  | {
      readonly what: 'clock'
      readonly agent: AgentId
      readonly offsetUs: number
      readonly driftPpm: number
      readonly seq: number
    }
  | {
      readonly what: 'disk'
      readonly agent: AgentId
      readonly factor: number
      readonly forgets: boolean
      readonly seq: number
    }
  /** On one agent, or on everybody (NONE). */
  | {
      readonly what: 'set'
      readonly agent: AgentId
      readonly program: string
      readonly param: string
      readonly value: Plain
      readonly seq: number
    }
  | {
      readonly what: 'edit'
      readonly agent: AgentId
      readonly program: string
      readonly path: string
      readonly value: Plain
      readonly seq: number
    }
  | {
      readonly what: 'clientOp'
      readonly agent: AgentId
      readonly program: string
      readonly op: unknown
      readonly seq: number
    }
  | {
      readonly what: 'dropMessage' | 'duplicateMessage' | 'delayMessage'
      readonly src: number
      readonly txSeq: number
      readonly us: number
      readonly seq: number
    }
  | { readonly what: 'mark'; readonly agent: AgentId; readonly seq: number; readonly body: MarkBody }
  /** Routing changed: agents whose surroundings differ hear of it. */
  | { readonly what: 'discover'; readonly seq: number }

/**
 * Event numbers of the environment: each command owns sixteen, so that a later command never shifts an earlier one's.
 */
const ENV_BLOCK = 16
export const NTH = { begin: 0, end: 1, discoverBegin: 2, discoverRoute: 3, discoverEnd: 4 }
export const envSeq = (command: number, nth: number): number => (command + 1) * ENV_BLOCK + nth

/** Which command an event number of the environment belongs to, and whether it is the command's own beginning. */
export const commandOf = (seq: number): { index: number; begins: boolean } => ({
  index: Math.floor(seq / ENV_BLOCK) - 1,
  begins: seq % ENV_BLOCK === NTH.begin,
})

/** What the log itself did, told to observers. */
export const fact = (seq: number, body: MarkBody): Action => ({ what: 'mark', agent: NONE, seq, body })
