import { bool, i32, list, plain, record, u32, union } from '../kernel/codec.ts'
import type { Layout } from '../kernel/codec.ts'
import type { Plain } from '../kernel/plain.ts'
import type { AgentId, U32 } from '../kernel/units.ts'

/** A rumour is named by who started it and which of that agent's rumours it is. */
export interface Name {
  readonly origin: AgentId
  readonly number: U32
}
export interface Rumour extends Name {
  /** Hands it has passed through, the sender's included. */
  readonly hops: U32
  readonly value: Plain
}
/** What the receiver of a rumour says: it had it before, or not. */
export interface Verdict extends Name {
  readonly knew: boolean
}

export type GossipMsg =
  /** The sender's hot rumours, unasked for. */
  | { type: 'push'; news: readonly Rumour[] }
  /** Asks for the receiver's; in push-pull it brings the sender's too. */
  | { type: 'pull'; news: readonly Rumour[] }
  /** What a pull asked for. Nothing is sent where there is nothing to tell. */
  | { type: 'tell'; news: readonly Rumour[] }
  | { type: 'feedback'; verdicts: readonly Verdict[] }
  /** Anti-entropy: everything the sender has ever heard, by name. */
  | { type: 'compare'; have: readonly Name[] }
  /** What the other one lacks, and what the sender lacks itself. */
  | { type: 'mend'; news: readonly Rumour[]; want: readonly Name[] }

const origin = i32 as Layout<number> as Layout<AgentId>
const rumours = list(record<Rumour>({ origin, number: u32, hops: u32, value: plain }))
const names = list(record<Name>({ origin, number: u32 }))

export const gossipMessages = union<GossipMsg>({
  push: record({ news: rumours }),
  pull: record({ news: rumours }),
  tell: record({ news: rumours }),
  feedback: record({ verdicts: list(record<Verdict>({ origin, number: u32, knew: bool })) }),
  compare: record({ have: names }),
  mend: record({ news: rumours, want: names }),
})
