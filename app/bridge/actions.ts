import type { Key } from '../../engine/kernel/key.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import type { Command, Op, Scenario } from '../../engine/scenario/Scenario.ts'
import type { CauseLink, Outcome } from '../../workers/protocol.ts'
import { addCommand } from '../panels/timelineGeometry.ts'
import { useLab } from '../state/lab.ts'
import { engine, enqueue, jumpDisplay, rateNow, sentenceOf } from './engine.ts'

/** What a person can do. Every one of them ends as a call to the workers; none touches the simulation. */

export interface OpenOptions {
  readonly log?: readonly Command[]
  /** Where to start looking, virtual µs. */
  readonly timeUs?: number
  readonly play?: boolean
  readonly camera?: readonly number[]
  /** The run came out of the address; any other run takes the old link out of it. */
  readonly fromAddress?: boolean
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
  const lab = useLab.getState()
  const before = lab.scenario
  const wasPlaying = lab.playing
  lab.setPlaying(false)
  lab.setOpening(scenario)
  if (engine.broken) await replaceWorkers()
  const opened = await enqueue(async (client) => {
    const answer = await client.open(scenario, options.log)
    lab.setUndo([], [])
    if (options.timeUs) await client.seek(options.timeUs)
    return answer
  })
  if (opened === null) {
    lab.setOpenFailed()
    if (before) useLab.setState({ scenario: before })
    lab.setPlaying(wasPlaying)
    return false
  }
  camera = options.camera ?? null
  if (!options.fromAddress && location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
  jumpDisplay(options.timeUs ?? 0)
  lab.select(null)
  lab.openMessage(null)
  lab.setSlow(false)
  lab.setOpened(opened)
  if (options.play) useLab.setState({ playing: true, explicit: false })
  return true
}

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
  const { scenario, facts } = useLab.getState()
  if (!scenario) return
  const log = facts.log
  const done = await openRun(scenario)
  if (done && log.length > initialLog(scenario).length) useLab.getState().pushUndo(log)
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

async function travel(from: 'undo' | 'redo'): Promise<void> {
  const s = useLab.getState()
  const target = s[from].at(-1)
  if (!target) return
  const now = s.facts.log
  const outcome = await enqueue((client) => client.editLog(target))
  if (outcome === null) return
  if (!outcome.ok) return s.toast('error', outcome.error)
  if (from === 'undo') s.setUndo(s.undo.slice(0, -1), [...s.redo, now])
  else s.setUndo([...s.undo, now], s.redo.slice(0, -1))
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
