import { log, pow } from '../../kernel/math.ts'
import { philox, STREAM, threshold, unit } from '../../kernel/philox.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import type { JobRows } from '../jobs/jobRows.ts'
import { UNKNOWN_SIZE_US, type Task } from '../Task.ts'

/**
 * What there is to do: tasks by their number. Everything is an addressed draw of the run's seed, so the n-th task is
 * the same whoever asks and in whatever order. When they come says arrivals.ts. Pure; errors never.
 */

/** What the workload needs of a job log, and arrivals; −1 = the log does not say. */
export type LogRows = LogTimes & Pick<JobRows, 'runUs' | 'processors' | 'requested'>
export type LogTimes = Pick<JobRows, 'count' | 'submitUs'>

/** What a draw of STREAM.workload is for: the first word of its counter. */
export const WORK_DRAW = { task: 0, gap: 1, phase: 2, think: 3, edge: 4, demand: 5 } as const
/** The words of a task's draw. */
const WORD = { size: 0, prediction: 1, kind: 2, priority: 3 } as const
/** The longest that a task may take, and what nobody would wait for: a day. */
const SIZE_MAX_US = 86_400_000_000
/** Most predecessors that a task of a random graph has. */
const PREDECESSORS_MAX = 3
const TASKS_A_SUBMITTER = 16_777_216
const NO_TASKS: readonly U32[] = Object.freeze([])
const words = new Uint32Array(4)

/** Number, and id, of the submitter's `count`-th task (both from 0): unique for 256 submitters of 2²⁴ tasks each. */
export const taskNumber = (place: number, count: number): U32 => (place * TASKS_A_SUBMITTER + count) >>> 0

/** Exp(mean) out of a 32-bit word. */
export const exponentialOf = (mean: number, word: U32): number => -mean * log((word + 1) / 4_294_967_296)

/**
 * Task number n, submitted now; its id is n (see taskNumber). `nowUs`: the submitter's local time. With a job log
 * `jobs`, it takes as long as row `row` did.
 */
export function taskAt(
  spec: WorkloadSpec,
  seed: U32,
  n: U32,
  submitter: AgentId,
  nowUs: number,
  jobs: LogRows | null = null,
  row = 0,
): Task {
  philox(words, seed, STREAM.workload, WORK_DRAW.task, n, 0, 0)
  const kind = kindOf(spec, unit(words[WORD.kind]!), nowUs)
  const given = jobs === null ? sizeOf(spec, words[WORD.size]!) : jobs.runUs[row]!
  const scale = spec.sizeScale * (kind === 0 ? 1 : pow(spec.kindFactor, kind))
  const sizeUs = given < 0 ? UNKNOWN_SIZE_US : wholeUs(given * scale)
  const predictedUs = predictionOf(spec, sizeUs, scale, words[WORD.prediction]!)
  const priority = Math.floor(unit(words[WORD.priority]!) * spec.priorities)
  return {
    ...{ id: n, kind, demand: spec.demands === 1 ? 1 : demandOf(spec, seed, n, jobs, row) },
    ...{ sizeUs, predictedUs, priority },
    deadlineUs: spec.deadlineFactor > 0 ? nowUs + Math.round(spec.deadlineFactor * sizeUs) : 0,
    submittedUs: nowUs,
    submitter,
    after: NO_TASKS,
  }
}

/** Evenly; by a log what the job was given, or else asked for, and at most `demands`. */
function demandOf({ demands }: WorkloadSpec, seed: U32, n: U32, jobs: LogRows | null, row: number): number {
  if (jobs !== null) {
    const given = jobs.processors[row]!
    return Math.max(1, Math.min(demands, given > 0 ? given : jobs.requested[row]!))
  }
  philox(words, seed, STREAM.workload, WORK_DRAW.demand, n, 0, 0)
  return 1 + Math.floor(unit(words[0]!) * demands)
}

/** Evenly, or by whose turn it is. */
function kindOf({ kinds, turnUs, turnShare }: WorkloadSpec, u: number, nowUs: number): number {
  if (turnUs === 0 || kinds === 1) return Math.floor(u * kinds)
  const turn = Math.floor(nowUs / turnUs) % kinds
  if (u < turnShare) return turn
  const other = Math.min(kinds - 2, Math.floor(((u - turnShare) / (1 - turnShare)) * (kinds - 1)))
  return other < turn ? other : other + 1
}

