import type { U32 } from '../kernel/units.ts'
import type { Task } from './Task.ts'

/**
 * What a task asks of a worker, as one number: to be able to do its kind, and to have as many slots as it takes. What a
 * worker meets is a bit for each. Pure.
 */
export interface NeedRange {
  readonly kinds: number
  /** Most slots that a task takes; kinds × demands ≤ 32, the bits of a word. */
  readonly demands: number
}

export const needRange = (workload: NeedRange | undefined): NeedRange => ({
  kinds: workload?.kinds ?? 1,
  demands: workload?.demands ?? 1,
})

export const needCount = ({ kinds, demands }: NeedRange): number => kinds * demands
export const needOf = ({ kinds }: NeedRange, { kind, demand }: Pick<Task, 'kind' | 'demand'>): number =>
  kind + kinds * (demand - 1)
export const kindOfNeed = ({ kinds }: NeedRange, need: number): number => need % kinds
export const demandOfNeed = ({ kinds }: NeedRange, need: number): number => 1 + Math.floor(need / kinds)

export const meetsNeed = (meets: U32, need: number): boolean => ((meets >>> need) & 1) === 1

/** Of a worker with so many slots that can do the kinds for which `can` says so. */
export function bitsOfNeeds(range: NeedRange, slots: number, can: (kind: number) => boolean): U32 {
  let bits = 0
  for (let need = 0; need < needCount(range); need++)
    if (demandOfNeed(range, need) <= slots && can(kindOfNeed(range, need))) bits = (bits | (1 << need)) >>> 0
  return bits
}
