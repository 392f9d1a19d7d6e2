import type { Key } from '../../engine/kernel/key.ts'
import { knowParameters } from '../../engine/faults/names.ts'
import { fetchChaos, initialLog } from '../../engine/scenario/initialLog.ts'
import type { LinkState } from '../../engine/scenario/link.ts'
import type { Command, Op, Scenario } from '../../engine/scenario/Scenario.ts'
import type { CauseLink, Outcome } from '../../workers/protocol.ts'
import { addCommand } from '../panels/timelineGeometry.ts'
import { UNDO_MAX, type FactsNow, type FactsSlice } from '../state/facts.ts'
import { hasTasks } from '../state/hasTasks.ts'
import { fetchRoleWords } from '../scene/roleWords.ts'
import { useLab } from '../state/lab.ts'
import { engine, enqueue, jumpDisplay, rateNow, sentenceOf } from './engine.ts'

/** What a person can do. Every one of them ends as a call to the workers; none touches the simulation. */

export interface OpenOptions {
  readonly log?: readonly Command[]
  /** Where to start looking, virtual µs. */
  readonly timeUs?: number
  readonly play?: boolean
  readonly camera?: readonly number[]
  /** The run belongs to the present entry of the browser's history; any other run gets an entry of its own. */
  readonly here?: boolean
  /** What can be undone and redone afterwards; left out, undo leads back to the run before this one. */
  readonly steps?: Pick<FactsSlice, 'undo' | 'redo'>
}

/** A run that has been opened, and the one that it took the place of, as that was left. */
export interface Opening {
  readonly run: LinkState
  readonly here: boolean
  readonly before: LinkState | null
  /** Whether the one before was running. */
  readonly playing: boolean
}
/** Who keeps the browser's history is told; loaded after the first picture. */
export const openings: { told: ((opening: Opening) => void) | null } = { told: null }

let begun: { readonly run: LinkState; readonly facts: FactsNow } | null = null
/** The run that the workers hold, exactly as it stands; null before the first. */
export function runNow(): LinkState | null {
  const { facts } = useLab.getState()
  if (begun === null || facts === begun.facts) return begun && begun.run // nothing has been heard of it yet
  const { log, digest } = facts
  return { ...begun.run, log, digest, timeUs: Math.round(facts.timeUs), camera: engine.stage?.camera() ?? [] }
}

let camera: readonly number[] | null = null
/** The camera that came with a link, once. */
export const takeCamera = (): readonly number[] | null => {
  const wanted = camera
  camera = null
  return wanted
}

/** Builds a run and shows it at `timeUs`. False where it could not be built; what was running then goes on. */
export async function openRun(scenario: Scenario, options: OpenOptions = {}): Promise<boolean> {
  if (scenario.tasks?.workload.file && !(await (await import('./jobLogs.ts')).ensureJobLog(scenario))) return false
  const lab = useLab.getState()
  const shown = lab.scenario
  const wasPlaying = lab.playing
  lab.setPlaying(false)
  lab.setOpening(scenario)
  if (engine.broken) await replaceWorkers()
  await fetchChaos(scenario)
  await fetchRoleWords(scenario)
  if (hasTasks(scenario)) await import('../state/tasks.ts')
  const { log = initialLog(scenario), timeUs = 0 } = options
  if (scenario.space !== null || log.some(isSet)) await fetchWords()
  let before: LinkState | null = null
  const opened = await enqueue(async (client) => {
    before = runNow()
    const { undo } = useLab.getState()
    const answer = await client.open(scenario, log)
    const { rulesVersion } = answer
    const run = { scenario, log, timeUs, camera: options.camera ?? [], rulesVersion, digest: null }
    begun = { run, facts: useLab.getState().facts }
    useLab.setState(options.steps ?? { undo: before ? [...undo, before].slice(-UNDO_MAX) : [], redo: [] })
    if (timeUs) await client.seek(timeUs)
    return answer
  })
  if (opened === null) {
    lab.setOpenFailed()
    if (shown) useLab.setState({ scenario: shown })
    lab.setPlaying(wasPlaying)
    return false
  }
  camera = options.camera ?? null
  openings.told?.({ run: begun!.run, here: options.here === true, before, playing: wasPlaying })
  jumpDisplay(timeUs)
  lab.select(null)
  lab.openMessage(null)
  lab.setSlow(false)
  lab.setOpened(opened)
  if (options.play) useLab.setState({ playing: true, explicit: false })
  return true
}

/** What parameters are called, for whoever sees one being set; a space sets its own. */
const fetchWords = (): Promise<void> =>
  // Without them parameters have the names that programs give them.
  import('../panels/parameterWords.ts').then((m) => knowParameters(m.parameterWords)).catch(() => {})
const isSet = ({ op }: Op): boolean => op === 'set'

