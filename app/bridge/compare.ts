import type { Command, Op, Scenario } from '../../engine/scenario/Scenario.ts'
import { fetchRoleWords } from '../scene/roleWords.ts'
import { createLabClient, type LockstepClient } from '../../workers/browser/client.ts'
import type { Outcome } from '../../workers/protocol.ts'
import { CameraLink } from '../scene/camera/CameraLink.ts'
import type { StageApi } from '../scene/Stage.tsx'
import { changeSide, letterOf, newSide, NO_COMPARISON, SIDES_MAX, toldSide, useCompare } from '../state/compare.ts'
import type { SetUp } from '../state/compare.ts'
import { useLab } from '../state/lab.ts'
import { MarkLog } from '../state/MarkLog.ts'
import { rateOf } from '../state/playback.ts'
import { openRun } from './actions.ts'
import { sentenceOf } from './engine.ts'
import { Lockstep, type Member } from './Lockstep.ts'
import { optionsOf } from './start.ts'
import { UNDO_MAX } from '../state/facts.ts'

/** Several labs side by side. What is plain data is in state/compare.ts; here are the workers, stages and the time. */

/** How often React hears of the time, wall ms; the clock and the playheads move every frame. */
const TOLD_EVERY_MS = 100
/** A lab that takes so much longer than the next one, and so long, is named as the one all wait for. */
const SLOW_FACTOR = 2
const SLOW_MS = 24

export const stages = new Map<number, StageApi>()
/** One view for all stages of a comparison. */
export let cameraLink = new CameraLink()
let lockstep = new Lockstep<LockstepClient>(moved)
let nextId = 1
let frame = 0
let toldMs = 0
/** Where a side that is being opened stands as long as the first one has not brought its time along. */
let beginUs = 0
const listeners = new Set<(timeUs: number) => void>()

const toast = (kind: 'error' | 'note', text: string): void => useLab.getState().toast(kind, text)
export const compareTime = (): number => lockstep.timeUs
export const memberOf = (id: number): Member<LockstepClient> | undefined => lockstep.members.find((m) => m.id === id)
export const endUs = (): number => Math.max(1, ...useCompare.getState().sides.map(({ scenario }) => scenario.untilUs))

/** Hears of the time on screen once an animation frame; returns the function that stops it. */
export function onTime(listener: (timeUs: number) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function rateNow(): number {
  const { sides, playing, explicit, speed, slow } = useCompare.getState()
  return playing && !explicit && sides[0] ? rateOf(sides[0].scenario.pace, speed, slow) : 0
}

/** Begins with nothing on screen; `timeUs` is where the first set-up will stand. */
export function begin(timeUs: number): void {
  beginUs = timeUs
  cancelAnimationFrame(frame)
  frame = requestAnimationFrame(loop)
}

function loop(wallMs: number): void {
  frame = requestAnimationFrame(loop)
  if (!lockstep.tick(wallMs, rateNow(), endUs())) pause()
  for (const listener of listeners) listener(lockstep.timeUs)
}

/** All have come to another time: React hears of it now and then. */
function moved(): void {
  const wallMs = performance.now()
  if (useCompare.getState().playing && wallMs - toldMs < TOLD_EVERY_MS) return
  toldMs = wallMs
  const { members, timeUs } = lockstep
  const [first, second] = members.toSorted((a, b) => b.tookMs - a.tookMs)
  const slowest =
    first && second && first.tookMs > SLOW_MS && first.tookMs > SLOW_FACTOR * second.tookMs ? first.id : null
  useCompare.setState((s) => ({
    timeUs,
    slowest: s.playing ? slowest : null,
    sides: s.sides.map((side) => {
      const totals = members.find(({ id }) => id === side.id)?.at.totals
      return totals === undefined ? side : { ...side, totals }
    }),
  }))
}

/** Ends everything and frees the workers. */
export function end(): void {
  cancelAnimationFrame(frame)
  for (const { client } of lockstep.members) client.dispose()
  lockstep = new Lockstep<LockstepClient>(moved)
  cameraLink = new CameraLink()
  stages.clear()
  useCompare.setState(NO_COMPARISON, true)
}

/** Sets another set-up beside those that are there, at their time. False where it could not be started. */
export async function addSide({ scenario, log }: SetUp): Promise<boolean> {
  const { sides } = useCompare.getState()
  if (sides.length >= SIDES_MAX) return false
  const id = nextId++
  pause()
  useCompare.setState({ sides: [...sides, newSide(id, { scenario, log })], adding: false, other: null })
  const mine = lockstep
  let client: LockstepClient | null = null
  try {
    client = await createLabClient({ ...optionsOf(new URLSearchParams(location.search)), workers: 1 })
    const marks = new MarkLog()
    client.onFacts((facts) => changeSide(id, (side) => toldSide(side, facts, marks)))
    client.onError((sentence) => broken(id, sentence))
    if (scenario.tasks?.workload.file && !(await (await import('./jobLogs.ts')).ensureJobLog(scenario)))
      throw new Error('it needs a job log that is not here')
    await fetchRoleWords(scenario)
    const opened = await client.open(scenario, log)
    changeSide(id, (side) => ({ ...side, opened, stage: opened.stage }))
    if (mine !== lockstep || !useCompare.getState().sides.some((side) => side.id === id)) throw new Error('closed')
    await mine.add(id, client, Math.min(beginUs, scenario.untilUs))
    return true
  } catch (error) {
    client?.dispose()
    if (mine !== lockstep) return false
    const letter = letterOf(useCompare.getState().sides, id)
    useCompare.setState((s) => ({ sides: s.sides.filter((side) => side.id !== id) }))
    if (letter) toast('error', `${letter} could not be started: ${sentenceOf(error)}`)
    return false
  }
}

function broken(id: number, sentence: string): void {
  // The others go on without it.
  memberOf(id)?.client.dispose()
  lockstep.remove(id)
  stages.delete(id)
  pause()
  changeSide(id, (side) => ({ ...side, broken: sentence }))
  toast('error', `${letterOf(useCompare.getState().sides, id)}: ${sentenceOf(sentence)}`)
}

export function removeSide(id: number): void {
  memberOf(id)?.client.dispose()
  lockstep.remove(id)
  stages.delete(id)
  useCompare.setState((s) => ({ sides: s.sides.filter((side) => side.id !== id), pointed: null }))
}

/** A failure of a lab is told by the lab itself; whatever else goes wrong is told here. */
async function asked<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    toast('error', sentenceOf(error))
    return null
  }
}

