import type { LinkState } from '../../engine/scenario/link.ts'
import { useLab } from '../state/lab.ts'
import { openings, runNow } from './actions.ts'
import { newId } from './newId.ts'
import { keepRecent } from './recent.ts'
import { codeInAddress } from './share.ts'

/**
 * The browser's back and forward walk through the runs that were opened: every entry of its history carries one, as it
 * was when it was left. A link's code stays in the address of the entry that it was opened in.
 */
export interface Entry {
  readonly lab: 1
  readonly id: string
  readonly run: LinkState
  readonly playing: boolean
}

/** What is in `history.state`, where it is ours. */
export function entryOf(state: unknown): Entry | null {
  if (typeof state !== 'object' || state === null) return null
  const { lab, id, run } = state as Partial<Entry>
  return lab === 1 && typeof id === 'string' && typeof run === 'object' ? (state as Entry) : null
}

/** Runs as they were left, to the microsecond; what is in the history itself is up to two seconds behind. */
const left = new Map<string, Omit<Entry, 'lab' | 'id'>>()
const LEFT_MAX = 50

let current = ''
/** The entry that the page shows. */
export const currentEntry = (): string => current

/** Writes the run on screen into the present entry; on the way to another entry the two do not belong together. */
export function noteRun(run: LinkState, playing: boolean): void {
  if (!travelling) write('replaceState', { lab: 1, id: current, run, playing })
}

function write(how: 'pushState' | 'replaceState', entry: Entry, address?: string): void {
  try {
    history[how](entry, '', address)
  } catch {
    // Too large for this browser, or too many in a short time: the map above still has it while the page lives.
  }
}

function remember(run: LinkState, playing: boolean): void {
  left.delete(current)
  left.set(current, { run, playing })
  for (const oldest of left.keys()) {
    if (left.size <= LEFT_MAX) break
    left.delete(oldest)
  }
  void keepRecent(current, run)
}

const withoutHash = (): string => location.pathname + location.search
const same = (a: LinkState, b: LinkState): boolean => JSON.stringify(a.scenario) === JSON.stringify(b.scenario)

/** From here on every run that is opened gets its entry. `openAddress` opens the link that the address then carries. */
export function keepHistory(openAddress: () => Promise<unknown>): void {
  current = entryOf(history.state)?.id ?? newId()
  openings.told = ({ run, before, playing, here }) => {
    if (travelling) return
    if (before) remember(before, playing)
    if (here) {
      current = entryOf(history.state)?.id ?? newId()
      return noteRun(run, false)
    }
    // The same scenario once more (a reset) is the same entry, not a second one that looks alike.
    const again = before !== null && same(before, run)
    if (!again && before) noteRun(before, playing)
    if (!again) current = newId()
    write(again ? 'replaceState' : 'pushState', { lab: 1, id: current, run, playing: false }, withoutHash())
  }
  addEventListener('popstate', (event: PopStateEvent) => {
    const entry = entryOf(event.state)
    if (entry !== null) void travelTo(entry)
    else if (codeInAddress(location.hash) !== null) void openAddress()
  })
}

let wanted: Entry | null = null
let travelling = false
/** Opens what an entry shows; of several quick steps only the last. */
async function travelTo(entry: Entry): Promise<void> {
  const run = runNow()
  if (run && entry.id !== current && !travelling) remember(run, useLab.getState().playing)
  wanted = entry
  if (travelling) return
  travelling = true
  while (wanted !== null) {
    const { id, ...kept }: Entry = wanted
    wanted = null
    current = id
    const { run: to, playing } = left.get(id) ?? kept
    const { openKept } = await import('./kept.ts')
    const opened = await openKept(to, { play: playing, here: true })
    if (!opened.ok) useLab.getState().toast('error', opened.error)
  }
  travelling = false
}
