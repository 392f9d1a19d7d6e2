import { ask, canAsk, sampleWorkers } from '../distributor/questions.ts'
import { ASKED, NOBODY, type Strategy } from './Strategy.ts'

/**
 * The power of d choices (Mitzenmacher 2001): d workers drawn at random say how long their queues are, and the shortest
 * gets the task. One alone is not asked.
 */
export const choices: Strategy = {
  word: 'choices',
  loadOf: () => 0,
  choose(d, row, out) {
    if (d.params.choices > 1 && !canAsk(d)) return NOBODY
    const places = sampleWorkers(d, row, d.params.choices, out)
    if (places.length === 1) return places[0]!
    ask(d, row, places, { type: 'probe', task: d.table.ids[row]! }, out)
    return ASKED
  },
}
