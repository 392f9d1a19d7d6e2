import type { Effects } from '../../agents/Program.ts'
import type { Distributor } from './distributorState.ts'
import { endBin, newForecast, noteArrival, noteSize, workersNeeded } from './forecast.ts'
import { refresh } from './knownWorkers.ts'
import type { TaskMsg } from '../messages.ts'
import { meetsNeed } from '../needs.ts'

/**
 * The foresight of the strategy `predictive`: what comes is counted by kind, bin after bin, and workers are told ahead
 * what to get ready for. Other strategies do without.
 */

type Out = Effects<TaskMsg>
/** What is drawn for: the kind under which a shuffled history remembers a task. Strategies draw 1 and 2. */
const DRAW_SHUFFLE = 3
/** Of sizes there are many more to learn from than of seasons. */
const SIZE_GAIN = 0.05

/** From now on, and in bins that begin now; what was learned before stays. */
export function startForecast(d: Distributor, out: Out): void {
  const { binUs, seasonUs } = d.params
  if (d.forecast.binUs !== binUs || d.forecast.seasonUs !== seasonUs)
    d.forecast = newForecast(d.table.range.kinds, binUs, seasonUs)
  d.forecast.counts.fill(0)
  d.forecast.bin = Math.floor(out.localUs / binUs)
  out.setTimer('forecast', (d.forecast.bin + 1) * binUs - out.localUs)
}

/** A task has come in. A shuffled history takes it for one of any kind. */
export function foresee(d: Distributor, kind: number, out: Out): void {
  if (d.strategy !== 'predictive') return
  const shuffled = d.params.reserve === 'shuffled'
  const taken = shuffled ? Math.floor((out.draw(DRAW_SHUFFLE) / 4_294_967_296) * d.table.range.kinds) : kind
  noteArrival(d.forecast, taken)
}

/** A task of the kind has been done. */
export function learnSize(d: Distributor, kind: number, workedUs: number): void {
  noteSize(d.forecast, kind, workedUs, SIZE_GAIN)
}

/** The end of a bin: what came is told beside what was expected, and workers get ready for what is expected next. */
export function onForecast(d: Distributor, out: Out): void {
  const { strategy, params } = d
  if (strategy !== 'predictive') return
  if (d.forecast.binUs !== params.binUs || d.forecast.seasonUs !== params.seasonUs) return startForecast(d, out)
  const { expected, came, error } = endBin(d.forecast, params.gain)
  const reserved = params.reserve === 'never' ? 0 : reserve(d, out)
  const { sizesUs, sizeErrorsUs } = d.forecast
  out.mark({
    kind: 'prediction',
    expected,
    came,
    error,
    sizesUs: [...sizesUs],
    sizeErrorsUs: [...sizeErrorsUs],
    reserved,
  })
  out.setTimer('forecast', params.binUs)
}

/** Idle workers of kinds that have more of them than they need turn to kinds that lack some. Returns how many. */
function reserve(d: Distributor, out: Out): number {
  const { workers, params, forecast } = d
  const ahead = Math.max(1, Math.ceil(params.warmUpUs / forecast.binUs))
  const heard = workers.filter((worker) => worker.heard)
  const spare = workersNeeded(forecast, ahead, heard.length).map((n) => -n)
  for (const { warm } of heard) if (warm >= 0) spare[warm]!++
  let count = 0
  for (const [place, worker] of workers.entries()) {
    if (!worker.open || worker.outstanding > 0 || (worker.warm >= 0 && spare[worker.warm]! <= 0)) continue
    // The first needs are those of a single slot.
    let kind = -1
    for (let k = 0; k < spare.length; k++)
      if (meetsNeed(worker.meets, k) && spare[k]! < 0 && (kind === -1 || spare[k]! < spare[kind]!)) kind = k
    if (kind === -1) continue
    if (worker.warm >= 0) spare[worker.warm]!--
    spare[kind]!++
    worker.warm = kind
    out.sendTo('worker', worker.agent, { type: 'warm', taskKind: kind })
    refresh(d, place)
    count++
  }
  return count
}
