import type { Slot } from './workerState.ts'

/**
 * What a change of kind costs: a slot works on one kind of task at a time, and takes `warmUpUs` to get ready for
 * another (to load its data, to start its container). It does so when a task of that kind has come, or ahead when it is
 * told to; with warmUpUs 0 it is always ready.
 */
export interface Warmth {
  /** Kind that the slot is ready for, or is getting ready for; −1 none yet. */
  warm: number
  /** When it is. */
  warmAtUs: number
}

export const COLD: Warmth = { warm: -1, warmAtUs: 0 }

/** The slot turns to the kind, unless it has; returns how long until it is ready, µs. Mutates `slot`. */
export function warmUp(slot: Warmth, kind: number, warmUpUs: number, nowUs: number): number {
  if (slot.warm !== kind) {
    slot.warm = kind
    slot.warmAtUs = nowUs + warmUpUs
  }
  // A clock that was set back makes nothing colder.
  return Math.min(warmUpUs, Math.max(0, slot.warmAtUs - nowUs))
}

/**
 * The idle slot among the first `count` that is best for the kind: ready for it, or else turned to nothing yet, or else
 * the first; −1 where none is idle.
 */
export function idleSlotFor(slots: readonly Slot[], count: number, kind: number): number {
  let best = -1
  for (let k = 0; k < count; k++) {
    const { held, warm } = slots[k]!
    if (held !== null) continue
    if (warm === kind) return k
    if (best === -1 || (warm === -1 && slots[best]!.warm !== -1)) best = k
  }
  return best
}

/** One idle slot that is not ready for the kind gets ready; where one is already, or none is idle, nothing happens. */
export function warmAhead(slots: readonly Slot[], kind: number, warmUpUs: number, nowUs: number): void {
  const idle = slots.filter(({ held }) => held === null)
  if (idle.length === 0 || idle.some(({ warm }) => warm === kind)) return
  warmUp(slots[idleSlotFor(slots, slots.length, kind)]!, kind, warmUpUs, nowUs)
}
