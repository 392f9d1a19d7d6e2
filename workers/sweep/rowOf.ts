import type { Plain } from '../../engine/kernel/plain.ts'
import { measuredOf, typeOf, type ColumnType } from './columns.ts'
import { measureRun } from './measureRun.ts'
import type { SweepPlan } from './SweepPlan.ts'
import type { Cell, Row } from './SweepSpec.ts'

const cellOf = (value: Plain, type: ColumnType): Cell => (type === 'json' ? JSON.stringify(value) : (value as Cell))

/** Runs the k-th run of a sweep on this thread. Throws one sentence, with point and seed, where the run does. */
export function rowOf(plan: SweepPlan, run: number): Row {
  const { axes, untilUs, stop } = plan.spec
  const point = plan.pointOf(run)
  const values = plan.valuesAt(point)
  try {
    const scenario = plan.scenarioOf(run)
    const measured = measureRun(scenario, untilUs ?? scenario.untilUs, stop)
    const columns = measuredOf(plan.spec)
    return [run, ...axes.map((axis, i) => cellOf(values[i]!, typeOf(axis))), ...columns.map(({ of }) => of(measured))]
  } catch (error) {
    const where = [plan.spec.scenario.name, `seed ${plan.seedOf(run)}`, plan.nameOf(point)].filter(
      (part) => part !== '',
    )
    throw new Error(`${where.join(', ')}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
