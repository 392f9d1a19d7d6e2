import type { AgentId, U32 } from '../../kernel/units.ts'
import type { BreakerParams, CircuitBreaker } from '../../net/CircuitBreaker.ts'
import type { HashRing } from '../../resources/hashRing.ts'
import type { IdIndex } from '../../resources/idIndex.ts'
import type { Discipline, TaskQueue } from '../../resources/PriorityScheduler.ts'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import type { Arrivals } from '../workload/arrivals.ts'
import type { Forecast } from './forecast.ts'
import type { LoadTree } from './LoadTree.ts'
import type { StrategyWord } from '../messages.ts'
import type { DiskRecord, EndSums, Outcome } from './distributorDisk.ts'
import type { RowList, TaskTable } from './TaskTable.ts'
import type { Waiting } from './waitingTasks.ts'

export interface DistributorParams extends BreakerParams {
  /** How ready tasks are shared out; may be set during a run, and tasks in hand then go the new way. */
  readonly strategy: StrategyWord
  /** Workers that tasks may go to: all of them, or those one hop away. */
  readonly reach: 'all' | 'neighbours'
  /** Workers asked for each task (choices). */
  readonly choices: number
  /** Workers called to bid for each task (auction). */
  readonly bidders: number
  /** Answers that have not come by then are not waited for, µs. */
  readonly askUs: number
  /** What a worker is found by on the ring: tasks of one kind go to one worker, or every task to its own (hash). */
  readonly hashBy: 'kind' | 'task'
  /** Whether workers get ready ahead (predictive), never do, or do by a history in which kinds are shuffled. */
  readonly reserve: 'ahead' | 'never' | 'shuffled'
  /** What comes is counted over so long, µs; and alike after a season, 0 = there is none (predictive). */
  readonly binUs: number
  readonly seasonUs: number
  /** Weight of the newest in what is learned of arrivals (predictive). */
  readonly gain: number
  /** What a worker is taken to need to turn to another kind, µs (predictive). */
  readonly warmUpUs: number
  /** Order in which tasks wait here. */
  readonly discipline: Discipline
  readonly ageUs: number
  readonly levels: number
  readonly quantumUs: number
  /** A submission is on disk before it counts. Without, a crash loses what is unfinished. */
  readonly durable: boolean
  /** A task that its worker does not speak of for so long is given to somebody, µs; 0 = never. */
  readonly leaseUs: number
  /** Assignments that may come to nothing before a task is given up. */
  readonly retriesMax: number
  /** Pause before the first of them, doubled for each later one, µs. */
  readonly retryUs: number
  /** Unfinished tasks that one worker may have from here; 0 = without limit. */
  readonly creditsPerWorker: number
  /** Tasks that may wait here; what comes beyond is failed as overloaded. */
  readonly waitingMax: number
  /** Times the workload's rate of arrivals (poisson, bursty): a rush while it is above 1. May be set during a run. */
  readonly rateFactor: number
  /** Counts are told this often, µs; 0 = never. */
  readonly reportEveryUs: number
  /** Every step of every task is told. */
  readonly verbose: boolean
}

export const DISTRIBUTOR_DEFAULTS: DistributorParams = {
  strategy: 'least-loaded',
  reach: 'all',
  choices: 2,
  bidders: 5,
  askUs: 50_000,
  hashBy: 'kind',
  reserve: 'ahead',
  binUs: 100_000,
  seasonUs: 0,
  gain: 0.3,
  warmUpUs: 0,
  discipline: 'fcfs',
  ageUs: 0,
  levels: 4,
  quantumUs: 10_000,
  durable: true,
  leaseUs: 2_000_000,
  retriesMax: 8,
  retryUs: 20_000,
  creditsPerWorker: 0,
  waitingMax: 1_000_000,
  rateFactor: 1,
  reportEveryUs: 500_000,
  verbose: true,
  window: 20,
  threshold: 0.5,
  openUs: 1_000_000,
  trials: 3,
}

/** A worker as the distributor knows it: by what it said, and by what went there. */
export interface Known {
  readonly agent: AgentId
  /** It has said what it can do. */
  heard: boolean
  life: U32
  /** Bits of needs. */
  meets: U32
  /** Tasks assigned and not ended. */
  outstanding: number
  /** Questions out to it: each may become a task, and so holds a credit. */
  asked: number
  /** What it held by its own word, and what was sent there since, in slots. */
  reported: number
  sentSince: number
  /** Kind of the latest task that was sent there, or that it was told to get ready for; −1 none. */
  warm: number
  /** Predicted µs of the tasks outstanding, times the slots that they take. */
  predictedUs: number
  /** Idle slots that it asked work for (central), and when it did, by count. */
  hungry: number
  turn: number
  /** Done from here since the start. */
  done: number
  /** It has asked to be spared. */
  alarmed: boolean
  readonly breaker: CircuitBreaker
  /** It may get a task now. */
  open: boolean
}

