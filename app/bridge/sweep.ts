import { create } from 'zustand'
import {
  csvBlob,
  differenceOf,
  identityOf,
  parquetBlob,
  planSweep,
  PointMeans,
  runSweep,
  SweepPlan,
  WHOLE,
  type Row,
  type SweepSpec,
} from '../../workers/sweep/sweepClient.ts'
import { useLab } from '../state/lab.ts'
import { openRun } from './actions.ts'
import { sentenceOf } from './engine.ts'
import { forgetSweep, keepRows, keepSweep, keptSweep } from './sweepRows.ts'

/** Rows that the page holds; a longer sweep is one for the headless command. */
export const PAGE_RUNS_MAX = 20_000
/** How often the page learns of new rows, and how often they are written down. */
const SHOW_EVERY_MS = 250
const KEEP_EVERY_MS = 500

/** `waits`: the run on the stage plays, and the sweep leaves it the cores. */
export type SweepStatus = 'none' | 'runs' | 'waits' | 'paused' | 'done'

/** The sweep of this browser: there is one at a time. It goes on while its panel is closed. */
export interface SweepState {
  /** False until what a reload left has been looked for. */
  readonly ready: boolean
  readonly status: SweepStatus
  readonly plan: SweepPlan | null
  /** Appended to in place; `done` says how many there are. */
  readonly rows: Row[]
  readonly means: PointMeans | null
  readonly done: number
  /** Wall time left by the pace so far; null while there is none. */
  readonly leftMs: number | null
  readonly problem: string | null
}

const NOTHING: Omit<SweepState, 'ready'> = {
  status: 'none',
  plan: null,
  rows: [],
  means: null,
  done: 0,
  leftMs: null,
  problem: null,
}
export const useSweep = create<SweepState>(() => ({ ready: false, ...NOTHING }))

let stop: AbortController | null = null
/** Of the sweep that is here, for what is kept of it. */
let id = ''
/** Said by the person, as against the waiting for the stage. */
let held = false
let wake: (() => void)[] = []

const mayGo = (): boolean => !held && !useLab.getState().playing
const statusNow = (): SweepStatus => (held ? 'paused' : useLab.getState().playing ? 'waits' : 'runs')

/** Resolves when nobody holds the sweep and the stage stands still, or when it is stopped. */
async function gate(): Promise<void> {
  while (!mayGo() && stop !== null && !stop.signal.aborted) await new Promise<void>((resolve) => wake.push(resolve))
}
function rouse(): void {
  const all = wake
  wake = []
  for (const go of all) go()
  // One that is being stopped says so once its rows are written down.
  if (stop !== null && !stop.signal.aborted) useSweep.setState({ status: statusNow() })
}
useLab.subscribe((now, before) => {
  if (now.playing !== before.playing) rouse()
})

/** Looks, once, for what a reload left, and goes on with what was going on. */
let looked: Promise<void> | null = null
export const loadSweep = (): Promise<void> => (looked ??= load())

async function load(): Promise<void> {
  try {
    const found = await keptSweep()
    if (found !== null) {
      const { identity } = found.kept
      const other = differenceOf(identity, identityOf(identity, WHOLE))
      if (other === null) {
        setUp(identity, found.rows)
        id = found.kept.id
        held = !found.kept.goesOn
        if (useSweep.getState().status !== 'done') void go()
      } else {
        useLab.getState().toast('note', `The sweep that was here was made with ${other}, and is gone.`)
        await forgetSweep()
      }
    }
  } catch {
    // without IndexedDB a sweep works, only a reload starts afresh
  }
  useSweep.setState({ ready: true })
}

function setUp(spec: SweepSpec, rows: readonly Row[]): void {
  const plan = new SweepPlan(spec)
  const means = new PointMeans(plan)
  for (const row of rows) means.take(row)
  const status = rows.length === plan.runs ? 'done' : 'paused'
  useSweep.setState({ ...NOTHING, status, plan, means, rows: [...rows], done: rows.length })
}

/** Begins a sweep in place of what there was. Returns one sentence where it cannot be. */
export async function startSweep(spec: SweepSpec): Promise<string | null> {
  const planned = planSweep(spec)
  if (!planned.ok) return planned.error
  const { runs } = planned.value
  if (runs > PAGE_RUNS_MAX)
    return `sweep: ${runs} runs are above the ${PAGE_RUNS_MAX} that the page holds; the headless command takes more`
  await stopSweep()
  useLab.getState().setPlaying(false)
  held = false
  setUp(planned.value.spec, [])
  id = crypto.randomUUID()
  toldUnkept = false
  await keepSweep({ id, identity: identityOf(spec, WHOLE), goesOn: true }).catch(tellUnkept)
  void go()
  return null
}

