import { useEffect, useRef, useState } from 'react'
import { enqueue } from '../bridge/engine.ts'
import type { LabClient } from '../../workers/protocol.ts'
import { useLab } from '../state/lab.ts'

/**
 * Asks the workers again every `everyMs` while the run moves, and once when time or branch changed while it stands.
 * @param key what is asked about; the answer is dropped when it changes
 */
export function usePolled<T>(key: string, everyMs: number, ask: (client: LabClient) => Promise<T>): T | null {
  const [answer, setAnswer] = useState<{ key: string; value: T } | null>(null)
  const playing = useLab((s) => s.playing)
  // While playing the time changes ten times a second and the timer decides; standing still every change counts.
  const moment = useLab((s) => (s.playing ? '' : `${s.facts.timeUs}/${s.facts.branch}/${s.facts.log.length}/${s.run}`))
  const newest = useRef(ask)
  newest.current = ask
  useEffect(() => {
    let here = true
    let timer = 0
    const once = async (): Promise<void> => {
      const value = await enqueue((client) => newest.current(client))
      if (!here) return
      if (value !== null) setAnswer({ key, value })
      if (playing) timer = window.setTimeout(() => void once(), everyMs)
    }
    void once()
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [key, everyMs, playing, moment])
  return answer?.key === key ? answer.value : null
}
