import { kindOfRow } from '../distributor/TaskTable.ts'
import { kindOfNeed } from '../needs.ts'
import { chooseLeast } from './least.ts'
import type { Strategy } from './Strategy.ts'

/**
 * Where the task would begin soonest, by what is predicted of the tasks sent there and what it costs to turn to another
 * kind. A size that nothing is known of is taken for what its kind took so far. See reservation.ts for what is done
 * ahead.
 */
export const predictive: Strategy = {
  word: 'predictive',
  loadOf: ({ params, table }, { predictedUs, outstanding, warm }, need) =>
    predictedUs + outstanding + (warm === kindOfNeed(table.range, need) ? 0 : params.warmUpUs),
  choose(d, row, out) {
    const { predictedUs } = d.table
    if (predictedUs[row] === 0) predictedUs[row] = d.forecast.sizesUs[kindOfRow(d.table, row)]!
    return chooseLeast(d, row, out)
  },
}
