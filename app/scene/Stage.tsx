import { Canvas, useFrame, useThree } from '@react-three/fiber'
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { PerspectiveCamera } from 'three'
import { FOV } from './camera/CameraRig.ts'
import './stage.css'
import { StageController } from './StageController.ts'
import type { StageProps } from './types.ts'

export type { Insets, StageApi, StageProps, StageStats, Theme, Transmission } from './types.ts'
export { kindColour } from './palette.ts'

const NO_WEBGL =
  'This browser does not offer WebGL 2, so the swarm cannot be drawn; the table and the charts still work.'
const TURN = Math.PI / 24

/** The 3D stage. Fills its parent. Draws from `frames` at `clock()`; see `StageProps` for what it reports. */
export function Stage(props: StageProps) {
  const [works] = useState(hasWebGl2)
  const labels = useRef<HTMLDivElement>(null)
  const controller = useRef<StageController>(null)
  const { onDegrade } = props
  useEffect(() => {
    if (!works) onDegrade(NO_WEBGL)
  }, [works, onDegrade])
  if (!works) {
    return (
      <div className="stage stage-none" data-theme={props.theme}>
        <p>{NO_WEBGL}</p>
      </div>
    )
  }
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
      aria-label="Stage: arrow keys turn the view, plus and minus zoom"
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <Canvas
        frameloop={props.explicit ? 'never' : 'always'}
        dpr={[1, 2]}
        flat
        gl={{ antialias: true, alpha: false, powerPreference: 'high-performance' }}
        camera={{ fov: FOV, near: 0.5, far: 2000, position: [0, 30, 40] }}
        resize={{ scroll: false }}
        aria-hidden="true"
      >
        <Loop {...props} labels={labels} controller={controller} />
      </Canvas>
      <div className="stage-labels" ref={labels} aria-hidden="true" />
    </div>
  )
}

const KEYS: { readonly [key: string]: readonly [number, number, number] } = {
  ArrowLeft: [-TURN, 0, 1],
  ArrowRight: [TURN, 0, 1],
  ArrowUp: [0, -TURN, 1],
  ArrowDown: [0, TURN, 1],
  '+': [0, 0, 0.85],
  '=': [0, 0, 0.85],
  '-': [0, 0, 1.18],
}

interface LoopProps extends StageProps {
  readonly labels: RefObject<HTMLDivElement | null>
  readonly controller: RefObject<StageController | null>
}

/** Inside the canvas: makes the controller when the renderer is there, hands it props and frames. */
function Loop({ labels, controller, ...props }: LoopProps) {
  const gl = useThree((state) => state.gl)
  const camera = useThree((state) => state.camera) as PerspectiveCamera
  const size = useThree((state) => state.size)
  const dpr = useThree((state) => state.viewport.dpr)
  const setDpr = useThree((state) => state.setDpr)
  const first = useRef(props)
  first.current = props
  useLayoutEffect(() => {
    const made = new StageController(gl, camera, labels.current!, setDpr, first.current)
    controller.current = made
    first.current.onReady(made.api)
    return () => {
      controller.current = null
      made.dispose()
    }
  }, [gl, camera, labels, controller, setDpr])
  useLayoutEffect(
    () => controller.current?.resize(size.width, size.height, dpr),
    [controller, size.width, size.height, dpr],
  )
  useLayoutEffect(() => controller.current?.setProps(props))
  // A positive priority: the controller renders, and only when something changed.
  useFrame((_, seconds) => controller.current?.tick(seconds), 1)
  return null
}

function hasWebGl2(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2')
    context?.getExtension('WEBGL_lose_context')?.loseContext()
    return context !== null
  } catch {
    return false
  }
}
