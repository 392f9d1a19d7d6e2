import { useEffect, useRef } from 'react'

/** Closes a small window on Escape and on a press outside it; focus goes in and comes back. */
export function useOutside<T extends HTMLElement>(close: () => void) {
  const box = useRef<T>(null)
  const newest = useRef(close)
  newest.current = close
  useEffect(() => {
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null
    box.current?.querySelector<HTMLElement>('button, input, [tabindex]')?.focus({ preventScroll: true })
    const onDown = (e: PointerEvent): void => {
      if (e.target instanceof Node && !box.current?.contains(e.target)) newest.current()
    }
    const onKey = (e: KeyboardEvent): void => {
      if (e.key === 'Escape') newest.current()
    }
    // The press that opened it is still on its way up.
    const timer = setTimeout(() => addEventListener('pointerdown', onDown), 0)
    addEventListener('keydown', onKey)
    return () => {
      clearTimeout(timer)
      removeEventListener('pointerdown', onDown)
      removeEventListener('keydown', onKey)
      before?.focus({ preventScroll: true })
    }
  }, [])
  return box
}

/** Where a window of this size fits beside a point, CSS px. */
export function placeAt(x: number, y: number, width: number, height: number): { left: number; top: number } {
  return {
    left: Math.max(8, Math.min(x + 10, innerWidth - width - 8)),
    top: Math.max(8, Math.min(y + 10, innerHeight - height - 8)),
  }
}
