import { COLD } from './warmth.ts'
import type { Worker } from './workerState.ts'

/** A worker's slots: tasks in work, and the slots that they take. A task of several stands in one of them. */

export const inWork = ({ slots }: Worker): number => slots.reduce((count, { held }) => count + Number(held !== null), 0)
export const busySlots = ({ slots }: Worker): number =>
  slots.reduce((sum, { held }) => sum + (held?.task.demand ?? 0), 0)
export const idleSlots = (w: Worker): number => w.params.slots - busySlots(w)

/** `slots` may have been set. */
export function growSlots({ slots, params }: Worker): void {
  while (slots.length < params.slots)
    slots.push({ held: null, startedUs: 0, sliceUs: 0, speed: 1, warming: false, ...COLD })
}
