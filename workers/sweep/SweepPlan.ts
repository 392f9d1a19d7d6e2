import type { Plain } from '../../engine/kernel/plain.ts'
import { fail, ok, type Result } from '../../engine/kernel/result.ts'
import { LIMITS } from '../../engine/scenario/limits.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import { count } from '../../engine/scenario/show.ts'
import { textOf } from './axis.ts'
import { WHOLE, type SweepPart, type SweepSpec } from './SweepSpec.ts'

const SEED_MAX = 0xffffffff

/** The runs of a sweep by number: run k is repetition k % repeat of point ⌊k / repeat⌋. */
export class SweepPlan {
  readonly points: number
  readonly runs: number
  private last: { readonly point: number; readonly scenario: Scenario } | null = null

  /** Only of a spec that `planSweep` has looked at. */
  constructor(readonly spec: SweepSpec) {
    this.points = spec.axes.reduce((product, { values }) => product * values.length, 1)
    this.runs = this.points * spec.repeat
  }

  /** The values of a point, in the order of the axes; the first axis changes slowest. */
  valuesAt(point: number): readonly Plain[] {
    const { axes } = this.spec
    const values: Plain[] = new Array(axes.length)
    let rest = point
    for (let i = axes.length - 1; i >= 0; i--) {
      const { length } = axes[i]!.values
      values[i] = axes[i]!.values[rest % length]!
      rest = Math.floor(rest / length)
    }
    return values
  }

  /** `swarm.agents=7, network.loss=0.1`: a point in words. */
  nameOf(point: number): string {
    const values = this.valuesAt(point)
    return this.spec.axes.map(({ path }, i) => `${path}=${textOf(values[i]!)}`).join(', ')
  }

  pointOf = (run: number): number => Math.floor(run / this.spec.repeat)

  seedOf = (run: number): number => this.spec.scenario.seed + (run % this.spec.repeat)

  /** What the schema makes of a point. */
  tryPoint(point: number): Result<Scenario> {
    const values = this.valuesAt(point)
    return assignFields(
      this.spec.scenario,
      this.spec.axes.map(({ path }, i) => [path, values[i]!] as const),
    )
  }

  /** The scenario of a run, as it would be opened. */
  scenarioOf(run: number): Scenario {
    const point = this.pointOf(run)
    if (this.last?.point !== point) {
      const made = this.tryPoint(point)
      if (!made.ok) throw new Error(`point ${point + 1}, ${this.nameOf(point)}: ${made.error}`)
      this.last = { point, scenario: made.value }
    }
    return { ...this.last.scenario, seed: this.seedOf(run) }
  }

  /** How many rows a part has. */
  rowsIn = ({ index, of }: SweepPart): number => Math.max(0, Math.ceil((this.runs - index) / of))
}

/** The i-th run of a part. */
export const runOfPart = ({ index, of }: SweepPart, i: number): number => index + i * of

/** Checks a sweep before anything runs: its size, then every point against the schema. Errors are one sentence. */
export function planSweep(spec: SweepSpec, part: SweepPart = WHOLE): Result<SweepPlan> {
  const problem = problemOf(spec)
  if (problem !== null) return fail(problem)
  const plan = new SweepPlan(spec)
  if (plan.points > LIMITS.sweepPointsMax)
    return fail(`sweep: ${count(plan.points)} points are above the ${count(LIMITS.sweepPointsMax)} allowed`)
  if (plan.runs > LIMITS.sweepRunsMax)
    return fail(
      `sweep: ${count(plan.runs)} runs (${count(plan.points)} points, ${count(spec.repeat)} each) are above the ` +
        `${count(LIMITS.sweepRunsMax)} allowed`,
    )
  if (plan.rowsIn(part) === 0)
    return fail(`--shard: ${part.index + 1}/${part.of} has no row, the sweep has ${count(plan.runs)}`)
  for (let point = 0; point < plan.points; point++) {
    const made = plan.tryPoint(point)
    if (made.ok) continue
    if (plan.points === 1) return made
    return fail(`point ${count(point + 1)} of ${count(plan.points)}, ${plan.nameOf(point)}: ${made.error}`)
  }
  return ok(plan)
}

function problemOf({ axes, repeat, scenario }: SweepSpec): string | null {
  if (axes.length > LIMITS.sweepAxesMax)
    return `sweep: ${axes.length} parameters are above the ${LIMITS.sweepAxesMax} allowed`
  for (const [i, { path, values }] of axes.entries()) {
    if (path === 'seed') return 'seed: is what the repetitions count up, from the seed of the scenario on'
    if (path === 'name') return 'name: says which scenario it is, and cannot be swept'
    if (axes.slice(0, i).some((axis) => axis.path === path)) return `${path}: is swept twice`
    if (values.length === 0) return `${path}: has no values`
  }
  if (!Number.isSafeInteger(repeat) || repeat < 1) return `repeat: ${repeat} is not a whole number from 1 on`
  if (scenario.seed + repeat - 1 > SEED_MAX)
    return `seed: ${count(repeat)} seeds from ${scenario.seed} on pass ${SEED_MAX}, the last there is`
  return null
}
