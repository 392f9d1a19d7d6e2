import { NEVER, type Micros } from '../kernel/units.ts'
import type { Command } from '../scenario/Scenario.ts'

/**
 * The first time at which two command logs differ, NEVER where they do not. A command's place in the log names the
 * environment's events that it causes, so equal commands in different places differ too.
 */
export function firstDifferenceUs(a: readonly Command[], b: readonly Command[]): Micros {
  let first: number = NEVER
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const x = a[i]
    const y = b[i]
    if (x !== undefined && y !== undefined && JSON.stringify(x) === JSON.stringify(y)) continue
    first = Math.min(first, x?.at ?? NEVER, y?.at ?? NEVER)
  }
  return first as Micros
}

/** The log of a fork at `t`: the scenario's own faults stay, of what people did later nothing is left. */
export function forkLog(log: readonly Command[], scheduled: number, t: Micros): Command[] {
  return log.filter((command, index) => index < scheduled || command.at <= t)
}
