import { ask, canAsk, sampleWorkers } from '../distributor/questions.ts'
import { taskOfRow } from '../distributor/TaskTable.ts'
import { ASKED, NOBODY, type Strategy } from './Strategy.ts'

/**
 * The contract net (Smith 1980): a call for bids goes to a sample of workers, each bids the time until it would be
 * done, the best is awarded the task and says so; if it does not, the next best is.
 */
export const auction: Strategy = {
  word: 'auction',
  loadOf: () => 0,
  choose(d, row, out) {
    if (!canAsk(d)) return NOBODY
    const places = sampleWorkers(d, row, d.params.bidders, out)
    ask(d, row, places, { type: 'call', task: taskOfRow(d.table, row, d.self) }, out)
    return ASKED
  },
}
