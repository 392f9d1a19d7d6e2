import type { Plain } from '../kernel/plain.ts'

/**
 * A whole run as plain JSON: the types every room may import. `schema.ts` checks outside data against them.
 * All times are whole virtual microseconds; all probabilities 0..1.
 */
export interface Scenario {
  /** Schema version; old ones are migrated by `migrations.ts`. */
  readonly version: 1
  /** kebab-case; built-in names are unique. */
  readonly name: string
  /** What happens, in sentence case ("Five regions, one leader"). */
  readonly title: string
  readonly group: 'agreement' | 'coordination' | 'network' | 'movement' | 'work' | 'custom'
  /** u32. */
  readonly seed: number
  /** Virtual seconds a wall second at normal speed. */
  readonly pace: number
  /** Default end of a run and of the timeline. */
  readonly untilUs: number
  readonly digestEveryUs: number
  readonly swarm: SwarmSpec
  readonly topology: TopologySpec
  readonly network: NetworkSpec
  readonly disk: DiskSpec
  readonly programs: readonly ProgramSpec[]
  readonly faults: readonly Command[]
  /** Names of invariants to watch; see checks/. */
  readonly checks: readonly string[]
  /** The third axis of the stage. */
  readonly height: 'log' | 'level' | 'load' | 'none'
  /** What the stage is set out by. */
  readonly layout: 'regions' | 'ring' | 'tree' | 'force'
}

export interface SwarmSpec {
  readonly agents: number
  /** Service time of one message, µs; 0 = handled on arrival. */
  readonly serviceUs: number
  /** Messages that may wait while an agent is busy or paused; more are dropped as unheard. */
  readonly inboxMax: number
}

export interface TopologySpec {
  readonly kind: 'mesh' | 'hierarchical' | 'ring' | 'mesh-of-trees' | 'ring-of-trees'
  /** Children an inner agent has (hierarchical and composites). */
  readonly branching: number
  /** Groups of equal size (composites): agent id = group × size + place; place 0 heads the group. */
  readonly groups: number
  /** Ring: messages only travel from i to i+1. */
  readonly oneWay: boolean
  /** How long the routing layer takes to route round a dead agent (tree re-attaches, ring closes); 0 = never. */
  readonly repairUs: number
  /** Connection strengths other than 1: latency is divided by the weight. Undirected. */
  readonly weights: readonly { readonly a: number; readonly b: number; readonly weight: number }[]
}

export type LatencyLaw =
  | { readonly kind: 'constant'; readonly us: number }
  | { readonly kind: 'uniform'; readonly minUs: number; readonly maxUs: number }
  /** floor + Exp(mean). */
  | { readonly kind: 'exponential'; readonly floorUs: number; readonly meanUs: number }
  /** Half the measured round trip between the two agents' regions, × (1 + Exp(jitter)); `local` inside one region. */
  | { readonly kind: 'regions'; readonly regions: readonly string[]; readonly jitter: number; readonly local: LocalLaw }
export type LocalLaw = Exclude<LatencyLaw, { kind: 'regions' }>

export interface NetworkSpec {
  readonly latency: LatencyLaw
  readonly loss: number
  readonly duplicate: number
  readonly reorder: { readonly probability: number; readonly extraUs: number }
  /** A link keeps order (as TCP does): nothing arrives before what was sent earlier on the same link. */
  readonly fifo: boolean
}

export interface DiskSpec {
  /** Latency of one write + fsync. */
  readonly fsync: LocalLaw
  /** A crash keeps a random prefix of what was being written. */
  readonly tornWrites: boolean
}

export interface ProgramSpec {
  readonly kind: string
  /** Which agents run it. 'heads' = place 0 of each group. A list is agent ids. */
  readonly on: 'all' | 'heads' | 'leaves' | { readonly first: number } | { readonly last: number } | readonly number[]
  readonly params: { readonly [name: string]: Plain }
}

/**
 * An agent by id, or by what it is at that cut: the leader of the highest term, or the follower with the smallest id.
 */
export type Target = number | 'leader' | 'follower'

/** A link end: one agent, a list, a group (region) by number, or everybody. */
export type AgentSet = Target | readonly number[] | { readonly group: number } | 'all'

/**
 * One entry of the command log: scheduled faults and a person's clicks are the same thing. Applied at the cut at `at`.
 */
export type Command = { readonly at: number } & Op
export type Op =
  | { readonly op: 'crash'; readonly agent: Target; readonly forUs?: number } // restarts after forUs where given
  | { readonly op: 'restart'; readonly agent: Target }
  | { readonly op: 'pause'; readonly agent: Target; readonly forUs?: number }
  | { readonly op: 'resume'; readonly agent: Target }
  /** Service takes `factor` × max(serviceUs, 100 µs); 1 = back to normal. */
  | { readonly op: 'slow'; readonly agent: Target; readonly factor: number; readonly forUs?: number }
  | { readonly op: 'join'; readonly group?: number } // the new id is the next free one
  | { readonly op: 'leave'; readonly agent: Target }
  /** Network rules; each lives until healed or for `forUs`. */
  | { readonly op: 'partition'; readonly side: AgentSet; readonly forUs?: number } // side | everybody else
  | { readonly op: 'cut'; readonly from: AgentSet; readonly to: AgentSet; readonly forUs?: number } // one way
  | { readonly op: 'heal' } // every rule ends
  | ({ readonly op: 'delay'; readonly us: number } & LinkMatch)
  | ({ readonly op: 'lose'; readonly probability: number } & LinkMatch)
  | ({ readonly op: 'duplicate'; readonly probability: number } & LinkMatch)
  | ({ readonly op: 'reorder'; readonly probability: number; readonly us: number } & LinkMatch)
  /** This very transmission, named (src, seq), caught in flight. */
  | { readonly op: 'dropMessage'; readonly src: number; readonly seq: number }
  | { readonly op: 'duplicateMessage'; readonly src: number; readonly seq: number }
  | { readonly op: 'delayMessage'; readonly src: number; readonly seq: number; readonly us: number }
  /** The orchestrator's surface as commands. */
  | { readonly op: 'propose'; readonly agent: Target; readonly program: string; readonly value: Plain }
  | { readonly op: 'connect'; readonly a: number; readonly b: number; readonly weight: number }

export interface LinkMatch {
  readonly from: AgentSet
  readonly to: AgentSet
  /** Only messages of this kind. */
  readonly kind?: string
  readonly forUs?: number
}
