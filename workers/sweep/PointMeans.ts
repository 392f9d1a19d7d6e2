import { columnsOf, measuresOf } from './columns.ts'
import { studentQuantile } from './student.ts'
import type { SweepPlan } from './SweepPlan.ts'
import type { Row } from './SweepSpec.ts'

/** Mean of one measure over the runs of a point that show it, with its 95 % confidence interval. */
export interface PointMean {
  readonly n: number
  /** NaN where no run shows it. */
  readonly mean: number
  /** Half the width of the interval (Student's t, n − 1 degrees of freedom); NaN below two runs. */
  readonly half: number
}

/** Means of every measure at every point, from rows as they come (Welford 1962). Mutated by `take` only. */
export class PointMeans {
  /** Rows seen of each point, and how many of them violated an invariant. */
  readonly runs: Uint32Array
  readonly broken: Uint32Array
  private readonly count: Uint32Array
  private readonly mean: Float64Array
  /** Sum of squared deviations from the mean. */
  private readonly squares: Float64Array
  /** What is averaged: measuresOf(plan.spec). */
  readonly measures: readonly string[]
  private readonly columns: readonly number[]
  private readonly okColumn: number
  private readonly quantiles = new Map<number, number>()

  constructor(private readonly plan: SweepPlan) {
    const names = columnsOf(plan.spec).map(({ name }) => name)
    this.measures = measuresOf(plan.spec)
    this.columns = this.measures.map((name) => names.lastIndexOf(name))
    this.okColumn = names.lastIndexOf('invariants_ok')
    const cells = plan.points * this.measures.length
    this.runs = new Uint32Array(plan.points)
    this.broken = new Uint32Array(plan.points)
    this.count = new Uint32Array(cells)
    this.mean = new Float64Array(cells)
    this.squares = new Float64Array(cells)
  }

  take(row: Row): void {
    const point = this.plan.pointOf(row[0] as number)
    this.runs[point]!++
    if (row[this.okColumn] === false) this.broken[point]!++
    for (let m = 0; m < this.columns.length; m++) {
      const value = row[this.columns[m]!]
      if (typeof value !== 'number') continue
      const at = point * this.columns.length + m
      const n = ++this.count[at]!
      const from = value - this.mean[at]!
      this.mean[at]! += from / n
      this.squares[at]! += from * (value - this.mean[at]!)
    }
  }

  /** @param measure one of `measures` */
  at(point: number, measure: string): PointMean {
    const at = point * this.measures.length + this.measures.indexOf(measure)
    const n = this.count[at]!
    if (n === 0) return { n, mean: NaN, half: NaN }
    const half = n < 2 ? NaN : this.quantile(n - 1) * Math.sqrt(this.squares[at]! / (n - 1) / n)
    return { n, mean: this.mean[at]!, half }
  }

  private quantile(df: number): number {
    const known = this.quantiles.get(df)
    if (known !== undefined) return known
    const found = studentQuantile(0.975, df)
    this.quantiles.set(df, found)
    return found
  }
}