/** A task about which workers have been asked. */
export interface Question {
  readonly row: number
  readonly task: U32
  /** Who was asked, in which period of its breaker. */
  asked: readonly { readonly worker: AgentId; readonly period: number }[]
  /** As they came; once judged, the best first. */
  answers: { readonly worker: AgentId; readonly value: number }[]
  dueUs: number
  /** Somebody was awarded the task and has not accepted yet; `answers` are those left. */
  awarded: boolean
  /** Awards that came to nothing. */
  refused: number
}

/** Sums since the start. */
export interface Tally extends EndSums {
  submitted: U32
  assigned: U32
  done: U32
  failed: U32
  unassignable: U32
  again: U32
  /** Tasks that found nobody to take them at once, refusals, leases that ran out. */
  delayed: U32
  refused: U32
  expired: U32
}

export interface Distributor {
  readonly self: AgentId
  params: DistributorParams
  readonly seed: U32
  readonly workload: WorkloadSpec | null
  /** Place among the distributors. */
  readonly place: number
  readonly of: number
  readonly life: U32
  /** Grows with every word on how work is shared out. */
  epoch: U32
  /** As they were at the latest step: a change of the parameters is noticed by comparing. */
  strategy: StrategyWord
  discipline: Discipline
  reach: DistributorParams['reach']
  creditsPerWorker: number
  leaseUs: number
  readonly table: TaskTable
  /** Ascending by agent. */
  readonly workers: Known[]
  /** Members that have not said what they can do; and until when they are waited for. */
  unheard: number
  graceUntilUs: number
  neighbours: readonly AgentId[]
  /** One level down, and those of them that work. */
  below: readonly AgentId[]
  children: readonly AgentId[]
  /** What those below meet by their own word, as bits. */
  childMeets: U32
  /** By need (needs.ts): loads of the workers that meet it, by their place in `workers`. */
  readonly trees: LoadTree[]
  /** By need: how many workers meet it. */
  readonly able: number[]
  ring: HashRing | null
  nextTurn: number
  /** By need: in the order of their coming, or by the discipline. */
  readonly waiting: readonly Waiting[]
  /** Assigned, by the time at which the lease runs out. */
  readonly leases: RowList
  /** Waiting to be tried again, and clients that think: by time. */
  readonly rests: TaskQueue
  readonly thinks: TaskQueue
  nextThink: U32
  /** What is learned of the kinds of tasks (predictive). */
  forecast: Forecast
  readonly questions: (Question | null)[]
  readonly freeQuestions: number[]
  /** Place of the question by task; and when answers are due, in the order of asking. */
  readonly questionOf: IdIndex
  readonly asked: { readonly task: U32; readonly dueUs: number }[]
  /** Tasks that come after others: who waits for whom. */
  readonly edges: Edges
  /** Rows that came to their end in this step; empty between steps. */
  readonly givenUp: { readonly row: number; readonly outcome: Outcome; readonly why: string }[]
  arrivals: Arrivals
  /** When the next submission is due, local µs; Infinity: none comes by itself. */
  nextUs: number
  /** Graphs (tasks, where they come alone) submitted so far, also on their way to the disk; and tasks by hand. */
  nextGraph: U32
  opsCount: U32
  /** What the crash before this life may have kept from being told. */
  retell: readonly DiskRecord[]
  /** Number of the next record for the disk, and of the last whose news has been told. */
  nextRecord: U32
  toldRecord: U32
  /** The newest ends: which execution it was, to tell a message that comes twice from work done twice. */
  readonly ended: Ended
  /** Done a second time before the first was told. */
  agains: U32[]
  readonly tally: Tally
}

/** A ring of the newest ends: who did it, in which of its executions. */
export interface Ended {
  readonly index: IdIndex
  ids: Uint32Array
  by: Int32Array
  runs: Uint32Array
  /** Places used, and the next one to be written over once all are. */
  length: number
  at: number
}

/** For rows that come after others: how many are missing, and chains of those that wait for it. */
export interface Edges {
  /** By row; empty until there is a graph. */
  missing: Uint16Array
  firstEdge: Int32Array
  /** Of the pool: the row that waits, and the next edge of the same chain. */
  readonly to: number[]
  readonly next: number[]
  free: number
}
