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
  /** May be empty where there is a space. */
  readonly programs: readonly ProgramSpec[]
  /** Where agents are bodies that move and lay scents. Null: agents have no place. */
  readonly space: SpaceSpec | null
  /** What there is to do, for programs that share out work. Null: nothing. */
  readonly tasks: TasksSpec | null
  readonly faults: readonly Command[]
  /** Faults drawn from the seed; they compile to entries of the command log behind `faults`. Null: none. */
  readonly chaos: ChaosSpec | null
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
  /** Every message takes exactly serviceUs, or Exp(serviceUs). */
  readonly service: 'constant' | 'exponential'
  /** Messages that may wait while an agent is busy or paused; more are dropped as unheard. */
  readonly inboxMax: number
  /** At time 0 each agent's clock is set and drifts by addressed draws, uniform on ±offsetUs and ±driftPpm. */
  readonly clocks: { readonly offsetUs: number; readonly driftPpm: number }
}

export interface TopologySpec {
  readonly kind:
    | 'mesh'
    | 'hierarchical'
    | 'ring'
    | 'mesh-of-trees'
    | 'ring-of-trees'
    | 'star'
    | 'torus'
    | 'small-world'
    | 'random'
    | 'none' // nobody is connected: a swarm of bodies
  /** Children an inner agent has (hierarchical and composites). */
  readonly branching: number
  /** Groups of equal size (composites): agent id = group × size + place; place 0 heads the group. */
  readonly groups: number
  /** Ring: messages only travel from i to i+1. */
  readonly oneWay: boolean
  /** Neighbours: of every agent before rewiring (small-world, even), or on average (random; may be a fraction). */
  readonly degree: number
  /** Small-world: the share of links that are rewired (Watts and Strogatz 1998). */
  readonly rewire: number
  /** Torus: agents a row; 0 = as near to square as the number of agents allows. */
  readonly columns: number
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
  /** floor + log-normal tail, whose median is medianUs and whose logarithm has standard deviation sigma. By table. */
  | {
      readonly kind: 'lognormal'
      readonly floorUs: number
      readonly medianUs: number
      readonly sigma: number
    }
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
  /** Share of messages damaged on the way: the receiver's checksum notices, and nobody handles them. */
  readonly corrupt: number
  /** Of a directed link; a message takes its encoded size, and others wait behind it. 0 = unlimited. */
  readonly bytesPerSecond: number
  /** Messages that may be under way on a directed link and not yet handled; more wait at the sender. 0 = unlimited. */
  readonly credits: number
}

/**
 * Tasks that come in while a scenario runs; every task is drawn by its number, so it is the same wherever it is made.
 */
export interface TasksSpec {
  readonly workload: WorkloadSpec
}

