import { createRoot, useFrame } from '@react-three/fiber'
import { PerspectiveCamera, WebGLRenderer } from 'three'
import { FOV } from './camera/CameraRig.ts'
import { StageController } from './StageController.ts'
import type { StageProps } from './types.ts'

/** More device pixels than this a CSS pixel cost time and show nothing. */
const PIXEL_RATIO_MAX = 2

/** What React sees of the scene: one object, eight hand-written draw calls, and the frame loop that drives them. */
function Swarm({ controller }: { controller: StageController }) {
  // A positive priority leaves the drawing to the controller: it knows when nothing has changed.
  useFrame((_, seconds) => controller.tick(seconds), 1)
  return <primitive object={controller.root} dispose={null} />
}

/**
 * Puts a canvas into `host`, keeps it as large as `host`, and hangs the scene into a React root of its own. `Canvas`
 * would bring all of three along; `createRoot` brings what is imported.
 * @returns null where the browser gives no WebGL 2.
 */
export function mountCanvas(
  host: HTMLElement,
  labels: HTMLElement,
  props: StageProps,
): { controller: StageController; unmount: () => void } | null {
  const canvas = document.createElement('canvas')
  const gl = createRenderer(canvas)
  if (!gl) return null
  host.append(canvas)
  let ratioMax = PIXEL_RATIO_MAX
  let seen: readonly [number, number, number] = [0, 0, 0]
  const camera = Object.assign(new PerspectiveCamera(FOV, 1, 0.5, 2_000), { manual: true })
  const limitRatio = (ratio: number): void => {
    ratioMax = ratio
    resize()
  }
  const controller = new StageController(gl, camera, labels, limitRatio, props)
  const resize = (): void => {
    const ratio = Math.min(ratioMax, window.devicePixelRatio)
    const width = Math.max(1, host.clientWidth)
    const height = Math.max(1, host.clientHeight)
    // Setting a size clears the canvas, even where it is the same.
    if (width === seen[0] && height === seen[1] && ratio === seen[2]) return
    seen = [width, height, ratio]
    gl.setPixelRatio(ratio)
    gl.setSize(width, height)
    controller.resize(width, height, ratio)
  }
  const observer = new ResizeObserver(resize)
  observer.observe(host)
  resize()
  const [width, height, dpr] = seen
  const root = createRoot(canvas)
  // The size is ours: explicit frames must not wait for another renderer's turn.
  void root.configure({ gl, camera, flat: true, dpr, size: { width, height, top: 0, left: 0 }, frameloop: 'always' })
  root.render(<Swarm controller={controller} />)
  return {
    controller,
    unmount: () => {
      observer.disconnect()
      root.unmount()
      controller.dispose()
      gl.dispose()
      gl.forceContextLoss()
      canvas.remove()
    },
  }
}

function createRenderer(canvas: HTMLCanvasElement): WebGLRenderer | null {
  // Asked for first: three would log an error before it throws.
  const context = canvas.getContext('webgl2', { antialias: true, alpha: false, powerPreference: 'high-performance' })
  return context && new WebGLRenderer({ canvas, context, antialias: true, alpha: false })
}
