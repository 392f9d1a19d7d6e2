import type { Micros } from './units.ts'

/**
 * An agent's own clock: at virtual time `atUs` it showed `localUs`; since then it runs `driftPpm` parts per million
 * fast.
 * Plain data, part of the agent's state.
 */
export interface LocalClock {
  atUs: number
  localUs: number
  driftPpm: number
}

export const trueClock = (): LocalClock => ({ atUs: 0, localUs: 0, driftPpm: 0 })

/** What the clock shows at virtual time `t` ≥ atUs, rounded down to a whole µs. */
export function localAt(clock: LocalClock, t: Micros): number {
  const elapsed = t - clock.atUs
  return clock.localUs + elapsed + Math.floor((elapsed * clock.driftPpm) / 1_000_000)
}

/** The first virtual time, not before `now`, at which the clock shows at least `localUs`. */
export function whenLocal(clock: LocalClock, localUs: number, now: Micros): Micros {
  if (clock.driftPpm === 0) return Math.max(now, localUs - clock.localUs + clock.atUs) as Micros
  let t = clock.atUs + Math.floor(((localUs - clock.localUs) * 1_000_000) / (1_000_000 + clock.driftPpm))
  while (localAt(clock, t as Micros) >= localUs) t--
  while (localAt(clock, t as Micros) < localUs) t++
  return Math.max(now, t) as Micros
}

/** Sets the clock forward or back by `offsetUs` and its drift to `driftPpm`, from `t` on. Mutates `clock`. */
export function adjustClock(clock: LocalClock, t: Micros, offsetUs: number, driftPpm: number): void {
  clock.localUs = localAt(clock, t) + offsetUs
  clock.atUs = t
  clock.driftPpm = driftPpm
}
