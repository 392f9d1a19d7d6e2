import { useEffect, useState } from 'react'
import { onLibrary, ownScenarios, recentRuns, type OwnScenario, type RecentRun } from '../../bridge/library.ts'

interface Library {
  readonly own: readonly OwnScenario[]
  readonly recent: readonly RecentRun[]
  /** Wall ms. */
  readonly readAt: number
}

/** What this browser keeps; read again after every change here, and when the page is looked at again. */
export function useLibrary(): Library {
  const [kept, setKept] = useState<Library>({ own: [], recent: [], readAt: 0 })
  useEffect(() => {
    let here = true
    const read = async (): Promise<void> => {
      const [own, recent] = await Promise.all([ownScenarios(), recentRuns()])
      if (here) setKept({ own, recent, readAt: Date.now() })
    }
    const again = (): void => void read()
    again()
    const stop = onLibrary(again)
    addEventListener('focus', again)
    return () => {
      here = false
      stop()
      removeEventListener('focus', again)
    }
  }, [])
  return kept
}
