import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { seek } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { clockText } from './format.ts'
import { timeAt, type View } from './timelineGeometry.ts'

/** From 0 to the end of the run, or further where somebody has run further. */
export function useView(): View {
  return { fromUs: 0, toUs: useLab((s) => Math.max(s.scenario?.untilUs ?? 1, s.facts.frontierUs)) }
}

/** Makes an element the time slider: press, drag, arrow keys (with shift ten times as far), Home and End. */
export function useScrub(view: View) {
  const timeUs = useLab((s) => s.facts.timeUs)
  const dragging = useRef(false)
  const at = (e: PointerEvent<HTMLElement>): number => {
    const box = e.currentTarget.getBoundingClientRect()
    return timeAt(view, e.clientX - box.left, box.width)
  }
  const small = (view.toUs - view.fromUs) / 500
  return {
    role: 'slider' as const,
    tabIndex: 0,
    'aria-label': 'Virtual time',
    'aria-valuemin': 0,
    'aria-valuemax': Math.round(view.toUs / 1000),
    'aria-valuenow': Math.round(timeUs / 1000),
    'aria-valuetext': clockText(timeUs),
    onPointerDown: (e: PointerEvent<HTMLElement>) => {
      if (e.button !== 0) return
      dragging.current = true
      e.currentTarget.setPointerCapture(e.pointerId)
      void seek(at(e))
    },
    onPointerMove: (e: PointerEvent<HTMLElement>) => {
      if (dragging.current) void seek(at(e))
    },
    onPointerUp: () => {
      dragging.current = false
    },
    onPointerCancel: () => {
      dragging.current = false
    },
    onKeyDown: (e: KeyboardEvent<HTMLElement>) => {
      const by = { ArrowRight: small, ArrowLeft: -small, PageUp: 10 * small, PageDown: -10 * small }[e.key]
      const to =
        by !== undefined
          ? timeUs + by * (e.shiftKey ? 10 : 1)
          : e.key === 'Home'
            ? view.fromUs
            : e.key === 'End'
              ? view.toUs
              : null
      if (to === null) return
      e.preventDefault()
      e.stopPropagation()
      void seek(Math.min(view.toUs, to))
    },
  }
}