async function replaceWorkers(): Promise<void> {
  engine.client?.dispose()
  engine.client = null
  engine.broken = false
  try {
    await engine.connect()
  } catch (error) {
    engine.broken = true
    useLab.getState().toast('error', `The workers could not start: ${sentenceOf(error)}`)
  }
}

/** Same seed, from the beginning, without what people did to it; undo brings that back. */
export async function reset(): Promise<void> {
  const { scenario } = useLab.getState()
  if (scenario) await openRun(scenario)
}

export async function setSeed(seed: number): Promise<void> {
  const { scenario } = useLab.getState()
  if (scenario) await openRun({ ...scenario, seed: seed >>> 0 }, { play: true })
}

/** The page may be random; the run never is: the number it is given is on screen. */
export const newSeed = (): Promise<void> => setSeed(crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000)

export async function togglePlay(): Promise<void> {
  const { playing, facts, scenario, setPlaying } = useLab.getState()
  if (!playing && scenario && facts.ended && facts.timeUs >= scenario.untilUs) await seek(0)
  useLab.setState({ explicit: false })
  setPlaying(!playing)
}

export async function step(direction: 1 | -1): Promise<void> {
  useLab.getState().setPlaying(false)
  await enqueue(async (client) => {
    await client.pause()
    await (direction === 1 ? client.step() : client.stepBack())
  })
}

let wantedSeek: number | null = null
/** Goes to `timeUs`; while one seek runs only the newest wish is kept. Playing goes on from there. */
export async function seek(timeUs: number): Promise<void> {
  const pending = wantedSeek !== null
  wantedSeek = Math.max(0, Math.round(timeUs))
  if (pending) return
  await enqueue(async (client) => {
    while (wantedSeek !== null) {
      const to: number = wantedSeek
      await client.seek(to)
      jumpDisplay(to)
      if (wantedSeek === to) wantedSeek = null
    }
    const rate = rateNow()
    if (rate > 0) await client.play(rate)
  })
}

async function change(work: () => Promise<Outcome | null>): Promise<boolean> {
  const { facts, pushUndo, toast } = useLab.getState()
  const before = facts.log
  await fetchWords()
  const outcome = await work()
  if (outcome === null) return false
  if (!outcome.ok) {
    toast('error', outcome.error)
    return false
  }
  pushUndo(before)
  if (outcome.forked) toast('note', 'A new lane starts here; the old one stays on the timeline.')
  return true
}

/** Does something to the swarm at the next cut. */
export const command = (op: Op): Promise<boolean> => change(() => enqueue((client) => client.command(op)))
export const editLog = (log: readonly Command[]): Promise<boolean> =>
  change(() => enqueue((client) => client.editLog(log)))
export const addFault = (at: Command): Promise<boolean> => editLog(addCommand(useLab.getState().facts.log, at))

/** One step: to another log of this run, or to another run as it was left. */
async function travel(from: 'undo' | 'redo'): Promise<void> {
  const s = useLab.getState()
  const target = s[from].at(-1)
  const now = runNow()
  if (!target || !now) return
  const left = s[from].slice(0, -1)
  const step = 'scenario' in target ? now : now.log
  const steps = from === 'undo' ? { undo: left, redo: [...s.redo, step] } : { undo: [...s.undo, step], redo: left }
  if ('scenario' in target) {
    await openRun(target.scenario, { ...target, play: s.playing, steps })
    return
  }
  const outcome = await enqueue((client) => client.editLog(target))
  if (outcome === null) return
  if (outcome.ok) useLab.setState(steps)
  else s.toast('error', outcome.error)
}
export const undo = (): Promise<void> => travel('undo')
export const redo = (): Promise<void> => travel('redo')

export async function switchBranch(branch: number): Promise<void> {
  await enqueue((client) => client.switchBranch(branch))
}

/** Stops and shows the state just after the event `key`. */
export async function jumpTo(key: Key): Promise<void> {
  useLab.getState().setPlaying(false)
  await seek(key.time + 1)
}

export const why = async (key: Key): Promise<readonly CauseLink[]> => (await enqueue((c) => c.why(key))) ?? []

/** Puts one finished picture at exactly `timeUs` on the stage; afterwards pictures come only when asked for. */
export async function renderAt(timeUs: number): Promise<void> {
  const lab = useLab.getState()
  lab.setPlaying(false)
  lab.setExplicit(true)
  await enqueue(async (client) => {
    await client.pause()
    await client.seek(timeUs)
  })
  jumpDisplay(timeUs)
  await stageReady()
  await engine.stage?.frame(timeUs)
}

/** Resolves when the stage of the current run is there, or after five seconds where there is none (no WebGL). */
async function stageReady(): Promise<void> {
  for (let tries = 0; tries < 250 && engine.stage === null; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20))
}
