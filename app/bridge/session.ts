import type { LinkState } from '../../engine/scenario/link.ts'
import { useLab } from '../state/lab.ts'
import { runNow } from './actions.ts'
import { currentEntry, entryOf, keepHistory, noteRun } from './navigation.ts'
import { keepRecent } from './recent.ts'

const KEY = 'swarm-lab.work'
/** How often the work is written down, wall ms; and every so many times among the recent runs. */
const EVERY_MS = 2_000
const RECENT_EVERY = 5
/** Whoever has been looking at a run for this long was not crashed by opening it, wall ms. */
const SETTLED_MS = 20_000

/** What a tab shows, as it is kept for a reload. */
export interface Work {
  readonly run: LinkState
  /** Entry of the tab's history that shows it. */
  readonly entry: string
  /** The address' hash it was saved under: '' or the link that was opened. */
  readonly address: string
  readonly playing: boolean
  readonly selected: number | null
  readonly speed: number
  /** The page was left in good order. False after a reload: it stopped by itself. */
  readonly closed: boolean
  /** How often in a row it has stopped by itself just after opening this. */
  readonly crashes: number
}

/** What was on screen before a reload of this tab, or null. */
export function savedWork(): Work | null {
  try {
    const saved: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    return typeof saved === 'object' && saved !== null && typeof (saved as Work).run === 'object'
      ? (saved as Work)
      : null
  } catch {
    return null // storage switched off, or not ours
  }
}

let crashes = 0
/**
 * Opens what this entry of the browser's history, or this tab, showed before; paused after a crash, and not at all
 * after the second. False where there is nothing, or nothing that can be opened.
 */
export async function restore(): Promise<boolean> {
  const work = workHere()
  if (work === null) return false
  const { toast, setSpeed, select } = useLab.getState()
  const crashed = work.closed === false
  crashes = crashed ? (Number(work.crashes) || 0) + 1 : 0
  store({ ...work, closed: false, crashes }) // should the page stop while it opens this
  if (crashes > 1) {
    await keepRecent(work.entry, work.run)
    crashes = 0
    toast(
      'error',
      'The page stopped twice at the same run, so it was not opened again; it is under Recent in Scenarios.',
    )
    return false
  }
  const { openKept } = await import('./kept.ts')
  const opened = await openKept(work.run, { play: work.playing === true && !crashed, here: true })
  if (!opened.ok) {
    toast('error', opened.error)
    return false
  }
  if (typeof work.speed === 'number') setSpeed(work.speed)
  if (typeof work.selected === 'number') select(work.selected)
  if (crashed) toast('note', 'The page had stopped by itself. This is the run as it was then, paused.')
  return true
}

/** What this tab showed last, where the browser is still at that place of its history; else what this place holds. */
function workHere(): Work | null {
  const work = savedWork()
  const entry = entryOf(history.state)
  if (work !== null && (entry === null ? work.address === location.hash : work.entry === entry.id)) return work
  if (entry === null) return null
  const { id, run, playing } = entry
  return { run, entry: id, address: location.hash, playing, selected: null, speed: 0, closed: true, crashes: 0 }
}

/** Writes the run down every two seconds where it changed, and when the page is left; nobody has to save. */
export function keepSession(openAddress: () => Promise<unknown>): void {
  keepHistory(openAddress)
  const since = performance.now()
  let last = ''
  let saves = 0
  const save = (closed: boolean): void => {
    const s = useLab.getState()
    const run = runNow()
    if (s.opening || s.explicit || run === null) return
    const settled = performance.now() - since > SETTLED_MS
    const now = `${s.run}/${s.facts.branch}/${run.log.length}/${run.timeUs}/${s.undo.length}/${s.playing}/${s.selected}`
    const news = `${now}/${s.speed}/${closed}/${settled}`
    if (news === last) return
    last = news
    noteRun(run, s.playing)
    if (closed || saves++ % RECENT_EVERY === 0) void keepRecent(currentEntry(), run)
    store({
      run,
      entry: currentEntry(),
      address: location.hash,
      playing: s.playing,
      selected: s.selected,
      speed: s.speed,
      closed,
      crashes: settled ? 0 : crashes,
    })
  }
  save(false)
  setInterval(() => save(document.hidden), EVERY_MS)
  addEventListener('pagehide', () => save(true))
  // A hidden page may be ended by the system at any time, and that is no crash.
  addEventListener('visibilitychange', () => save(document.hidden))
}

function store(work: Work): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(work))
  } catch {
    // storage full or switched off: the history still has the run, up to two seconds behind
  }
}
