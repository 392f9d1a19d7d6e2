import type { Mark } from '../engine/agents/Program.ts'
import type { Frame, FrameShape } from '../engine/frame/frame.ts'
import type { Key } from '../engine/kernel/key.ts'
import type { Plain } from '../engine/kernel/plain.ts'
import type { Command, Op, Scenario } from '../engine/scenario/Scenario.ts'
import type { Landmark } from '../engine/space/SpaceModel.ts'

/**
 * What passes between the page and the workers; this file holds nothing else. comlink carries it; it is control only:
 * pictures travel through `FrameSource`, facts through `onFacts` at most ten times a second.
 */
export interface LabClient {
  /** Builds the swarm at time 0 and pauses there. Resolves once the first frame can be read. */
  open(scenario: Scenario, log?: readonly Command[]): Promise<Opened>
  /** Runs at `rate` virtual seconds a wall second until `pause`, an error, or `untilUs` of the scenario. */
  play(rate: number): Promise<void>
  pause(): Promise<void>
  /** To the cut just after the next event time. */
  step(): Promise<void>
  /** To the cut just after the event time before this one. */
  stepBack(): Promise<void>
  /** Nearest checkpoint, then re-run. Leaves the lab paused at exactly `timeUs`. */
  seek(timeUs: number): Promise<void>
  /** Appends at the next cut. In the past of the branch's frontier it forks: the old branch stays as a lane. */
  command(op: Op): Promise<Outcome>
  /** Replaces the whole log (a dragged band, an undo); forks at the first time that differs. */
  editLog(log: readonly Command[]): Promise<Outcome>
  /** Makes another lane the current one, at the same time. */
  switchBranch(branch: number): Promise<void>
  /** First event that differs between two lanes, or null where none does up to both frontiers. */
  firstDifference(a: number, b: number): Promise<Difference | null>
  inspect(agent: number): Promise<AgentDetail | null>
  /** The message in flight named (src, seq), or null where it has arrived. */
  message(src: number, seq: number): Promise<MessageDetail | null>
  /** Everything in flight now, in key order, at most `limit`. */
  inFlight(limit: number): Promise<readonly MessageDetail[]>
  /** The chain of causes that ends in `key`, newest first, at most 64 links. */
  why(key: Key): Promise<readonly CauseLink[]>
  /** Digest at the current cut. */
  digest(): Promise<string>
  /** What is known changes at most ten times a second. */
  onFacts(listener: (facts: Facts) => void): void
  /** A worker died or threw: one sentence with scenario, seed and time. */
  onError(listener: (sentence: string) => void): void
  readonly frames: FrameSource
  dispose(): void
}

export interface FrameSource {
  /** The newest finished frame; the same object until a newer one is published. Null before `open`. */
  acquire(): Frame | null
}

export interface Opened {
  readonly shape: FrameShape
  readonly workers: number
  /** False: compat mode, one worker, frames travel as transferred buffers. */
  readonly sharedMemory: boolean
  /** Why not more workers, where `auto` decided for one. */
  readonly workersNote: string
  readonly rulesVersion: number
  readonly stage: StageInfo
}

/** What does not move: computed once per open (and per topology change) for layout and labels. */
export interface StageInfo {
  readonly agents: number
  readonly capacity: number
  /**
   * Pairs a,b of undirected links that can be drawn, at most 200,000; denser graphs are sampled and `linksTotal` tells.
   */
  readonly links: Int32Array
  readonly linksTotal: number
  readonly parent: Int32Array
  readonly level: Int32Array
  readonly group: Int32Array
  readonly groupNames: readonly string[]
  /** Programs by agent: bit k set = runs programKinds[k]. */
  readonly programs: Uint32Array
  readonly programKinds: readonly string[]
  readonly messageKinds: readonly string[]
  /** Null where agents have no place. What moves is in the frames. */
  readonly space: SpaceInfo | null
}

