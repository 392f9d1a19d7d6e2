import type { Mark } from '../../agents/Program.ts'
import type { AgentId } from '../../kernel/units.ts'
import type { AgentSet, Scenario } from '../../scenario/Scenario.ts'
import { membersOf } from './raftMeasures.ts'

/** What the members did while one cut was on, to entries appended after it began. */
export interface CutOutcome {
  readonly fromUs: number
  /** Entries that a side without a majority appended, and that one of its members then called committed. */
  readonly minorityAppends: number
  readonly minorityCommits: number
  /** Entries that the other members committed. */
  readonly majorityCommits: number
}

/** One for each partition in the schedule whose sides can be told, in that order. */
export function cutOutcomes(scenario: Scenario, marks: readonly Mark[]): CutOutcome[] {
  const members = membersOf(marks)
  return scenario.faults.flatMap((command) => {
    if (command.op !== 'partition') return []
    const side = sideOf(command.side, marks, command.at)
    if (side === null) return []
    const majority = (cell: readonly AgentId[]): boolean => cell.length > members.length / 2
    const [here, there] = [members.filter((m) => side(m)), members.filter((m) => !side(m))]
    const strong = new Set(majority(here) ? here : majority(there) ? there : [])
    return [outcome(marks, strong, command.at, endOf(command, scenario))]
  })
}

/** When a cut ends: by itself, or at the next order to heal everything. */
function endOf({ at, forUs }: { at: number; forUs?: number }, { faults }: Scenario): number {
  const heals = faults.filter((command) => command.op === 'heal' && command.at > at).map((command) => command.at)
  return Math.min(at + (forUs ?? Infinity), ...heals)
}

/** Who is on the named side at the cut at `at`; null for names that marks cannot resolve (a group, a follower). */
function sideOf(side: AgentSet, marks: readonly Mark[], at: number): ((agent: AgentId) => boolean) | null {
  if (side === 'leader') {
    const leader = leaderAt(marks, at)
    return (agent) => agent === leader
  }
  if (typeof side === 'number') return (agent) => agent === side
  if (Array.isArray(side)) return (agent) => side.includes(agent)
  return null
}

/** Who leads at the cut at `at`: of those whose role is leader, the one of the highest term; −1 where there is none. */
export function leaderAt(marks: readonly Mark[], at: number): number {
  const terms: { [agent: number]: number } = {}
  for (const { program, body, agent, key } of marks) {
    if (key.time >= at) break
    if (program === 'raft' && body.kind === 'leader') terms[agent] = body.term as number
    else if (program === 'raft' && body.kind === 'role' && body.role !== 'leader') delete terms[agent]
    else if (program === 'host' && (body.kind === 'crashed' || body.kind === 'paused')) delete terms[agent]
  }
  const leaders = Object.keys(terms).map(Number)
  return leaders.reduce((best, agent) => (best < 0 || terms[agent]! > terms[best]! ? agent : best), -1)
}

function outcome(marks: readonly Mark[], strong: ReadonlySet<number>, fromUs: number, endUs: number): CutOutcome {
  const appended = new Set<string>()
  const weak = new Set<string>()
  const committed = { weak: new Set<string>(), strong: new Set<string>() }
  const logs: { [agent: number]: number[] } = {}
  for (const { program, body, agent, key } of marks) {
    if (program !== 'raft' || key.time >= endUs) continue
    const log = (logs[agent] ??= [])
    if (body.kind === 'truncate' || body.kind === 'boot') log.length = body.index as number
    if (body.kind === 'append') {
      const terms = body.terms as number[]
      terms.forEach((term, k) => {
        const index = (body.from as number) + k
        log[index - 1] = term
        const name = `${index}.${term}`
        if (key.time < fromUs) return void appended.add(name)
        if (!appended.has(name) && !strong.has(agent)) weak.add(name)
      })
    }
    if (body.kind !== 'commit' || key.time < fromUs) continue
    const side = strong.has(agent) ? committed.strong : committed.weak
    for (let index = body.index as number; index > 0; index--) {
      const name = `${index}.${log[index - 1]}`
      if (appended.has(name) || side.has(name)) break // older than the cut, or counted
      side.add(name)
    }
  }
  return {
    fromUs,
    minorityAppends: weak.size,
    minorityCommits: committed.weak.size,
    majorityCommits: committed.strong.size,
  }
}
