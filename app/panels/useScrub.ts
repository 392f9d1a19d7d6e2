import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { seek } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { clockText } from './format.ts'
import { timeAt, type View } from './timelineGeometry.ts'

/** From 0 to the end of the run, or further where somebody has run further. */
export function useView(): View {
  return { fromUs: 0, toUs: useLab((s) => Math.max(s.scenario?.untilUs ?? 1, s.facts.frontierUs)) }
}

/** The run's own time slider. */
export const useScrub = (view: View) =>
  useTimeSlider(
    view,
    useLab((s) => s.facts.timeUs),
    seek,
  )

/** Makes an element a time slider: press, drag, arrow keys (with shift ten times as far), Home and End. */
export function useTimeSlider(view: View, timeUs: number, seekTo: (timeUs: number) => unknown) {
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
      void seekTo(at(e))
    },
    onPointerMove: (e: PointerEvent<HTMLElement>) => {
      if (dragging.current) void seekTo(at(e))
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
      void seekTo(Math.max(0, Math.min(view.toUs, to)))
    },
  }
}
