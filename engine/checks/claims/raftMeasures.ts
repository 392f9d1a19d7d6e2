import type { Mark } from '../../agents/Program.ts'
import type { AgentId } from '../../kernel/units.ts'
import type { Scenario } from '../../scenario/Scenario.ts'
import type { ClaimRun } from './Claim.ts'
import { kthSmallest } from './statistics.ts'

/** From the crash of an agent that led to the next election, and to the first commit of an entry of that new term. */
export interface Recovery {
  readonly crashedUs: number
  /** −1: not by the end of the run. */
  readonly electedUs: number
  readonly committedUs: number
}

/** One for each crash of an agent that led at that moment. */
export function recoveries(marks: readonly Mark[]): Recovery[] {
  const leading = new Set<AgentId>()
  const found: { crashedUs: number; electedUs: number; committedUs: number; term: number }[] = []
  for (const { program, body, agent, key } of marks) {
    const open = found.at(-1)
    if (program === 'host' && body.kind === 'crashed') {
      if (leading.delete(agent)) found.push({ crashedUs: key.time, electedUs: -1, committedUs: -1, term: -1 })
    } else if (program !== 'raft') continue
    else if (body.kind === 'role' && body.role !== 'leader') leading.delete(agent)
    else if (body.kind === 'leader') {
      leading.add(agent)
      if (open?.electedUs === -1) Object.assign(open, { electedUs: key.time, term: body.term })
    } else if (body.kind === 'commit' && open?.term === body.entryTerm && open.committedUs === -1)
      open.committedUs = key.time
  }
  return found.map(({ crashedUs, electedUs, committedUs }) => ({ crashedUs, electedUs, committedUs }))
}

/** Time without a leader after each crash of one, ms; one that outlasts the run counts up to the run's end. */
export const leaderlessMs = ({ marks, untilUs }: ClaimRun): number[] =>
  recoveries(marks).map((r) => ((r.electedUs < 0 ? untilUs : r.electedUs) - r.crashedUs) / 1_000)

/** The same up to the first commit under the new leader, ms. */
export const commitlessMs = ({ marks, untilUs }: ClaimRun): number[] =>
  recoveries(marks).map((r) => ((r.committedUs < 0 ? untilUs : r.committedUs) - r.crashedUs) / 1_000)

export interface CommitLatency {
  readonly leader: AgentId
  /** From the leader's append to its commit, µs. */
  readonly tookUs: number
}

/** One for each entry that a leader appended in its own term and committed itself. */
export function commitLatencies(marks: readonly Mark[]): CommitLatency[] {
  const leads: { [agent: number]: { term: number; appended: Map<number, number> } } = {}
  const found: CommitLatency[] = []
  for (const { program, body, agent, key } of marks) {
    if (program !== 'raft') continue
    if (body.kind === 'leader') leads[agent] = { term: body.term as number, appended: new Map() }
    else if (body.kind === 'boot' || (body.kind === 'role' && body.role !== 'leader')) delete leads[agent]
    const lead = leads[agent]
    if (lead === undefined) continue
    if (body.kind === 'append')
      (body.terms as number[]).forEach((_, k) => lead.appended.set((body.from as number) + k, key.time))
    else if (body.kind === 'commit')
      for (const [index, appendedUs] of lead.appended) {
        if (index > (body.index as number)) break // appended in ascending order
        found.push({ leader: agent, tookUs: key.time - appendedUs })
        lead.appended.delete(index)
      }
  }
  return found
}

/** Agents that booted raft, ascending. */
export function membersOf(marks: readonly Mark[]): AgentId[] {
  const booted = marks.filter((m) => m.program === 'raft' && m.body.kind === 'boot').map((m) => m.agent)
  return [...new Set(booted)].sort((a, b) => a - b)
}

/** Smallest time of one write and fsync, µs. */
export function fsyncFloorUs({ disk }: Scenario): number {
  const { fsync } = disk
  return fsync.kind === 'constant' ? fsync.us : fsync.kind === 'uniform' ? fsync.minUs : fsync.floorUs
}

/**
 * The round trip (smallest delays, no disk) from `leader` to the member that completes its majority: of n members it
 * needs ⌊n/2⌋ others, so the ⌊n/2⌋-th smallest. µs.
 */
export function majorityRoundTripUs(run: ClaimRun, members: readonly AgentId[], leader: AgentId): number {
  const trips = members.filter((m) => m !== leader).map((m) => run.floorUs(leader, m) + run.floorUs(m, leader))
  return trips.length === 0 ? 0 : kthSmallest(trips, Math.floor(members.length / 2))
}

/** Each commit's latency over the least that geography and disk allow; below 1 it had no majority. */
export function commitRatios(run: ClaimRun): number[] {
  const members = membersOf(run.marks)
  const diskUs = fsyncFloorUs(run.scenario)
  return commitLatencies(run.marks).map(
    ({ leader, tookUs }) => tookUs / (majorityRoundTripUs(run, members, leader) + diskUs),
  )
}
