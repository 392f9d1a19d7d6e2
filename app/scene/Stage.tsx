import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { mountCanvas } from './mountCanvas.tsx'
import './stage.css'
import type { StageController } from './StageController.ts'
import type { StageProps } from './types.ts'

export type { Insets, StageApi, StageProps, StageStats, Theme, Transmission } from './types.ts'
export { kindColour } from './palette.ts'

const NO_WEBGL =
  'This browser does not offer WebGL 2, so the swarm cannot be drawn; the table and the charts still work.'
const HANDS = ': arrow keys turn the view, plus and minus zoom'
const TURN = Math.PI / 24

/** The 3D stage. Fills its parent. Draws from `frames` at `clock()`; see `StageProps` for what it reports. */
export function Stage(props: StageProps) {
  const [works, setWorks] = useState(true)
  const canvas = useRef<HTMLDivElement>(null)
  const labels = useRef<HTMLDivElement>(null)
  const controller = useRef<StageController>(null)
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
    controller.current?.setProps(props)
  })
  useEffect(() => {
    const mounted = mountCanvas(canvas.current!, labels.current!, latest.current)
    if (!mounted) {
      setWorks(false)
      latest.current.onDegrade(NO_WEBGL)
      return
    }
    controller.current = mounted.controller
    latest.current.onReady(mounted.controller.api)
    return () => {
      controller.current = null
      mounted.unmount()
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const turn = KEYS[event.key]
    if (!turn || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    controller.current?.turn(...turn)
  }
  return (
    <div
      className="stage"
      data-theme={props.theme}
      role="group"
      aria-label={`${['Stage', props.label].filter(Boolean).join(' ')}${works ? HANDS : ''}`}
      tabIndex={works ? 0 : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="stage-canvas" ref={canvas} aria-hidden="true" />
      <div className="stage-labels" ref={labels} aria-hidden="true" />
      {!works && <p className="stage-none">{NO_WEBGL}</p>}
    </div>
  )
}

/** Turn by azimuth and polar angle, and zoom. */
const KEYS: { readonly [key: string]: readonly [number, number, number] } = {
  ArrowLeft: [-TURN, 0, 1],
  ArrowRight: [TURN, 0, 1],
  ArrowUp: [0, -TURN, 1],
  ArrowDown: [0, TURN, 1],
  '+': [0, 0, 0.85],
  '=': [0, 0, 0.85],
  '-': [0, 0, 1.18],
}
