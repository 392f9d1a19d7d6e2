import type { AgentSet, Command } from '../../engine/scenario/Scenario.ts'
import { bands } from '../../engine/faults/bands.ts'

/** What is needed to know who is meant. */
export interface Whom {
  group(agent: number): number
  /** Who led at a time, as far as the marks tell; −1 nobody. */
  leaderAt(timeUs: number): number
}

/** Commands that cut links at `timeUs`. */
export function activeCuts(log: readonly Command[], timeUs: number): readonly Command[] {
  return bands(log, Number.MAX_SAFE_INTEGER)
    .filter((b) => (b.op === 'partition' || b.op === 'cut') && b.from <= timeUs && timeUs < b.to)
    .map((b) => log[b.index]!)
}

const member = (set: AgentSet, at: number, whom: Whom): ((agent: number) => boolean) => {
  if (set === 'all') return () => true
  if (typeof set === 'number') return (agent) => agent === set
  if (set === 'leader') return (agent) => agent === whom.leaderAt(at)
  // Which follower it was is known to the engine only; the picture leaves its links as they are.
  if (set === 'follower') return () => false
  if ('group' in set) return (agent) => whom.group(agent) === set.group
  const list = new Set(set)
  return (agent) => list.has(agent)
}

/** Whether messages from a to b are cut by any of `cuts`; undefined where there are none. */
export function cutTest(cuts: readonly Command[], whom: Whom): ((a: number, b: number) => boolean) | undefined {
  const tests = cuts.flatMap((c): ((a: number, b: number) => boolean)[] => {
    if (c.op === 'partition') {
      const side = member(c.side, c.at, whom)
      return [(a, b) => side(a) !== side(b)]
    }
    if (c.op !== 'cut') return []
    const [from, to] = [member(c.from, c.at, whom), member(c.to, c.at, whom)]
    return [(a, b) => from(a) && to(b)]
  })
  return tests.length === 0 ? undefined : (a, b) => tests.some((test) => test(a, b))
}
