import { useLab } from '../state/lab.ts'
import { currentCode } from './share.ts'

const KEY = 'swarm-lab.work'
/** How often the work is written down, wall ms. */
const EVERY_MS = 2_000

export interface SavedWork {
  readonly code: string
  /** The address' hash it was saved under: '' or the link that was opened. */
  readonly address: string
  readonly playing: boolean
}

/** What was on screen before a reload of this tab, or null. */
export function sessionCode(): SavedWork | null {
  try {
    const saved: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    if (typeof saved !== 'object' || saved === null) return null
    const { code, address, playing } = saved as Partial<SavedWork>
    return typeof code === 'string' && typeof address === 'string' ? { code, address, playing: playing === true } : null
  } catch {
    return null // storage switched off, or not ours
  }
}

/** Writes the run down every two seconds where it changed, so that a reload loses nothing and nobody has to save. */
export function keepSession(): () => void {
  let last = ''
  const save = async (): Promise<void> => {
    const s = useLab.getState()
    if (s.opening || s.explicit || !s.opened) return
    const now = `${s.run}/${s.facts.branch}/${s.facts.log.length}/${s.facts.timeUs}/${s.undo.length}/${s.playing}`
    if (now === last) return
    last = now
    const made = await currentCode()
    if (!made.ok) return
    try {
      sessionStorage.setItem(
        KEY,
        JSON.stringify({ code: made.value.code, address: location.hash, playing: s.playing } satisfies SavedWork),
      )
    } catch {
      // storage full or switched off: the page works, only a reload starts afresh
    }
  }
  const timer = setInterval(() => void save(), EVERY_MS)
  return () => clearInterval(timer)
}
