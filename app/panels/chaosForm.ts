import { chaosKindsOn, compileChaos, suits } from '../../engine/scenario/chaos.ts'
import { chaosOf, CHAOS_PROFILES, type ChaosProfile } from '../../engine/scenario/chaosProfiles.ts'
import { equal } from '../../engine/scenario/diff.ts'
import { LIMITS } from '../../engine/scenario/limits.ts'
import { CHAOS_KINDS } from '../../engine/scenario/names.ts'
import type { ChaosKind, ChaosSpec, Command, Scenario } from '../../engine/scenario/Scenario.ts'
import { FAULT_KINDS } from '../../engine/faults/index.ts'
import { linear, logarithmic, rough, type Scale } from './scales.ts'

/** What the panel begins with: the chaos of the run, else crashes as a suggestion. */
export const firstDraft = (scenario: Scenario): ChaosSpec => scenario.chaos ?? chaosOf(CHAOS_PROFILES[2]!, scenario)

/** Profiles of which something could happen to the scenario. */
export const profilesFor = (scenario: Scenario): readonly ChaosProfile[] =>
  CHAOS_PROFILES.filter(({ weights }) => CHAOS_KINDS.some((kind) => (weights[kind] ?? 0) > 0 && suits(scenario, kind)))

export const kindLabel = (kind: ChaosKind): string => FAULT_KINDS.find(({ op }) => op === kind)!.label

/** Kinds that mean something to the scenario: those that the draft may draw, and the others. */
export function kindsOf(scenario: Scenario, { weights }: ChaosSpec): { on: ChaosKind[]; off: ChaosKind[] } {
  const possible = CHAOS_KINDS.filter((kind) => suits(scenario, kind))
  const isOn = (kind: ChaosKind): boolean => (weights[kind] ?? 0) > 0
  return { on: possible.filter(isOn), off: possible.filter((kind) => !isOn(kind)) }
}

/** With another weight for one kind; 0 takes it out, unless it is the last. */
export function withWeight(draft: ChaosSpec, kind: ChaosKind, weight: number): ChaosSpec {
  const { [kind]: _, ...others } = draft.weights
  if (weight === 0 && !Object.values(others).some((other) => (other as number) > 0)) return draft
  return { ...draft, weights: weight === 0 ? others : { ...draft.weights, [kind]: weight } }
}

/** What would happen if the run began with the draft. */
export interface Outlook {
  readonly faults: readonly Command[]
  /** Kinds that the seed switched on. */
  readonly on: readonly ChaosKind[]
  /** The run has this very chaos. */
  readonly applied: boolean
}

export function outlookOf(scenario: Scenario, draft: ChaosSpec): Outlook {
  const made = { ...scenario, chaos: draft }
  return { faults: compileChaos(made), on: chaosKindsOn(made), applied: equal(scenario.chaos, draft) }
}

/** The draft as long as it is, let loose from `nowUs` on: what comes behind the log as it stands. */
export function fromNow(scenario: Scenario, log: readonly Command[], draft: ChaosSpec, nowUs: number): Command[] {
  const fromUs = Math.ceil(nowUs)
  const chaos = { ...draft, fromUs, toUs: fromUs + (draft.toUs - draft.fromUs) }
  return [...compileChaos({ ...scenario, faults: log, chaos })]
}

export interface Scales {
  readonly perSecond: Scale
  readonly meanUs: Scale
  readonly timeUs: Scale
  readonly budget: Scale
  readonly pick: Scale
  readonly weight: Scale
}

/** At most about half of what a log holds, so that there is room for clicks. */
const FAULTS_MAX = LIMITS.commandsMax / 2

export function scalesOf({ untilUs, swarm }: Scenario, { fromUs, toUs }: ChaosSpec): Scales {
  const seconds = (toUs - fromUs) / 1_000_000
  const most = Math.max(2 / seconds, Math.min(LIMITS.faultsPerSecondMax, FAULTS_MAX / seconds))
  return {
    perSecond: logarithmic(Math.min(0.5, 1 / seconds), rough(most), rough),
    meanUs: logarithmic(Math.max(1, Math.floor(untilUs / 2_000)), Math.max(2, Math.floor(untilUs / 2)), (us) =>
      Math.max(1, Math.round(rough(us))),
    ),
    timeUs: linear(0, untilUs, Math.max(1, Math.round(untilUs / 100))),
    budget: linear(0, swarm.agents, 1),
    pick: linear(0, 1, 0.05),
    weight: logarithmic(0.1, 10, rough, true),
  }
}

/** The two ends stay in order, with something between them. */
export function withFrom(draft: ChaosSpec, fromUs: number): ChaosSpec {
  const from = Math.min(Math.round(fromUs), LIMITS.durationUsMax - 1)
  return { ...draft, fromUs: from, toUs: Math.max(draft.toUs, from + 1) }
}
export function withTo(draft: ChaosSpec, toUs: number): ChaosSpec {
  const to = Math.max(1, Math.min(Math.round(toUs), LIMITS.durationUsMax))
  return { ...draft, toUs: to, fromUs: Math.min(draft.fromUs, to - 1) }
}
