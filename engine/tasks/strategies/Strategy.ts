import type { Effects } from '../../agents/Program.ts'
import type { Distributor, Known } from '../distributor/distributorState.ts'
import type { StrategyWord, TaskMsg } from '../messages.ts'

/**
 * How a distributor shares out ready tasks. Everything a strategy goes by is in the distributor's own state; what is
 * there of others has come in messages. A strategy is chosen by a parameter and may change during a run.
 */
export interface Strategy {
  readonly word: StrategyWord
  /**
   * What an open worker is compared by for tasks of a need, least first; Infinity: nothing is to be sent there now.
   * Pure; asked again whenever something about the worker changes.
   */
  loadOf(d: Distributor, worker: Known, need: number): number
  /**
   * Where the task in `row` goes: a place in `d.workers`, or NOBODY (it waits on), or ASKED (questions are out, and the
   * strategy goes on when answers come). Called only when somebody open can do it.
   */
  choose(d: Distributor, row: number, out: Effects<TaskMsg>): number
}

export const NOBODY = -1
export const ASKED = -2

/** Filled by all.ts: strategies call the distributor's parts, which look strategies up by name. */
const known = new Map<StrategyWord, Strategy>()

export function knowStrategies(strategies: readonly Strategy[]): void {
  for (const strategy of strategies) known.set(strategy.word, strategy)
}

export const strategyNamed = (word: StrategyWord): Strategy => known.get(word) ?? known.get('random')!