/** Words and sizes of a space. */
export interface SpaceInfo {
  readonly groups: readonly string[]
  readonly states: readonly string[]
  /** Layers of the frame's field, in order; none where there is none. */
  readonly layers: readonly { readonly name: string; readonly unit: string }[]
  readonly landmarks: readonly Landmark[]
  readonly columns: number
  readonly rows: number
}

export type Outcome =
  { readonly ok: true; readonly at: number; readonly forked: boolean } | { readonly ok: false; readonly error: string }

export interface Facts {
  readonly timeUs: number
  /** How far this branch has been run. */
  readonly frontierUs: number
  readonly playing: boolean
  readonly ended: boolean
  /** Virtual µs owed because the machine cannot keep up. */
  readonly lagUs: number
  readonly events: number
  readonly messages: number
  /** Crossings of links: what the messages cost the network. */
  readonly transmissions: number
  readonly eventsPerWallSecond: number
  /** Latest digest point and its time. */
  readonly digest: { readonly timeUs: number; readonly value: string } | null
  readonly branch: number
  readonly branches: readonly Branch[]
  readonly log: readonly Command[]
  /** New marks since the last facts, in key order; `reset` says that earlier ones are void (fork, open). */
  readonly marks: readonly Mark[]
  readonly reset: boolean
  readonly checks: readonly CheckStatus[]
  /** New series buckets since the last facts. */
  readonly series: readonly SeriesBucket[]
  readonly latency: LatencyView | null
  /** Topology changed: new stage info. */
  readonly stage?: StageInfo
}

export interface Branch {
  readonly id: number
  readonly parent: number | null
  readonly forkUs: number
  readonly frontierUs: number
  readonly log: readonly Command[]
}

export interface CheckStatus {
  readonly name: string
  /** In plain words. */
  readonly title: string
  readonly ok: boolean
  /** How many times the condition was examined. */
  readonly checked: number
  readonly violation?: { readonly key: Key; readonly sentence: string }
}

/** One bucket of BUCKET_US virtual time. */
export interface SeriesBucket {
  readonly index: number
  readonly events: number
  readonly sent: number
  readonly delivered: number
  readonly lost: number
  /** Named gauges from marks, means of the bucket: latencies in µs, a space's figures in their own units. */
  readonly gauges: { readonly [name: string]: number }
}
export const BUCKET_US = 50_000

/** Virtual message latency split, means in µs. */
export interface LatencyView {
  readonly queueUs: number
  readonly linkUs: number
  readonly inboxUs: number
  readonly p50Us: number
  readonly p99Us: number
}

/** What an agent is as a body. */
export interface BodyDetail {
  /** World units. */
  readonly position: readonly [number, number, number]
  readonly heading: readonly [number, number, number]
  /** World units a step. */
  readonly speed: number
  /** Indices into the words of StageInfo.space. */
  readonly group: number
  readonly state: number
  /** Bits: 1 blind, 2 deaf, 4 stuck, 8 rogue. */
  readonly flags: number
  /** What it perceives, by name. */
  readonly senses: { readonly [name: string]: number | string }
}

export interface AgentDetail {
  readonly agent: number
  /** Null where agents have no place. */
  readonly body: BodyDetail | null
  readonly status: string
  readonly group: number
  readonly incarnation: number
  readonly programs: readonly { readonly kind: string; readonly state: Plain; readonly disk: Plain }[]
  readonly timers: readonly { readonly program: string; readonly name: string; readonly dueUs: number }[]
  readonly inbox: number
  /** Messages that wait at this agent for a credit of the link they want to take. */
  readonly outbox: number
  readonly pendingWrites: number
}

export interface MessageDetail {
  readonly src: number
  readonly seq: number
  /** This hop. */
  readonly from: number
  readonly to: number
  readonly sentUs: number
  readonly dueUs: number
  readonly program: string
  readonly kind: string
  readonly body: Plain
  readonly key: Key
}

export interface CauseLink {
  readonly key: Key
  readonly what: string
}

export interface Difference {
  readonly key: Key
  readonly what: string
  /** What the other lane did instead. */
  readonly instead: string
}
