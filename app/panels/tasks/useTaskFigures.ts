import { useEffect, useMemo, useState } from 'react'
import { engine } from '../../bridge/engine.ts'
import { useLab } from '../../state/lab.ts'
import { book, useTasks } from '../../state/tasks.ts'
import { healthOf, type Health } from './taskFigures.ts'

/** How far the time must have moved before figures are made again while a run goes on, wall ms between. */
const EVERY_MS = 300

/** Agents that hold tasks or have done some, and what each holds and has done at the time on screen. */
export interface Workers {
  readonly held: readonly number[]
  readonly done: readonly number[]
  /** How many have a task in work. */
  readonly busy: number
}

/** Programs whose agents take tasks from others and only share them out. */
const SHARES_OUT = /distributor|submitter|source|balancer|allocator|auctioneer/

/** Read from the newest frame: every agent of a program that works. */
export function workersNow(): Workers {
  const frame = engine.client?.frames.acquire()
  const { stage } = useLab.getState()
  const held: number[] = []
  const done: number[] = []
  let busy = 0
  if (!frame || !stage) return { held, done, busy }
  let works = 0
  stage.programKinds.forEach((kind, bit) => {
    if (!SHARES_OUT.test(kind)) works |= 1 << bit
  })
  const { status, lastIndex, commitIndex, durableIndex } = frame.agents
  for (let agent = 0; agent < stage.agents; agent++) {
    if (status[agent] === 0 || (stage.programs[agent]! & works) === 0) continue
    held.push(lastIndex[agent]!)
    done.push(durableIndex[agent]!)
    if (commitIndex[agent]! > 0) busy++
  }
  return { held, done, busy }
}

/** A word that changes a few times a second while a run goes on, and with every change while it stands. */
export function useMoment(): string {
  const playing = useLab((s) => s.playing)
  const timeUs = useLab((s) => (s.playing ? 0 : s.facts.timeUs))
  const version = useTasks((s) => (playing ? 0 : s.version))
  const [tick, setTick] = useState(0)
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => setTick((n) => n + 1), EVERY_MS)
    return () => clearInterval(timer)
  }, [playing])
  return `${tick}/${timeUs}/${version}`
}

/** @param lateUs only what happened in the last so many µs; null: since the start. */
export function useHealth(lateUs: number | null): { readonly health: Health; readonly workers: Workers } {
  const moment = useMoment()
  return useMemo(() => {
    void moment
    const { timeUs } = useLab.getState().facts
    const workers = workersNow()
    const health = healthOf(book, lateUs === null ? 0 : timeUs - lateUs, timeUs, workers.held.length)
    return { health, workers }
  }, [moment, lateUs])
}
