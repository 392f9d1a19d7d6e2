import type { Mark } from '../../../engine/agents/Program.ts'
import { Samples } from './Samples.ts'

/** One stretch of work on a task: a bar of the Gantt chart. */
export interface Span {
  readonly task: number
  readonly kind: number
  readonly worker: number
  readonly fromUs: number
  /** Infinity while it lasts. */
  toUs: number
  /** Cut: the worker crashed over it. Released: it stopped without having done it. */
  end: 'running' | 'worked' | 'preempted' | 'released' | 'cut'
  /** Of those that a worker has in work at once: the first of as many lanes as it takes slots. */
  readonly lane: number
  readonly demand: number
}

/** Slots that a worker has from a time on. */
export interface Room {
  readonly atUs: number
  readonly slots: number
}

/** A step of a task's life. */
export interface Step {
  readonly atUs: number
  readonly what: string
  /** Who says it. */
  readonly agent: number
  /** Assigned to, begun with what was taken from; −1: nobody else. */
  readonly other: number
  readonly why: string
}

export interface TaskLife {
  readonly task: number
  kind: number
  priority: number
  sizeUs: number
  predictedUs: number
  /** Slots of its worker that it takes. */
  demand: number
  readonly steps: Step[]
}

/** What a program counts, where it does not tell of each task. */
export interface Report {
  readonly atUs: number
  readonly agent: number
  readonly counts: { readonly [name: string]: number }
  /** By priority, where it tells that: how many are done, and how long those waited and took in sum. */
  readonly classes: readonly ClassSums[]
}
export interface ClassSums {
  readonly done: number
  readonly waitedUs: number
  readonly tookUs: number
}

/** Lives, bars and reports kept; the oldest go. */
const LIVES_MAX = 20_000
const SPANS_MAX = 40_000
const REPORTS_MAX = 20_000
/** A task may be handed to and fro for ever. */
const STEPS_MAX = 200

const LIFE_STEPS: ReadonlySet<string> = new Set([
  ...['submitted', 'unassignable', 'assigned', 'queued', 'started', 'preempted', 'worked', 'done', 'again', 'failed'],
  'released',
])

/** What the marks of a run tell of its tasks (see engine/tasks/Task.ts). Marks come in the order of time. */
export class TaskBook {
  readonly lives = new Map<number, TaskLife>()
  /** By worker, ascending by start. */
  readonly spans = new Map<number, Span[]>()
  readonly reports: Report[] = []
  /** By worker, ascending by time, where workers tell their slots; 0 while it is down. */
  readonly rooms = new Map<number, Room[]>()
  /** Times of what is counted; of done tasks how long they took, of starts how long was waited, µs. */
  readonly submitted = new Samples()
  readonly done = new Samples()
  readonly started = new Samples()
  readonly failed = new Samples()
  readonly unassignable = new Samples()
  readonly again = new Samples()
  /** Why tasks failed, by the word of whoever gave up. */
  readonly reasons = new Map<string, Samples>()
  /** Tasks that arrived with each steal. */
  readonly stolen = new Samples()
  /** The longest bar that has ended, µs. */
  longestUs = 0
  /** Grows whenever something was added or forgotten. */
  version = 0
  private spanCount = 0
  /** Bars that last, by worker. */
  private readonly open = new Map<number, Span[]>()

  take(marks: readonly Mark[], reset: boolean): void {
    if (reset) this.clear()
    else if (marks.length === 0) return
    for (const mark of marks) this.add(mark)
    this.version++
  }

  private add({ key, agent, program, body }: Mark): void {
    const atUs = key.time
    if (program === 'host') {
      if (body.kind === 'crashed') this.endAll(agent, atUs)
      if ((body.kind === 'crashed' || body.kind === 'left') && this.rooms.has(agent)) this.hasRoom(agent, atUs, 0)
      return
    }
    if (body.kind === 'report') return this.report(atUs, agent, body)
    if (body.kind === 'able') return this.hasRoom(agent, atUs, numberOf(body['slots']))
    if (body.kind === 'stolen') return this.stolen.add(atUs, numberOf(body['tasks']) || listOf(body['tasks']).length)
    const task = body['task']
    if (typeof task !== 'number' || !LIFE_STEPS.has(body.kind)) return
    const life = this.lifeOf(task)
    const { steps } = life
    // Said again after a crash: known already.
    if (body['retold'] === true && steps.some(({ what }) => what === body.kind)) return
    const other = numberOf(body['to'] ?? body['from'], -1)
    if (steps.length < STEPS_MAX)
      steps.push({ atUs, what: body.kind, agent, other, why: typeof body['why'] === 'string' ? body['why'] : '' })
    this.count(body.kind, atUs, body)
    if (body.kind === 'failed' || body.kind === 'unassignable') this.reasonOf(String(body['why'] ?? '')).add(atUs, 0)
    if (body.kind === 'submitted') {
      life.kind = numberOf(body['taskKind'])
      life.priority = numberOf(body['priority'])
      life.sizeUs = numberOf(body['sizeUs'])
      life.predictedUs = numberOf(body['predictedUs'])
      life.demand = numberOf(body['demand'], 1)
    } else if (body.kind === 'started') this.begin(life, agent, atUs)
    else if (body.kind === 'worked' || body.kind === 'preempted' || body.kind === 'released')
      this.end(task, agent, atUs, body.kind)
  }

