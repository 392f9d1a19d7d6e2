import type { AgentView } from '../agents/Program.ts'
import type { FlightLog } from './FlightLog.ts'
import { HEADER, type Frame } from './frame.ts'

/** One agent as the frame writer needs it. */
export interface Shown {
  readonly id: number
  readonly status: number
  readonly inbox: number
  readonly view: AgentView
}

/**
 * Writes the rows of one shard's agents and its flights. Rows of agents that are gone are cleared by their last owner.
 */
export function writeFrame(frame: Frame, shard: number, shown: Iterable<Shown>, flights: FlightLog): void {
  const { agents } = frame
  for (const { id, status, inbox, view } of shown) {
    agents.role[id] = view.role
    agents.status[id] = status
    agents.term[id] = view.term
    agents.lastIndex[id] = view.lastIndex
    agents.commitIndex[id] = view.commitIndex
    agents.durableIndex[id] = view.durableIndex
    agents.votes[id] = view.votes
    agents.follows[id] = view.follows
    agents.load[id] = view.load
    agents.inbox[id] = inbox
  }
  flights.copyTo(frame.flights[shard]!)
}

/** What one frame says of the whole run. Counts are totals over the shards. */
export interface FrameTotals {
  readonly timeUs: number
  readonly number: number
  readonly events: number
  readonly messages: number
  readonly pending: number
  readonly branch: number
  readonly steppedUs: number
}

export function writeHeader(frame: Frame, totals: FrameTotals): void {
  for (const name of Object.keys(HEADER) as (keyof typeof HEADER)[]) frame.header[HEADER[name]] = totals[name]
}
