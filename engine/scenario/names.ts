import type { Affliction, ChaosKind, DetectorKind, TopologySpec } from './Scenario.ts'

/**
 * Names that outside data may use but other rooms own. A scenario room may not import those rooms, so the names are
 * held here and a test compares them with their owners.
 */

/** Regions of the measured latency matrix; net/regions.ts holds the figures. */
export const REGION_NAMES = [
  'Dallas',
  'Toronto',
  'Washington DC',
  'Frankfurt',
  'London',
  'Madrid',
  'Osaka',
  'Sydney',
  'Tokyo',
  'Sao Paulo',
] as const

/** Deliberate mistakes of consensus/raftBugs.ts. */
export const RAFT_BUGS = [
  'commit-old-term',
  'vote-before-fsync',
  'no-noop',
  'no-session',
  'stale-append-truncates',
  'match-regresses',
  'keep-commit-index',
  'even-quorum',
  'duplicate-vote',
] as const

/** Ways to share out tasks; tasks/messages.ts has them in this order. */
export const STRATEGY_NAMES = [
  'random',
  'round-robin',
  'central',
  'choices',
  'least-loaded',
  'hash',
  'work-stealing',
  'auction',
  'predictive',
  'delegate',
] as const

/** Orders of a queue; resources/PriorityScheduler.ts has them. */
export const DISCIPLINE_NAMES = ['fcfs', 'priority', 'deadline', 'shortest-predicted', 'feedback'] as const

const RAFT_MESSAGES = [
  'requestVote',
  'vote',
  'preVote',
  'preVoteReply',
  'append',
  'appendReply',
  'clientRequest',
  'clientReply',
] as const

/** Kinds of message by program, for rules that name one; a program that is not here may use any word. */
export const MESSAGE_KINDS: { readonly [program: string]: readonly string[] } = {
  raft: RAFT_MESSAGES,
  client: RAFT_MESSAGES,
}

export const TOPOLOGY_KINDS = [
  'mesh',
  'hierarchical',
  'ring',
  'mesh-of-trees',
  'ring-of-trees',
  'star',
  'torus',
  'small-world',
  'random',
  'none',
] as const satisfies readonly TopologySpec['kind'][]

/** What a chaos profile can draw: ops of the command log. The order is frozen: draws are addressed by place. */
export const CHAOS_KINDS = [
  'crash',
  'pause',
  'slow',
  'partition',
  'cut',
  'delay',
  'lose',
  'duplicate',
  'reorder',
  'corrupt',
  'clock',
  'disk',
  'join',
  'leave',
  'afflict',
  'obstacle',
  'wind',
] as const satisfies readonly ChaosKind[]

export const AFFLICTIONS = ['kill', 'blind', 'deaf', 'stuck', 'rogue'] as const satisfies readonly Affliction[]
export const DETECTOR_KINDS = [
  'flock',
  'mill',
  'clusters',
  'trail',
  'symmetry',
  'synchrony',
  'oscillation',
  'collapse',
] as const satisfies readonly DetectorKind[]
