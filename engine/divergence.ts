import type { Mark } from './agents/Program.ts'
import { firstDifference, type FirstDifference, type SetUp } from './firstDifference.ts'
import { compareKeys } from './kernel/key.ts'
import type { Micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'

/** How two set-ups part company. */
export interface Divergence {
  /** The first event that differs; null where none does up to `untilUs`. */
  readonly event: FirstDifference | null
  /** The first digest point at which they are not the same; null where they are at every one. */
  readonly digestUs: number | null
  /** The first fact told differently; where the set-ups differ from time 0 on, the first after it. */
  readonly fact: FactDifference | null
  readonly untilUs: number
}

/** What each told where the other told something else; null: nothing more up to the end. Times of both may differ. */
export interface FactDifference {
  readonly first: Mark | null
  readonly second: Mark | null
}

/** Told how far both have been run, µs. */
export type OnProgress = (timeUs: number) => void

const STRIDE_US = 50_000

/**
 * Runs two set-ups in step from time 0. While their digests are equal nothing before can differ, so only what follows
 * the last equal digest point is looked at event by event. Two that stand apart from the start, as where a parameter is
 * part of an agent's state, are compared so from time 0: equal events may come of unequal states.
 */
export function divergence(
  first: SetUp,
  second: SetUp,
  untilUs: number,
  onProgress: OnProgress = () => {},
): Divergence {
  const pair = [first, second].map((setUp) => opened(setUp)) as [LocalRun, LocalRun]
  const { digestUs, parts } = lastEqualDigest(pair, first.scenario.digestEveryUs, untilUs, onProgress)
  const from = parts.map((part) => (part === null ? {} : { parts: part }))
  const event =
    digestUs === null && pair[0].digestText() === pair[1].digestText()
      ? null
      : firstDifference({ ...first, ...from[0] }, { ...second, ...from[1] }, untilUs)
  const fact = event === null ? null : firstFact([first, second], event.key.time === 0 ? 1 : 0, untilUs)
  return { event, digestUs, fact, untilUs }
}

function opened({ scenario, log }: SetUp): LocalRun {
  const run = new LocalRun(scenario)
  run.setLog(log)
  return run
}

/** The first digest point that differs, and both runs at the last one that does not (null: at none). */
function lastEqualDigest(pair: readonly LocalRun[], everyUs: number, untilUs: number, onProgress: OnProgress) {
  let parts = pair.map((): ReturnType<LocalRun['snapshot']> | null => null)
  for (let t = everyUs; t <= untilUs; t += everyUs) {
    for (const run of pair) run.runTo(t as Micros)
    onProgress(t)
    if (pair[0]!.digestText() !== pair[1]!.digestText()) return { digestUs: t, parts }
    parts = pair.map((run) => run.snapshot())
  }
  for (const run of pair) run.runTo(untilUs as Micros)
  return { digestUs: null, parts }
}

/** The first fact that differs by what it says: when, who, what. Numbers of events play no part in it. */
function firstFact(pair: readonly [SetUp, SetUp], fromUs: number, untilUs: number): FactDifference | null {
  const [x, y] = [facts(pair[0], fromUs, untilUs), facts(pair[1], fromUs, untilUs)]
  for (;;) {
    const [first, second] = [x.next().value ?? null, y.next().value ?? null]
    if (first === null && second === null) return null
    if (first === null || second === null || !saysTheSame(first, second)) return { first, second }
  }
}

/** A run's marks from `fromUs` on, in order; it runs only as far as it is asked. */
function* facts(setUp: SetUp, fromUs: number, untilUs: number): Generator<Mark, undefined> {
  const run = opened(setUp)
  while (run.clock < untilUs) {
    run.runTo(Math.min(untilUs, Math.max(run.clock + STRIDE_US, run.nextTime() + 1)) as Micros)
    for (const mark of run.takeMarks()) if (mark.key.time >= fromUs) yield mark
  }
}

const saysTheSame = (p: Mark, q: Mark): boolean =>
  p.key.time === q.key.time &&
  p.agent === q.agent &&
  p.program === q.program &&
  JSON.stringify(p.body) === JSON.stringify(q.body)

/** Which of the two comes first, for whoever wants to go there; null where there is none. */
export const earlier = ({ first, second }: FactDifference): Mark | null =>
  first === null || (second !== null && compareKeys(second.key, first.key) < 0) ? second : first
