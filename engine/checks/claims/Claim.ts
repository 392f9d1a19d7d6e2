import type { Mark } from '../../agents/Program.ts'
import type { AgentId } from '../../kernel/units.ts'
import type { Scenario } from '../../scenario/Scenario.ts'

/** One way to run a claim's scenario, as plain data: the built-in scenario, changed as `--set` would change it. */
export interface Setup {
  readonly set: readonly string[]
  /** The scenario writes its fault schedule anew for every seed (election-timing: one trial a seed). */
  readonly trial?: true
  readonly untilUs: number
  /** Ends the run early, at the first multiple of `everyUs` by which it has happened. */
  readonly stop?: StopWhen
}
export type StopWhen = 'recovered' | 'elected'

/** A run as a claim sees it: what was asked for, and what observers were told. */
export interface ClaimRun {
  readonly scenario: Scenario
  /** In their total order. */
  readonly marks: readonly Mark[]
  /** Virtual time reached. */
  readonly untilUs: number
  /** Messages that programs gave to the network, each counted once however many hops it took. */
  readonly messages: number
  /** Of them every hop over every link: what the network carried. */
  readonly transmissions: number
  /** Names of the invariants that this run violated. */
  readonly violated: readonly string[]
  /** Smallest delay of the link src → dst, µs. */
  floorUs(src: AgentId, dst: AgentId): number
}

/** What a figure is compared with. Fixed before anything is measured. */
export interface Expectation {
  readonly expected: number | string
  /** In words, with where it comes from. */
  readonly tolerance: string
  holds(measured: number): boolean
}

/** A statement about a built-in scenario that measuring decides; the sentence is in the scenario's `info.claims`. */
export interface Claim {
  /** kebab-case, unique. */
  readonly name: string
  readonly scenario: string
  readonly source: string
  /** Unit of the measured figure; '' for a ratio or a count. */
  readonly unit: string
  /** How many seeds, 1 … n; seed k runs setups[(k − 1) % setups.length]. */
  readonly seeds: { readonly quick: number; readonly full: number }
  readonly setups: readonly Setup[]
  /** The same measurement of something wrong, which must fail. */
  readonly control: { readonly what: string; readonly seeds: number; readonly setups: readonly Setup[] }
  /** Samples of one run; none where it shows nothing of what is claimed. */
  measure(run: ClaimRun): readonly number[]
  /** The figure out of every run's samples, in order of seeds; NaN where they show nothing. */
  summary(samples: readonly (readonly number[])[]): number
  expectation(seeds: number): Expectation
  /** Its runs may leave liveness unmet: that elections can take long is what it measures. */
  readonly mayStall?: true
  /** The job log that its runs take, which comes with nobody: without it the claim is not decided. */
  readonly file?: ClaimFile
  /** Where a single run decides: fields of the scenario, beside the seed, that may differ from the built-in ones. */
  readonly oneRun?: readonly (keyof Scenario)[]
}

/** A file by its hash, as a scenario names it. */
export interface ClaimFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** lo … hi, both included. */
export const band = (lo: number, hi: number, why: string): Expectation => ({
  expected: `${lo}..${hi}`,
  tolerance: why,
  holds: (measured) => lo <= measured && measured <= hi,
})

export const within = (expected: number, tolerance: number, why: string): Expectation => ({
  expected,
  tolerance: `±${rounded(tolerance)} (${why})`,
  holds: (measured) => Math.abs(measured - expected) <= tolerance,
})

export const atMost = (max: number, why: string): Expectation => ({
  expected: `at most ${max}`,
  tolerance: why,
  holds: (measured) => measured <= max,
})

export const atLeast = (min: number, why: string): Expectation => ({
  expected: `at least ${min}`,
  tolerance: why,
  holds: (measured) => measured >= min,
})

export const exactly = (expected: number, why: string): Expectation => ({
  expected,
  tolerance: `exact (${why})`,
  holds: (measured) => measured === expected,
})

/** Four significant digits. */
export function rounded(value: number): number {
  let scale = 1
  while (Math.abs(value) * scale < 1_000 && scale < 1e9) scale *= 10
  return Math.round(value * scale) / scale
}
