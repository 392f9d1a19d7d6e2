import { philox, STREAM, threshold } from '../kernel/philox.ts'
import type { AgentId, U32 } from '../kernel/units.ts'

/**
 * The network's ordered list of rules: what partitions, cuts and lossy links compile to. Rules may only lengthen a
 * delay, so that the lookahead of the shards stays true.
 */
export type Rule = {
  /** Place in the command log: names the rule's random stream and its order. */
  readonly id: number
  /** Membership by agent id; null = everybody. */
  readonly from: Uint8Array | null
  readonly to: Uint8Array | null
  /** Message kind, or ANY_KIND. */
  readonly kind: number
} & RuleAction

export type RuleAction =
  /** Blocks what crosses between `from` and the rest, both ways. */
  | { readonly action: 'partition' }
  | { readonly action: 'cut' }
  | { readonly action: 'delay'; readonly us: number }
  | { readonly action: 'lose'; readonly probability: number }
  | { readonly action: 'duplicate'; readonly probability: number }
  | { readonly action: 'corrupt'; readonly probability: number }
  | { readonly action: 'reorder'; readonly probability: number; readonly us: number }

/** Matches every message; a kind that no program of the run has matches none. */
export const ANY_KIND = -1
export const NO_KIND = -2

/** What the rules say of one transmission. Reused; `ask` overwrites it. */
export interface Verdict {
  blocked: boolean
  lost: boolean
  /** Damaged on the way: arrives, and is thrown away there. */
  corrupt: boolean
  copies: number
  extraUs: number
}

const words = new Uint32Array(4)

/** Asks every rule in order about transmission `index` of src → dst. Mutates and returns `verdict`. */
export function ask(
  rules: readonly Rule[],
  seed: U32,
  src: AgentId,
  dst: AgentId,
  kind: number,
  index: U32,
  verdict: Verdict,
): Verdict {
  verdict.blocked = verdict.lost = verdict.corrupt = false
  verdict.copies = 1
  verdict.extraUs = 0
  for (const rule of rules) {
    if (!matches(rule, src, dst, kind)) continue
    switch (rule.action) {
      case 'partition':
      case 'cut':
        verdict.blocked = true
        break
      case 'delay':
        verdict.extraUs += rule.us
        break
      case 'lose':
        if (draw(seed, rule.id, src, dst, index, 0) < threshold(rule.probability)) verdict.lost = true
        break
      case 'duplicate':
        if (draw(seed, rule.id, src, dst, index, 1) < threshold(rule.probability)) verdict.copies++
        break
      case 'corrupt':
        if (draw(seed, rule.id, src, dst, index, 0) < threshold(rule.probability)) verdict.corrupt = true
        break
      case 'reorder':
        if (draw(seed, rule.id, src, dst, index, 2) < threshold(rule.probability))
          verdict.extraUs += Math.floor((rule.us * draw(seed, rule.id, src, dst, index, 3)) / 4_294_967_296)
        break
    }
  }
  return verdict
}

/** Whether a message that is arriving now is stopped: a new partition catches what is in flight. */
export function blocks(rules: readonly Rule[], src: AgentId, dst: AgentId, kind: number): boolean {
  for (const rule of rules)
    if ((rule.action === 'partition' || rule.action === 'cut') && matches(rule, src, dst, kind)) return true
  return false
}

function matches(rule: Rule, src: AgentId, dst: AgentId, kind: number): boolean {
  if (rule.kind !== ANY_KIND && rule.kind !== kind) return false
  if (rule.action === 'partition') return rule.from![src] !== rule.from![dst]
  return (rule.from === null || rule.from[src] === 1) && (rule.to === null || rule.to[dst] === 1)
}

function draw(seed: U32, rule: number, src: AgentId, dst: AgentId, index: U32, word: number): number {
  philox(words, seed, STREAM.rule + (rule + 1) * 256, src, dst, index, 0)
  return words[word]!
}
