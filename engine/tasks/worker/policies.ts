import type { AgentId, U32 } from '../../kernel/units.ts'
import { STRATEGIES } from '../messages.ts'
import type { Worker } from './workerState.ts'

/** What distributors have said of how work is shared out, as a worker knows it. */

export const follows = (w: Worker, strategy: string): boolean =>
  w.policies.some((policy) => policy.strategy === strategy)

/** Takes the newer word of a distributor; false where it is old. Mutates `w`. */
export function learn(w: Worker, from: AgentId, strategy: number, epoch: U32): boolean {
  const word = STRATEGIES[strategy]!
  const known = w.policies.find((policy) => policy.from === from)
  if (known === undefined) w.policies.push({ from, strategy: word, epoch })
  else if (epoch > known.epoch) Object.assign(known, { strategy: word, epoch })
  else return false
  return true
}

/** How this distributor shares out work; undefined while it has not said. */
export const policyOf = ({ policies }: Worker, from: AgentId): string | undefined =>
  policies.find((policy) => policy.from === from)?.strategy

export const epochOf = ({ policies }: Worker, from: AgentId): U32 =>
  policies.find((policy) => policy.from === from)?.epoch ?? 0