const wholeUs = (us: number): number => Math.max(1, Math.min(SIZE_MAX_US, Math.round(us)))

/** By inversion of the law's distribution; Pareto has the scale x_m = mean (a − 1) / a. */
function sizeOf(spec: WorkloadSpec, word: U32): number {
  switch (spec.size) {
    case 'constant':
      return spec.meanUs
    case 'exponential':
      return exponentialOf(spec.meanUs, word)
    case 'pareto': {
      const least = (spec.meanUs * (spec.shape - 1)) / spec.shape
      return least * pow((word + 1) / 4_294_967_296, -1 / spec.shape)
    }
    case 'bimodal':
      return word < threshold(spec.smallShare) ? spec.smallUs : spec.largeUs
  }
}

/**
 * What is known of a size beforehand (Mitzenmacher 2020, "Queues with small advice"): a classifier says small or large,
 * and each task is taken for the other class with the same probability.
 */
function predictionOf(spec: WorkloadSpec, sizeUs: number, scale: number, word: U32): number {
  switch (spec.prediction) {
    case 'none':
      return 0
    case 'exact':
      return sizeUs
    case 'exponential':
      return wholeUs(exponentialOf(sizeUs, word))
    case 'classifier': {
      const { smallUs, largeUs } = spec
      const isSmall = sizeUs < ((smallUs + largeUs) / 2) * scale
      const isWrong = word < threshold(spec.predictionError)
      return wholeUs((isSmall === isWrong ? largeUs : smallUs) * scale)
    }
  }
}

/** Tasks of one graph; 1 where tasks come alone. */
export function graphSize({ dag, width, depth }: WorkloadSpec): number {
  if (dag === 'none') return 1
  return dag === 'fork-join' ? width + 2 : dag === 'pipeline' ? depth : width * depth
}

/**
 * Graph number g, submitted now: tasks firstId, firstId + 1, …, each behind all that it comes after.
 * - fork-join: a first task, `width` that need only it, and a last that needs them all
 * - pipeline: `depth` tasks in a row
 * - random: `depth` layers of `width` tasks; each needs one to three tasks of the layer before it, evenly
 */
export function graphAt(
  spec: WorkloadSpec,
  seed: U32,
  g: U32,
  firstId: U32,
  submitter: AgentId,
  nowUs: number,
): Task[] {
  const tasks: Task[] = []
  const size = graphSize(spec)
  for (let k = 0; k < size; k++) {
    const task = taskAt(spec, seed, (firstId + k) >>> 0, submitter, nowUs)
    const after = predecessors(spec, seed, g, k).map((before) => (firstId + before) >>> 0)
    tasks.push(after.length === 0 ? task : { ...task, after })
  }
  return tasks
}

/** Places in the graph that place k needs, ascending. */
function predecessors({ dag, width }: WorkloadSpec, seed: U32, g: U32, k: number): number[] {
  if (k === 0 || dag === 'none') return []
  if (dag === 'pipeline') return [k - 1]
  if (dag === 'fork-join') return k <= width ? [0] : Array.from({ length: width }, (_, i) => i + 1)
  const layer = Math.floor(k / width)
  if (layer === 0) return []
  philox(words, seed, STREAM.workload, WORK_DRAW.edge, g, k, 0)
  const count = 1 + Math.floor(unit(words[0]!) * Math.min(PREDECESSORS_MAX, width))
  return distinct(width, count).map((place) => (layer - 1) * width + place)
}

/** `count` ≤ 3 of 0 … n − 1, every set as likely, ascending; drawn from words 1 … 3 (Floyd's method). */
function distinct(n: number, count: number): number[] {
  const chosen: number[] = []
  for (let k = 0; k < count; k++) {
    const last = n - count + k
    const drawn = Math.floor(unit(words[k + 1]!) * (last + 1))
    chosen.push(chosen.includes(drawn) ? last : drawn)
  }
  return chosen.sort((a, b) => a - b)
}
