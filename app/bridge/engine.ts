import type { LabClient } from '../../workers/protocol.ts'
import type { StageApi } from '../scene/Stage.tsx'
import { useLab } from '../state/lab.ts'
import { rateOf } from '../state/playback.ts'
import { DisplayClock } from './DisplayClock.ts'

/** What is not plain data and so not in the store: the workers' client and the stage's handle. */
export const engine: {
  client: LabClient | null
  stage: StageApi | null
  /** Something in the workers died or threw: they are replaced before the next run is opened. */
  broken: boolean
  /** Starts workers and ties the store to them; throws with one sentence. */
  connect: () => Promise<void>
} = { client: null, stage: null, broken: false, connect: () => Promise.resolve() }
const display = new DisplayClock()

/** Rate asked for now, virtual seconds a wall second; 0 = paused. */
export function rateNow(): number {
  const s = useLab.getState()
  return s.playing && s.scenario ? rateOf(s.scenario.pace, s.speed, s.slow) : 0
}

/** Smooth time of the picture, µs. Called once or more a frame; allocates nothing. */
export function displayTime(): number {
  const frame = engine.client?.frames.acquire()
  if (!frame) return 0
  const s = useLab.getState()
  return display.advance(performance.now(), frame.header[0]!, s.explicit ? 0 : rateNow())
}

export const jumpDisplay = (timeUs: number): void => display.jump(timeUs)

let queue: Promise<unknown> = Promise.resolve()
/** Calls to the workers, one after the other as they were asked for; a failure becomes a toast, never a hang. */
export function enqueue<T>(work: (client: LabClient) => Promise<T>): Promise<T | null> {
  const run = queue.then(async () => {
    if (!engine.client) return null
    try {
      return await work(engine.client)
    } catch (error) {
      useLab.getState().toast('error', sentenceOf(error))
      return null
    }
  })
  queue = run
  return run
}

export function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
