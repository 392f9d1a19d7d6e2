import { useMemo } from 'react'
import { useMedia } from '../bridge/media.ts'
import { useLab } from '../state/lab.ts'

export const SMALL = '(max-width: 760px)'

export interface Insets {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Pixels of the stage that are covered, so that the picture is framed in what is free. Numbers match shell.css. */
export function insetsOf(s: { left: unknown; right: unknown; timeline: boolean; small: boolean }): Insets {
  const bottom = s.timeline ? 236 : 72
  if (s.small) return { left: 8, right: 8, top: 64, bottom: bottom + 150 }
  return {
    left: s.left ? 352 : 76,
    right: s.right ? 396 : 84,
    top: 84,
    bottom: bottom + 118,
  }
}

export function useInsets(): Insets {
  const left = useLab((s) => s.left)
  const right = useLab((s) => s.right)
  const timeline = useLab((s) => s.timeline)
  const small = useMedia(SMALL)
  return useMemo(() => insetsOf({ left, right, timeline, small }), [left, right, timeline, small])
}
