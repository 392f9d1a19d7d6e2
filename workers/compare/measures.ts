import type { Mark } from '../../engine/agents/Program.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { METRICS } from '../shared/metrics.ts'
import { measureRun, type MeasuredRun } from '../sweep/measureRun.ts'
import { MEASURES, type MeasureName } from './measureNames.ts'

type Figure = (run: MeasuredRun) => number | null

const isElected = ({ body }: Mark): boolean => body.kind === 'leader' || body.kind === 'elected'
const metric = (name: string): Figure => METRICS.find((m) => m.name === name)!.of

const FIGURES: { readonly [N in MeasureName]: Figure } = {
  messages: ({ totals }) => totals.messages,
  transmissions: metric('transmissions'),
  losses: metric('losses'),
  latency_p50_us: metric('latency_p50_us'),
  latency_p99_us: metric('latency_p99_us'),
  elections: ({ marks }) => marks.filter(isElected).length,
  first_leader_us: ({ marks }) => marks.find(isElected)?.key.time ?? null,
  operations_ok: metric('operations_ok'),
  checks_broken: ({ invariants }) => invariants.filter(({ ok }) => !ok).length,
}

/** One run by its figures, in the order of MEASURES; null where it shows nothing of one. */
export interface ComparedRun {
  readonly seed: number
  readonly digest: string
  readonly figures: readonly (number | null)[]
}

/** Runs a scenario on this thread and measures it. The same run always measures the same. */
export function compareRun(scenario: Scenario, untilUs: number): ComparedRun {
  const run = measureRun(scenario, untilUs, null)
  return { seed: run.seed, digest: run.digest, figures: MEASURES.map(({ name }) => FIGURES[name](run)) }
}