  private count(kind: string, atUs: number, body: Mark['body']): void {
    if (kind === 'submitted') this.submitted.add(atUs, 0)
    else if (kind === 'done') this.done.add(atUs, numberOf(body['tookUs']))
    else if (kind === 'started') this.started.add(atUs, numberOf(body['waitedUs']))
    else if (kind === 'failed') this.failed.add(atUs, 0)
    else if (kind === 'unassignable') this.unassignable.add(atUs, 0)
    else if (kind === 'again') this.again.add(atUs, 0)
  }

  private hasRoom(worker: number, atUs: number, slots: number): void {
    const rooms = this.rooms.get(worker) ?? []
    this.rooms.set(worker, rooms)
    rooms.push({ atUs, slots })
  }

  private reasonOf(why: string): Samples {
    const known = this.reasons.get(why) ?? new Samples()
    this.reasons.set(why, known)
    return known
  }

  private lifeOf(task: number): TaskLife {
    const known = this.lives.get(task)
    if (known) return known
    const life: TaskLife = { task, kind: 0, priority: 0, sizeUs: 0, predictedUs: 0, demand: 1, steps: [] }
    this.lives.set(task, life)
    if (this.lives.size > LIVES_MAX) this.lives.delete(this.lives.keys().next().value!)
    return life
  }

  /** Bars that may reach `timeUs` began at or after this. */
  firstStartUs(timeUs: number): number {
    let first = timeUs - this.longestUs
    for (const open of this.open.values()) for (const { fromUs } of open) first = Math.min(first, fromUs)
    return first
  }

  private begin({ task, kind, demand }: TaskLife, worker: number, fromUs: number): void {
    const spans = this.spans.get(worker) ?? []
    this.spans.set(worker, spans)
    const open = this.open.get(worker) ?? []
    this.open.set(worker, open)
    const lane = freeLane(open, demand)
    const span: Span = { task, kind, worker, fromUs, toUs: Infinity, end: 'running', lane, demand }
    spans.push(span)
    open.push(span)
    if (++this.spanCount > SPANS_MAX) this.forget()
  }

  private end(task: number, worker: number, toUs: number, end: Span['end']): void {
    const open = this.open.get(worker) ?? []
    const at = open.findIndex((span) => span.task === task)
    const span = open[at]
    if (!span) return
    open.splice(at, 1)
    span.toUs = toUs
    span.end = end
    this.longestUs = Math.max(this.longestUs, toUs - span.fromUs)
  }

  private endAll(worker: number, toUs: number): void {
    for (const { task } of [...(this.open.get(worker) ?? [])]) this.end(task, worker, toUs, 'cut')
  }

  /** The older half of each worker's bars goes. */
  private forget(): void {
    this.spanCount = 0
    for (const spans of this.spans.values()) {
      spans.splice(0, spans.length >> 1)
      this.spanCount += spans.length
    }
  }

  private report(atUs: number, agent: number, body: Mark['body']): void {
    const counts: { [name: string]: number } = {}
    for (const [name, value] of Object.entries(body)) if (typeof value === 'number') counts[name] = value
    this.reports.push({ atUs, agent, counts, classes: listOf(body['classes']) as readonly ClassSums[] })
    if (this.reports.length > REPORTS_MAX * 1.25) this.reports.splice(0, this.reports.length - REPORTS_MAX)
  }

  private clear(): void {
    this.lives.clear()
    this.spans.clear()
    this.reasons.clear()
    this.rooms.clear()
    this.open.clear()
    this.reports.length = 0
    this.longestUs = this.spanCount = 0
    for (const samples of [this.submitted, this.done, this.started, this.failed]) samples.clear()
    for (const samples of [this.unassignable, this.again, this.stolen]) samples.clear()
  }
}

/** The first of `demand` lanes beside each other that no open bar lies in. */
function freeLane(open: readonly Span[], demand: number): number {
  let lane = 0
  const inTheWay = (span: Span): boolean => span.lane < lane + demand && lane < span.lane + span.demand
  for (let span = open.find(inTheWay); span; span = open.find(inTheWay)) lane = span.lane + span.demand
  return lane
}

const numberOf = (value: unknown, none = 0): number => (typeof value === 'number' ? value : none)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Agents that a task was at by `timeUs`, in order: where it was handed in, who passed it on, and who took it. */
export function pathOf({ steps }: TaskLife, timeUs: number): readonly number[] {
  const path: number[] = []
  const to = (agent: number): void => {
    if (agent >= 0 && path.at(-1) !== agent) path.push(agent)
  }
  for (const { atUs, what, agent, other } of steps) {
    if (atUs > timeUs) break
    if (what === 'submitted') to(agent)
    else if (what === 'assigned') {
      to(agent)
      to(other)
    } else if (what === 'queued' || what === 'started') {
      to(other)
      to(agent)
    }
  }
  return path
}

/** What became of a task by `timeUs`, in one word. */
export function stateOf({ steps }: TaskLife, timeUs: number): string {
  let state = 'not yet submitted'
  for (const { atUs, what } of steps) {
    if (atUs > timeUs) break
    if (state === 'done' || state === 'failed' || state === 'unassignable') continue
    state = what
  }
  return state
}
