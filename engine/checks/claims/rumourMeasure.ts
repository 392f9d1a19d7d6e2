import type { ClaimRun } from './Claim.ts'
import { mean } from './statistics.ts'

/** How the first rumour of a run fared. */
export interface Spread {
  /** Share of all agents that never heard it. */
  readonly residue: number
  /** Calls that carried it, an agent; each was answered by one message of feedback. */
  readonly traffic: number
  /** Cycle in which the last to hear it did so; the first calls are made in cycle 1. */
  readonly last: number
}

/** Null where no rumour was started, or it still spreads. */
export function spreadOf({ marks, messages, scenario }: ClaimRun): Spread | null {
  const told = marks.filter(({ program }) => program === 'gossip')
  const start = told.find(({ body }) => body.kind === 'started')?.body
  if (start === undefined) return null
  const { agents } = scenario.swarm
  const of = (kind: string) =>
    told.filter(({ body }) => body.kind === kind && body.origin === start.origin && body.number === start.number)
  const heard = of('heard')
  if (of('lost interest').length <= heard.length) return null
  const last = heard.reduce((latest, { body }) => Math.max(latest, (body.cycle as number) - (start.cycle as number)), 0)
  return { residue: 1 - (heard.length + 1) / agents, traffic: messages / 2 / agents, last }
}

/** Rounds until every agent knows the first rumour; none where somebody does not. */
export function roundsToAll({ marks, scenario }: ClaimRun): readonly number[] {
  const told = marks.filter(({ program }) => program === 'gossip')
  const start = told.find(({ body }) => body.kind === 'started')?.body
  const heard = told.filter(({ body }) => body.kind === 'heard')
  if (start === undefined || heard.length < scenario.swarm.agents - 1) return []
  return [Math.max(...heard.map(({ body }) => (body.cycle as number) - (start.cycle as number)))]
}

/**
 * Agents that still do not know the first rumour after one round of comparing, as a ratio to their expected number;
 * null where the rumour told nobody or left nobody out.
 *
 * Of u agents without it, one stays without it where it calls one of the other u − 1 and none of the n − u that have it
 * calls it: u·(u − 1)/(n − 1)·(1 − 1/(n − 1))^(n − u), for comparisons that all happen at once.
 */
export function mendedRatio({ marks, scenario }: ClaimRun): number | null {
  const heard = marks.filter(({ program, body }) => program === 'gossip' && body.kind === 'heard')
  const n = scenario.swarm.agents
  const left = n - 1 - heard.length
  const before = n - 1 - heard.filter(({ body }) => body.mended === false).length
  if (before === n - 1 || before === 0) return null
  let missed = 1
  for (let k = 0; k < n - before; k++) missed *= 1 - 1 / (n - 1)
  return left / (((before * (before - 1)) / (n - 1)) * missed)
}

/** Of the means of every setup's samples as ratios to what each should be: the one farthest from 1. */
export function farthestRatio(samples: readonly (readonly number[])[], expected: readonly number[]): number {
  const ratios = expected.map(
    (value, setup) => mean(samples.filter((_, k) => k % expected.length === setup).flat()) / value,
  )
  if (ratios.some(Number.isNaN)) return NaN
  return ratios.reduce((far, ratio) => (Math.abs(ratio - 1) > Math.abs(far - 1) ? ratio : far), 1)
}
