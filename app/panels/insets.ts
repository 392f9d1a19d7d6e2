import { useEffect, useMemo, useState } from 'react'
import { useMedia } from '../bridge/media.ts'
import { useLab } from '../state/lab.ts'

export const SMALL = '(max-width: 760px)'

export interface Insets {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Caption and button above the dock, px. */
const FOREGROUND = 128

/** Pixels of the stage that are covered, so that the picture is framed in what is free. Numbers match shell.css. */
export function insetsOf(s: { left: unknown; right: unknown; dock: number; small: boolean }): Insets {
  const bottom = s.dock + FOREGROUND
  if (s.small) return { left: 12, right: 12, top: 96, bottom }
  const left = s.left === 'sweep' ? 654 : s.left ? 370 : 98
  const right = s.right === 'agents' ? 604 : s.right ? 404 : 98
  return { left, right, top: 92, bottom }
}

/** The dock grows with the timeline and its lanes. */
function useDockHeight(): number {
  const [height, setHeight] = useState(58)
  useEffect(() => {
    const dock = document.getElementById('dock')
    if (!dock) return
    const observer = new ResizeObserver(() => setHeight(dock.offsetHeight))
    observer.observe(dock)
    return () => observer.disconnect()
  }, [])
  return height
}

export function useInsets(): Insets {
  const left = useLab((s) => s.left)
  const right = useLab((s) => s.right)
  const small = useMedia(SMALL)
  const dock = useDockHeight()
  return useMemo(() => insetsOf({ left, right, dock, small }), [left, right, dock, small])
}
