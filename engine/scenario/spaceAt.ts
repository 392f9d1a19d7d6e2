import type { Command, Disc, Scenario } from './Scenario.ts'

/** Whether a command of some duration acts on the step at `t`; a command at t comes before it. */
const acts = (command: { readonly at: number; readonly forUs?: number }, t: number): boolean =>
  command.at <= t && t < command.at + (command.forUs ?? Infinity)

/** Obstacles at `t`: the scenario's own, then those dropped since, in log order. */
export function obstaclesAt({ space }: Scenario, log: readonly Command[], t: number): readonly Disc[] {
  if (space === null) return []
  const dropped: Disc[] = []
  for (const command of log) if (command.op === 'obstacle' && acts(command, t)) dropped.push(command.disc)
  return dropped.length === 0 ? space.obstacles : [...space.obstacles, ...dropped]
}

/** The sum of all winds at `t`, world units a virtual second. */
export function windAt(log: readonly Command[], t: number): readonly [number, number, number] {
  let [x, y, z] = [0, 0, 0]
  for (const command of log) {
    if (command.op !== 'wind' || !acts(command, t)) continue
    x += command.x
    y += command.y
    z += command.z ?? 0
  }
  return [x, y, z]
}