/** No run is begun any more; those that run are finished. */
export function pauseSweep(): void {
  held = true
  rouse()
}

/** On with it, after a pause, a stop or an error. The stage is stilled for it. */
export function resumeSweep(): void {
  useLab.getState().setPlaying(false)
  held = false
  if (stop === null) void go()
  else rouse()
}

/** Ends at once; the rows stay, and it can go on. */
export async function stopSweep(): Promise<void> {
  held = true
  stop?.abort()
  rouse()
  await running
}

/** Forgets the sweep and its rows. */
export async function clearSweep(): Promise<void> {
  await stopSweep()
  useSweep.setState(NOTHING)
  await forgetSweep().catch(() => {})
}

let toldUnkept = false
/** Storage that is full or switched off stops no sweep: its rows are here, and only a reload would lose them. */
function tellUnkept(): void {
  if (toldUnkept) return
  toldUnkept = true
  const why = 'this browser stores no more (full, or switched off)'
  useLab.getState().toast('error', `sweep: ${why}; it goes on, and its rows can be saved as a file before a reload.`)
}

let running: Promise<void> = Promise.resolve()
const go = (): Promise<void> => (running = work())

async function work(): Promise<void> {
  const { plan, rows, means } = useSweep.getState()
  if (plan === null || means === null || stop !== null) return
  const { spec } = plan
  const mine = new AbortController()
  stop = mine
  useSweep.setState({ status: statusNow(), problem: null, leftMs: null })
  const pace = new Pace()
  let kept = rows.length
  const keep = async (): Promise<void> => {
    const [from, added] = [kept, rows.slice(kept)]
    kept = rows.length
    const goesOn = !held && rows.length < plan.runs
    await keepRows({ id, identity: identityOf(spec, WHOLE), goesOn }, from, added).catch(() => {
      kept = Math.min(kept, from) // they are offered again with the next
      tellUnkept()
    })
  }
  const show = (): void => useSweep.setState({ done: rows.length, leftMs: pace.leftMs(plan.runs - rows.length) })
  const timers = [setInterval(show, SHOW_EVERY_MS), setInterval(() => void keep(), KEEP_EVERY_MS)]
  let problem: string | null = null
  try {
    const { scenario } = spec
    if (scenario.tasks?.workload.file && !(await (await import('./jobLogs.ts')).ensureJobLog(scenario)))
      throw new Error('it needs a job log that is not here')
    await runSweep({
      ...{ spec, from: rows.length, rows: plan.runs, stop: mine.signal },
      gate: () => pace.while(gate),
      take: (row) => {
        rows.push(row)
        means.take(row)
        pace.row()
      },
    })
  } catch (error) {
    problem = sentenceOf(error)
    held = true
  }
  for (const timer of timers) clearInterval(timer)
  stop = null
  await keep()
  const status = rows.length === plan.runs ? 'done' : 'paused'
  useSweep.setState({ done: rows.length, leftMs: null, status, problem })
  const { left, toast } = useLab.getState()
  if (left === 'sweep') return
  if (problem !== null) toast('error', `The sweep stopped: ${problem}`)
  else if (status === 'done') toast('note', `The sweep is done: ${rows.length} runs, in its panel.`)
}

/** How long the rest takes, by the wall time since the first row of this stretch, without its waits. */
class Pace {
  private began = 0
  private rows = 0
  private waitedMs = 0
  private waits = 0
  private waitsSince = 0

  row(): void {
    if (this.rows++ === 0) this.began = performance.now()
  }

  /** Time in which a worker waits does not count: they all wait together. */
  async while(wait: () => Promise<void>): Promise<void> {
    if (mayGo()) return
    if (this.waits++ === 0) this.waitsSince = performance.now()
    await wait()
    if (--this.waits === 0 && this.rows > 0) this.waitedMs += performance.now() - Math.max(this.waitsSince, this.began)
  }

  leftMs(runs: number): number | null {
    if (this.rows < 2 || this.waits > 0) return null
    return ((performance.now() - this.began - this.waitedMs) / (this.rows - 1)) * runs
  }
}

/** Opens one run of the sweep on the stage, from its beginning. */
export async function openSweptRun(run: number): Promise<void> {
  const { plan, status } = useSweep.getState()
  if (plan !== null) await openRun(plan.scenarioOf(run), { play: status !== 'runs' })
}

export async function sweepFile(format: 'csv' | 'parquet'): Promise<void> {
  const { plan, rows } = useSweep.getState()
  if (plan === null) return
  try {
    const blob = format === 'csv' ? csvBlob(plan.spec, rows) : await parquetBlob(plan.spec, rows)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = `${plan.spec.scenario.name}-sweep.${format}`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  } catch (error) {
    useLab.getState().toast('error', sentenceOf(error))
  }
}
