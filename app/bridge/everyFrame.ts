import { useEffect, useRef } from 'react'
import { displayTime } from './engine.ts'

const listeners = new Set<(timeUs: number) => void>()
let running = 0
function loop(): void {
  const timeUs = displayTime()
  for (const listener of listeners) listener(timeUs)
  running = listeners.size > 0 ? requestAnimationFrame(loop) : 0
}

/** Calls `draw` once an animation frame with the time of the picture; it writes to the DOM, never to React. */
export function useEveryFrame(draw: (timeUs: number) => void): void {
  const newest = useRef(draw)
  newest.current = draw
  useEffect(() => {
    const listener = (timeUs: number): void => newest.current(timeUs)
    listeners.add(listener)
    if (running === 0) running = requestAnimationFrame(loop)
    return () => {
      listeners.delete(listener)
    }
  }, [])
}