export function pause(): void {
  if (useCompare.getState().playing) useCompare.setState({ playing: false, slowest: null })
  void lockstep.settle().catch(() => {}) // a worker's death is told by its client
}

export async function toggle(): Promise<void> {
  if (useCompare.getState().playing) return pause()
  if (lockstep.timeUs >= endUs()) await seek(0)
  useCompare.setState({ playing: true, explicit: false })
}

export async function step(direction: 1 | -1): Promise<void> {
  pause()
  await asked(() => (direction === 1 ? lockstep.step(endUs()) : lockstep.stepBack()))
  await asked(() => lockstep.settle())
}

let wantedUs: number | null = null
/** Goes to `timeUs`; while one seek runs only the newest wish is kept. */
export async function seek(timeUs: number): Promise<void> {
  const pending = wantedUs !== null
  wantedUs = Math.max(0, Math.round(timeUs))
  if (pending) return
  while (wantedUs !== null) {
    const to: number = wantedUs
    await asked(() => lockstep.to(to))
    if (wantedUs === to) wantedUs = null
  }
}

/** Stops, shows the state just after the event of that time, and points at the agent it happened to. */
export async function jumpTo(timeUs: number, agent: number): Promise<void> {
  pause()
  if (agent >= 0) useCompare.setState({ selected: agent })
  await seek(timeUs + 1)
}

/** Draws one finished picture of exactly `timeUs` on every stage; afterwards pictures come only when asked for. */
export async function renderAt(timeUs: number): Promise<void> {
  useCompare.setState({ playing: false, explicit: true })
  await seek(timeUs)
  for (let tries = 0; tries < 250 && stages.size < lockstep.members.length; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20))
  for (const stage of stages.values()) await stage.frame(timeUs)
}

/** Does something to one set-up, or to all (null), at the same cut. One to which it cannot be done is named. */
export async function act(op: Op, only: number | null): Promise<void> {
  const { parseCommand } = await import('../../engine/scenario/parse.ts')
  await asked(() =>
    lockstep.alone(async () => {
      const { sides, undo } = useCompare.getState()
      const before = sides.map(({ id, log }) => [id, log] as const)
      useCompare.setState({ undo: [...undo, before].slice(-UNDO_MAX) })
      const done = lockstep.members.map(async ({ id, client }): Promise<void> => {
        const side = sides.find((s) => s.id === id)
        if (!side || side.broken || (only !== null && id !== only)) return
        const allowed = parseCommand({ at: lockstep.timeUs, ...op }, side.scenario, side.log)
        const outcome: Outcome | { ok: false; error: string } = allowed.ok ? await client.command(op) : allowed
        if (!outcome.ok) toast('error', `${letterOf(sides, id)}: ${sentenceOf(outcome.error)}`)
      })
      await Promise.all(done)
    }),
  )
  await lockstep.refresh().catch(() => {})
}

/** Takes back what was done last, wherever it was done. */
export async function undo(): Promise<void> {
  const { undo: past, sides } = useCompare.getState()
  const before = past.at(-1)
  if (!before) return
  pause()
  useCompare.setState({ undo: past.slice(0, -1) })
  await asked(() =>
    lockstep.alone(async () => {
      for (const [id, log] of before)
        if (sides.some((side) => side.id === id && side.log !== log)) await memberOf(id)?.client.editLog(log)
    }),
  )
  await lockstep.settle().catch(() => {})
}

/** Leaves the comparison for one of its set-ups, at the time on screen. */
export async function showAlone(id: number): Promise<void> {
  const side = useCompare.getState().sides.find((s) => s.id === id)
  if (!side) return
  const { scenario, log }: { scenario: Scenario; log: readonly Command[] } = side
  const timeUs = lockstep.timeUs
  const camera = stages.get(id)?.camera() ?? []
  useLab.getState().openDialog(null)
  await openRun(scenario, { log, timeUs, camera })
}
