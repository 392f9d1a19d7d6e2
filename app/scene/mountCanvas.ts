import { PerspectiveCamera, WebGLRenderer } from 'three'
import { FOV } from './camera/CameraRig.ts'
import { StageController } from './StageController.ts'
import type { StageProps } from './types.ts'

/** More device pixels than this a CSS pixel cost time and show nothing. */
const PIXEL_RATIO_MAX = 2

/**
 * Puts a canvas into `host`, keeps it as large as `host`, and calls the controller once a display frame. The scene is
 * eight hand-written draw calls, so there is nothing for a React renderer to reconcile: this is all of the glue.
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
  const camera = new PerspectiveCamera(FOV, 1, 0.5, 2_000)
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
  let last = performance.now()
  let request = requestAnimationFrame(function loop(now) {
    request = requestAnimationFrame(loop)
    // A display frame's time stamp may lie before the call that asked for it.
    controller.tick(Math.max(0, now - last) / 1000)
    last = now
  })
  return {
    controller,
    unmount: () => {
      cancelAnimationFrame(request)
      observer.disconnect()
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