export interface WorkloadSpec {
  /** At exponential gaps; so in bursts; each client after its last answer; all at time 0; or by a job log. */
  readonly arrivals: 'poisson' | 'bursty' | 'closed' | 'batch' | 'log'
  /** Mean arrivals a second, of all submitters together (poisson; in calm times of bursty). */
  readonly perSecond: number
  /** Bursts multiply the rate by this, last burstUs on average, and come after calmUs on average (both exponential). */
  readonly burstFactor: number
  readonly burstUs: number
  readonly calmUs: number
  /** Closed loops: clients, each of which thinks (exponential) and then waits for its task. */
  readonly clients: number
  readonly thinkUs: number
  /** Tasks (or whole graphs of tasks) in all; 0 = no end. A batch needs one. */
  readonly count: number
  /** Law of service times at a worker of speed 1. Pareto has the given mean; bimodal is small or large. */
  readonly size: 'exponential' | 'constant' | 'pareto' | 'bimodal'
  readonly meanUs: number
  readonly shape: number
  readonly smallShare: number
  readonly smallUs: number
  readonly largeUs: number
  /**
   * What is known of a size beforehand: nothing; the size; Exp with the size as mean; small or large, wrong at times.
   */
  readonly prediction: 'none' | 'exact' | 'exponential' | 'classifier'
  /** Share of tasks that a classifier takes for the other class. */
  readonly predictionError: number
  /** Kinds (features, capability classes) drawn evenly; a worker can do those it is told of. */
  readonly kinds: number
  /** By kind: what a worker must be able to do, all of it; kinds beyond the list ask for nothing. */
  readonly requires: readonly (readonly string[])[]
  /** Kinds take turns: so long each is `turnShare` of all tasks, the others share the rest; 0 = evenly at all times. */
  readonly turnUs: number
  readonly turnShare: number
  /** Tasks of a kind take so many times as long as those of the kind before. */
  readonly kindFactor: number
  /** Priorities 0 (first) … priorities − 1, drawn evenly. */
  readonly priorities: number
  /** A task takes 1 … demands slots of its worker, drawn evenly; by a log what its job had, at most this many. */
  readonly demands: number
  /** Deadline = submission + deadlineFactor × size; 0 = none. */
  readonly deadlineFactor: number
  /** Tasks come as graphs: `width` in parallel between a first and a last (fork-join), chains of `depth` (pipeline),
   * `depth` layers of `width` with random edges (random). */
  readonly dag: 'none' | 'fork-join' | 'pipeline' | 'random'
  readonly width: number
  readonly depth: number
  /** The job log of arrivals 'log': its rows travel beside the scenario, found by their hash. */
  readonly file: { readonly name: string; readonly bytes: number; readonly sha256: string } | null
  /** Arrival times are multiplied by this, and sizes. */
  readonly timeScale: number
  readonly sizeScale: number
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

/** The models by which bodies move; see space/. */
export type SpaceKind =
  'boids' | 'vicsek' | 'couzin' | 'affinity' | 'formation' | 'bridge' | 'ants' | 'physarum' | 'scent' | 'field'

/** Every agent is a body as well: row i of the columns is agent i. Lengths are in world units, from 0 at a corner. */
export interface SpaceSpec {
  readonly kind: SpaceKind
  readonly params: { readonly [name: string]: Plain }
  readonly dimensions: 2 | 3
  readonly width: number
  readonly height: number
  /** Counts in three dimensions only. */
  readonly depth: number
  /** What leaves one side comes in at the other, or is turned back. */
  readonly edges: 'wrap' | 'walls'
  /** Side of one cell of the fields, for models that have any. */
  readonly cell: number
  /** Virtual time of one step; every step is a cut. */
  readonly stepUs: number
  /** Steps between two measurements told to observers; 0 = none. */
  readonly measureEvery: number
  /** Discs (spheres) that bodies go round and scents do not enter. */
  readonly obstacles: readonly Disc[]
  /** What is to be noticed, at every measurement. */
  readonly detectors: readonly DetectorSpec[]
}

export interface Disc {
  readonly x: number
  readonly y: number
  /** In three dimensions only. */
  readonly z?: number
  readonly radius: number
}

/** What EmergentBehavior can notice; each has a figure of its own that crosses the threshold. */
export type DetectorKind =
  'flock' | 'mill' | 'clusters' | 'trail' | 'symmetry' | 'synchrony' | 'oscillation' | 'collapse'

export interface DetectorSpec {
  readonly kind: DetectorKind
  readonly threshold: number
  /** How long the figure must stay beyond it. */
  readonly forUs: number
  /** Another figure of the measurements; of a collapse or an oscillation, the one whose series is looked at. */
  readonly of?: string
}

/** What a body can be made to be. */
export type Affliction =
  | 'kill' //  crashed: lies where it fell
  | 'blind' // senses nothing of its surroundings
  | 'deaf' //  senses its surroundings, but nothing that others signal: no headings, no trails
  | 'stuck' // does not move
  | 'rogue' // works against the others: false trails, headings that mislead
/** Bodies inside a disc at that cut, a share of all by draw, or by name. */
export type Whom = { readonly disc: Disc } | { readonly share: number } | { readonly agents: readonly number[] }

/** What a chaos profile can draw; each is an op of the command log. */
export type ChaosKind =
  | 'crash'
  | 'pause'
  | 'slow'
  | 'partition'
  | 'cut'
  | 'delay'
  | 'lose'
  | 'duplicate'
  | 'reorder'
  | 'corrupt'
  | 'clock'
  | 'disk'
  | 'join'
  | 'leave'
  | 'afflict'
  | 'obstacle'
  | 'wind'

/** Faults out of the seed: first which kinds are on in this run, then when, whom and how long each. */
export interface ChaosSpec {
  /** How often a kind is drawn against the others; 0 or left out = never. */
  readonly weights: { readonly [K in ChaosKind]?: number }
  /** Probability that a kind with a weight is on in a run at all; 1 = every kind in every run. */
  readonly pick: number
  /** Mean faults a virtual second (Poisson). */
  readonly perSecond: number
  /** When faults begin, from time 0 on; half-open. */
  readonly fromUs: number
  readonly toUs: number
  /** Mean duration of a fault, exponential with a floor of a tenth. */
  readonly meanUs: number
  /**
   * Agents that may be faulty at one time. 'tolerated': a minority of a consensus group's members, and a third of
   * all others.
   */
  readonly budget: number | 'tolerated' | 'unlimited'
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
  /** Sets the clock forward (or back), and from now on it runs driftPpm parts per million fast; after forUs it keeps
   * its reading and runs true again. */
  | {
      readonly op: 'clock'
      readonly agent: Target
      readonly offsetUs: number
      readonly driftPpm: number
      readonly forUs?: number
    }
  /** Writes take `factor` times longer; one that forgets confirms writes and loses them in the next crash. */
  | {
      readonly op: 'disk'
      readonly agent: Target
      readonly factor: number
      readonly forgets: boolean
      readonly forUs?: number
    }
  /** A program's parameter, as `programs.KIND.params` names it, on one agent or on all. */
  | {
      readonly op: 'set'
      readonly agent: Target | 'all'
      readonly program: string
      readonly param: string
      readonly value: Plain
    }
  /** Overwrites a variable of a program's state with a value of the same type; checks name the agent as edited. */
  | {
      readonly op: 'edit'
      readonly agent: Target
      readonly program: string
      readonly path: string
      readonly value: Plain
    }
  | { readonly op: 'join'; readonly group?: number } // the new id is the next free one
  | { readonly op: 'leave'; readonly agent: Target }
  /** Network rules; each lives until healed or for `forUs`. */
  | { readonly op: 'partition'; readonly side: AgentSet; readonly forUs?: number } // side | everybody else
  | { readonly op: 'cut'; readonly from: AgentSet; readonly to: AgentSet; readonly forUs?: number } // one way
  | { readonly op: 'heal' } // every rule ends
  | ({ readonly op: 'delay'; readonly us: number } & LinkMatch)
  | ({ readonly op: 'lose'; readonly probability: number } & LinkMatch)
  | ({ readonly op: 'duplicate'; readonly probability: number } & LinkMatch)
  | ({ readonly op: 'corrupt'; readonly probability: number } & LinkMatch)
  | ({ readonly op: 'reorder'; readonly probability: number; readonly us: number } & LinkMatch)
  /** This very transmission, named (src, seq), caught in flight. */
  | { readonly op: 'dropMessage'; readonly src: number; readonly seq: number }
  | { readonly op: 'duplicateMessage'; readonly src: number; readonly seq: number }
  | { readonly op: 'delayMessage'; readonly src: number; readonly seq: number; readonly us: number }
  /** The orchestrator's surface as commands. */
  | { readonly op: 'propose'; readonly agent: Target; readonly program: string; readonly value: Plain }
  | { readonly op: 'connect'; readonly a: number; readonly b: number; readonly weight: number }
  /** Of bodies. `set` with program 'space' changes a parameter of the model. */
  | { readonly op: 'afflict'; readonly whom: Whom; readonly effect: Affliction; readonly forUs?: number }
  | { readonly op: 'obstacle'; readonly disc: Disc; readonly forUs?: number }
  /** Carries every body along, world units a virtual second. */
  | {
      readonly op: 'wind'
      readonly x: number
      readonly y: number
      readonly z?: number
      readonly forUs?: number
    }

export interface LinkMatch {
  readonly from: AgentSet
  readonly to: AgentSet
  /** Only messages of this kind. */
  readonly kind?: string
  readonly forUs?: number
}
