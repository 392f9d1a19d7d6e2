import { log, pow } from '../kernel/math.ts'
import { NEVER } from '../kernel/units.ts'
import type { WorkloadSpec } from '../scenario/Scenario.ts'
import type { Mark } from '../agents/Program.ts'
import type { CheckContext, Finding, Invariant, TaskSetting } from './Invariant.ts'
import { DISTURBANCES, disturb, quietSince, type Quiet } from './liveness.ts'
import { DISK_MAX_US, DOUBLINGS_MAX } from './taskTerms.ts'

interface Counted {
  readonly ended: number
  readonly kept: number
  /** When an end was told last, or that nothing is kept: what is kept since then came no later. */
  readonly sinceUs: number
}
interface Progress {
  readonly quiet: Quiet
  /** As set during the run, and the longest wait that came of it so far, µs. */
  setting: TaskSetting | null
  withinUs: number
  readonly counted: { [agent: number]: Counted }
  /** When anybody told of an end last: workers may have been at others' tasks until then. */
  latestUs: number
  readonly down: { [agent: number]: true }
}

/**
 * What count reports alone can prove, where single tasks are not told. As long as a distributor keeps tasks and every
 * worker is up, some task ends, its own or another's, within: a lease, until what was lost on the way is noticed; the
 * longest pause before
 * another try; breakers, which close after at most two times openUs; and the time that the longest task takes, twice,
 * since a worker may be at one that was done elsewhere meanwhile. So once nothing more comes, all counts go down to 0.
 */
export const countsProgress: Invariant<Progress> = {
  name: 'counts-progress',
  title: 'Once faults stop, tasks go on ending as long as there are any',
  on: { distributor: ['report'], host: [...DISTURBANCES, 'asked'] },
  init: (ctx) => ({
    ...{ quiet: quietSince(LIVE), setting: ctx.tasks ?? null, counted: {}, latestUs: 0, down: {} },
    withinUs: ctx.tasks === undefined ? Infinity : progressUs(ctx.tasks),
  }),
  onMark(state, mark, _view, ctx): Finding {
    if (mark.program === 'host') {
      disturbed(state, mark)
      return false
    }
    const { agent, key, body } = mark
    const sum = (...names: string[]): number => names.reduce((total, name) => total + Number(body[name] ?? 0), 0)
    const [ended, kept] = [sum('done', 'failed', 'unassignable'), sum('waiting', 'outstanding')]
    const before = state.counted[agent]
    const goesOn = before === undefined || before.kept === 0 || kept === 0 || ended !== before.ended
    const sinceUs = goesOn ? key.time : before.sinceUs
    state.counted[agent] = { ended, kept, sinceUs }
    if (before !== undefined && ended !== before.ended) state.latestUs = key.time
    if (goesOn) return kept > 0 || before !== undefined
    const fromUs = Math.max(sinceUs, state.latestUs)
    if (key.time <= dueUs(state, fromUs, ctx)) return false
    return `agent ${agent} keeps ${kept === 1 ? 'a task' : `${kept} tasks`}, and nobody’s have ended since ${fromUs} µs`
  },
}

function dueUs({ quiet, withinUs, down }: Progress, sinceUs: number, { tasks }: CheckContext): number {
  if (quiet.faults.length > 0 || tasks === undefined || tasks.working.some((agent) => agent in down)) return NEVER
  return Math.max(sinceUs, quiet.fromUs) + withinUs
}

/** What is still to come is no excuse: marks tell what is on, and what was just ended. */
const LIVE: CheckContext = { members: [], quietFromUs: 0, electionMaxUs: 0 }

function disturbed(state: Progress, mark: Mark): void {
  const { agent, body } = mark
  if (body.kind !== 'set') disturb(state.quiet, mark, LIVE)
  if (body.kind === 'crashed' || body.kind === 'left') state.down[agent] = true
  if (body.kind === 'restarted') delete state.down[agent]
  // A task by hand may take any time.
  if (body.kind === 'asked' && body['program'] === 'distributor') state.withinUs = Infinity
  if (body.kind !== 'set' || state.setting === null) return
  const which = body['program'] === 'worker' ? 'workers' : body['program'] === 'distributor' ? 'distributors' : null
  if (which === null) return
  const { param, value } = body
  const changed = state.setting[which].map((params) => ({ ...params, [param as string]: value! }))
  state.setting = { ...state.setting, [which]: changed }
  state.withinUs = Math.max(state.withinUs, progressUs(state.setting))
}

/** For messages and disks. */
const ON_THE_WAY_US = 1_000_000

/** Within this some task ends. Where messages are lost at any time, or workers fail, that can happen at every try. */
export function progressUs({
  distributors,
  workers,
  workload,
  lossless,
  drift,
  messageUs = 0,
  diskUs = 0,
}: TaskSetting): number {
  const most = (all: readonly Params[], name: string): number =>
    Math.max(0, ...all.map((params) => Number(params[name] ?? 0)))
  const retries = most(distributors, 'retriesMax')
  if (diskUs > DISK_MAX_US && distributors.some(({ durable }) => durable !== false)) return Infinity
  const pauseUs = most(distributors, 'retryUs') * pow(2, Math.min(DOUBLINGS_MAX, Math.max(0, retries - 1)))
  const stuckUs =
    most(distributors, 'leaseUs') + most(distributors, 'askUs') + pauseUs + 2 * most(distributors, 'openUs')
  // Where tasks give way to each other, all that a worker holds may have to be worked on before the first is done.
  const sliced = workers.some(({ discipline, preempt }) => discipline === 'feedback' || preempt === true)
  const atOnce = sliced ? most(workers, 'queueMax') + most(workers, 'slots') : 1
  const warmUpUs = most(workers, 'warmUpUs')
  const turnUs = sliced && warmUpUs > 0 ? Infinity : warmUpUs
  const oneUs = (atOnce * sizeMaxUs(workload)) / slowestOf(workers) + turnUs
  const tries = lossless && most(workers, 'failure') === 0 ? 1 : retries + 1
  return tries * (stuckUs + 2 * oneUs + ON_THE_WAY_US + 4 * messageUs) * (1 + 2 * drift)
}
type Params = TaskSetting['workers'][number]

const slowestOf = (workers: readonly Params[]): number =>
  Math.min(1, ...workers.flatMap(({ speed, speeds }) => [Number(speed ?? 1), ...((speeds ?? []) as number[])]))

/** Sizes are drawn by inversion from words of 32 bits, so every law has a largest; those of a log are not known. */
function sizeMaxUs(spec: WorkloadSpec): number {
  const { arrivals, meanUs, shape, kinds, kindFactor, sizeScale } = spec
  if (arrivals === 'log') return Infinity
  const scale = sizeScale * Math.max(1, pow(kindFactor, kinds - 1))
  switch (spec.size) {
    case 'constant':
      return meanUs * scale
    case 'exponential':
      return meanUs * log(WORDS) * scale
    case 'pareto':
      return Math.min(DAY_US, ((meanUs * (shape - 1)) / shape) * pow(WORDS, 1 / shape) * scale)
    case 'bimodal':
      return Math.max(spec.smallUs, spec.largeUs) * scale
  }
}
const WORDS = 4_294_967_296
/** tasks/workload: no task takes longer. */
const DAY_US = 86_400_000_000
