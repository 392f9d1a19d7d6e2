import type { Effects } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import type { IdIndex } from '../../resources/idIndex.ts'
import type { Discipline, QueueEntry, TaskQueue } from '../../resources/PriorityScheduler.ts'
import type { ResourceMonitor } from '../../resources/ResourceMonitor.ts'
import type { Done, StrategyWord, TaskMsg } from '../messages.ts'
import type { NeedRange } from '../needs.ts'
import type { Task } from '../Task.ts'
import type { Warmth } from './warmth.ts'
import type { WorkerRuns } from './workerRuns.ts'

export interface WorkerParams {
  /** Tasks of one slot that can be worked on at one time. */
  readonly slots: number
  /** A task takes its size / speed; or by the worker's place, over and over, where `speeds` holds any. */
  readonly speed: number
  readonly speeds: readonly number[]
  /** What a slot takes to turn from one kind of task to another, µs. */
  readonly warmUpUs: number
  /** Kinds of task that it can do: every one; the one of its place; every other one; or by place, over and over. */
  readonly kinds: 'all' | 'one' | 'half' | readonly (readonly number[])[]
  /**
   * What it is able to do, by place, over and over: of the kinds above it can do those whose tasks require no more
   * (tasks.workload.requires); empty: everything.
   */
  readonly abilities: readonly (readonly string[])[]
  /** Tasks that may wait here; more are refused. */
  readonly queueMax: number
  readonly discipline: Discipline
  readonly ageUs: number
  readonly levels: number
  readonly quantumUs: number
  /** A task of a better priority takes the place of one in work. */
  readonly preempt: boolean
  /** Share of tasks that it fails at, once worked on. */
  readonly failure: number
  /** Says how much it holds this often, µs; 0 = at the start only. */
  readonly reportUs: number
  /** Share of its queue's room, averaged, from which on distributors are to hold back, 0 = never; and down to which. */
  readonly alarmAt: number
  readonly clearAt: number
  /** Whom a thief asks. */
  readonly victims: 'all' | 'neighbours'
  /** An answer to a thief, or to an idle worker that asks for work, is waited for so long, µs. */
  readonly stealUs: number
  /** A worker that has others below it works as well, instead of only handing down (delegate). */
  readonly managersWork: boolean
  /** Every step of every task is told. */
  readonly verbose: boolean
}

export const WORKER_DEFAULTS: WorkerParams = {
  slots: 1,
  speed: 1,
  speeds: [],
  warmUpUs: 0,
  kinds: 'all',
  abilities: [],
  queueMax: 100,
  discipline: 'fcfs',
  ageUs: 0,
  levels: 4,
  quantumUs: 10_000,
  preempt: false,
  failure: 0,
  reportUs: 200_000,
  alarmAt: 0,
  clearAt: 0.4,
  victims: 'all',
  stealUs: 20_000,
  managersWork: false,
  verbose: true,
}

/** A task that this worker holds; in the order of its queue. */
export interface Held extends QueueEntry {
  readonly task: Task
  readonly leaseUs: number
  level: number
  /** Of its size, not yet worked off, µs. */
  leftUs: number
  /** From submission to its first start here; −1 before. */
  waitedUs: number
}

/** A task of several slots is in one of them; how many others it takes besides says `held.task.demand`. */
export interface Slot extends Warmth {
  held: Held | null
  /** It gets ready for the task that it holds. */
  warming: boolean
  startedUs: number
  /** What is worked off when its timer fires, µs of size. */
  sliceUs: number
  speed: number
}

/** What a distributor said of how work is shared out. */
export interface Policy {
  readonly from: AgentId
  strategy: StrategyWord
  epoch: U32
}

export interface Worker {
  readonly self: AgentId
  params: WorkerParams
  /** Place among the workers. */
  readonly place: number
  readonly life: U32
  distributors: readonly AgentId[]
  /** The other workers as runs of ids; and those one hop away, above and below it. */
  readonly others: WorkerRuns
  /** What tasks may ask; and what it meets of that, as bits. */
  readonly range: NeedRange
  /** By kind, see WorkloadSpec. */
  readonly requires: readonly (readonly string[])[]
  meets: U32
  /** Kinds whose tasks require no more than it is able to, as bits; found when `abilities` is another list. */
  skilled: { of: WorkerParams['abilities']; kinds: U32 }
  /** Slots that it has told observers; 0: nothing yet. */
  toldSlots: number
  /** Agents of the start that do not work: no task goes to them. */
  readonly workless: WorkerRuns
  neighbours: AgentId[]
  children: AgentId[]
  parent: AgentId
  /** What children said that they hold, and what was sent there since; by their place in `children`. */
  childLoads: number[]
  /** Bits of needs that they, or those below them, meet. */
  childMeets: U32[]
  readonly policies: Policy[]
  readonly queue: TaskQueue<Held>
  readonly slots: Slot[]
  /** Tasks held here, waiting or in work; and the slots that they take, or will. */
  readonly holding: IdIndex
  demand: number
  /** Ends of the last lease: a task that comes again is answered, not worked on. `heard`: nobody asks any more. */
  readonly ends: { readonly index: IdIndex; list: RememberedEnd[]; dropped: number }
  /** Longest lease seen, µs; 0: nothing is leased. */
  leaseUs: number
  /** The shortest of those held at the latest renewal or taken since: it is renewed a few times in that, µs. */
  renewUs: number
  nextRun: U32
  /** A thief's: whom it has asked; the pause after victims with nothing. */
  asked: AgentId
  pauseUs: number
  /** The `hello` is said again after so long until all distributors have answered. */
  helloUs: number
  done: U32
  /** Null while there is no `alarmAt`. */
  monitor: ResourceMonitor | null
  /** Of what it holds: predicted work, and how many tasks nobody predicts; and the mean size of those done here, µs. */
  knownUs: number
  unknown: number
  meanUs: number
}

export interface RememberedEnd {
  readonly end: Done
  readonly to: AgentId
  readonly atUs: number
  heard: boolean
}

export type Out = Effects<TaskMsg>
/** What a worker draws for. */
export const WORKER_DRAW = { failure: 1, victim: 2 } as const
