import * as THREE from 'three'
import { HEADER, type Frame } from '../../engine/frame/frame.ts'
import { hasTasks } from '../state/hasTasks.ts'
import { CameraRig } from './camera/CameraRig.ts'
import { Degrader } from './Degrader.ts'
import { layoutOf } from './layout/layoutOf.ts'
import { STAGE_THEMES } from './palette.ts'
import type { Projection } from './pick.ts'
import { StagePointer } from './StagePointer.ts'
import type { StageScene } from './StageScene.ts'
import { SwarmScene } from './SwarmScene.ts'
import { NO_INSETS, type StageApi, type StageProps } from './types.ts'

const STATS_FRAMES = 60
const NONE: readonly never[] = []

/**
 * The stage without React: owns scene, camera, labels and pointer, and draws. React hands it props when they change and
 * calls `tick` once a frame; nothing here sets React state.
 */
export class StageController {
  readonly api: StageApi
  private props: StageProps
  private readonly rig: CameraRig
  private readonly degrader = new Degrader()
  readonly root = new THREE.Scene()
  private readonly pointer: StagePointer
  private scene: StageScene | null = null
  private ready: Promise<void> = Promise.resolve()
  private builds = 0
  private framedFor = ''
  private extent = 20
  private width = 1
  private height = 1
  private dpr = 1
  private linkShare = 1
  private dirty = true
  private clockUs = 0
  private shownUs = -1
  private shownNumber = -1
  private uploadedBytes = 0
  private readonly times = new Float64Array(STATS_FRAMES)
  private timed = 0
  private disposed = false
  private following = false
  /** Whose last place is `lastPlace`. */
  private followed: number | null = null
  private readonly place = new Float32Array(4)
  private readonly lastPlace = new Float32Array(4)
  private seen = false
  private readonly view: { matrix: Float32Array; width: number; height: number; pixels: number } = {
    matrix: new Float32Array(16),
    width: 1,
    height: 1,
    pixels: 1,
  }
  private readonly product = new THREE.Matrix4()

  constructor(
    private readonly gl: THREE.WebGLRenderer,
    private readonly camera: THREE.PerspectiveCamera,
    private readonly labelHost: HTMLElement,
    private readonly limitPixelRatio: (ratio: number) => void,
    props: StageProps,
  ) {
    this.props = props
    const canvas = gl.domElement
    this.rig = new CameraRig(camera, canvas, this.redraw, props.cameraLink)
    this.pointer = new StagePointer(canvas, {
      props: () => this.props,
      scene: () => this.scene,
      project: () => this.project(),
      clockUs: () => this.clockUs,
      onHover: () => this.mark(),
    })
    canvas.addEventListener('webglcontextlost', this.contextLost)
    canvas.addEventListener('webglcontextrestored', this.redraw)
    this.api = {
      frame: (timeUs) => this.explicitFrame(timeUs),
      topView: () => this.rig.top(),
      home: () => {
        this.following = false
        props.cameraLink?.lead(this.rig)
        this.home(true)
      },
      focus: (agent) => this.focus(agent),
      follow: (on) => this.follow(on),
      isFollowing: () => this.following,
      setSenses: (radii) => {
        this.scene?.world?.setSenses(radii)
        this.relook()
      },
      fieldMax: () => this.scene?.world?.fieldMax() ?? null,
      camera: () => this.rig.state(),
      setCamera: (state) => this.rig.setState(state),
      picture: () => this.picture(),
      isBlank: () => this.isBlank(),
      stats: () => ({
        drawCalls: this.gl.info.render.calls,
        uploadedBytes: this.uploadedBytes,
        mainThreadMs: median(this.times.slice(0, Math.min(this.timed, STATS_FRAMES))),
      }),
    }
    this.build()
  }

  /** Takes changed props; what they change is redone, at a person's rate. */
  setProps(next: StageProps): void {
    const last = this.props
    this.props = next
    this.dirty = true
    const rebuild =
      next.info !== last.info ||
      next.scenario.layout !== last.scenario.layout ||
      next.scenario.height !== last.scenario.height ||
      next.scenario.pace !== last.scenario.pace ||
      next.scenario.topology.weights !== last.scenario.topology.weights
    if (this.scene?.world && (next.log !== last.log || next.marks !== last.marks)) {
      this.tellFacts()
      // Facts may come after the explicit frame that they belong to.
      if (next.explicit && next.info === last.info && this.shownUs >= 0) this.draw(next.frames.acquire())
    }
    if (next.insets !== last.insets) {
      this.frame(this.width, this.height, true)
      // No loop would bring the explicit frame to where there is room for it now.
      if (next.explicit && next.info === last.info) this.relook()
    }
    if (rebuild) return this.build()
    if (next.theme !== last.theme) this.applyTheme()
    if (next.reducedMotion !== last.reducedMotion || next.explicit !== last.explicit) this.applyMotion()
    if (next.cut !== last.cut) this.scene?.setCut(next.cut)
    this.mark()
  }

  resize(width: number, height: number, dpr: number): void {
    this.width = width
    this.height = height
    this.dpr = dpr
    this.frame(width, height, false)
    this.dirty = true
    // A new size clears the canvas: explicit frames come back at once, the loop's with its next frame.
    if (this.props.explicit && this.shownUs >= 0) this.draw(this.props.frames.acquire())
  }

  private frame(width: number, height: number, smooth: boolean): void {
    this.rig.setSize(width, height, this.props.insets ?? NO_INSETS, smooth)
    this.scene?.setReach(this.rig.homeReach, this.extent)
  }

  /** One frame of the loop: draws only where time, a frame, the camera or the pointer changed something. */
  tick(seconds: number): void {
    if (this.props.explicit) return
    const moving = this.rig.update(seconds)
    const frame = this.props.frames.acquire()
    this.clockUs = this.props.clock()
    const fresh = frame !== null && (this.clockUs !== this.shownUs || frame.header[HEADER.number] !== this.shownNumber)
    if (!moving && !fresh && !this.dirty && !this.pointer.moved) return
    this.draw(frame)
    const step = this.degrader.frame(seconds * 1000)
    if (!step) return
    this.linkShare = step.links
    this.limitPixelRatio(step.pixelRatio)
    this.scene?.setLinkShare(step.links)
    this.props.onDegrade(step.sentence)
  }

  private draw(frame: Frame | null): void {
    const started = performance.now()
    this.dirty = false
    this.shownUs = this.clockUs
    const { scene } = this
    // While another swarm is being set out its frames do not fit this scene: the last picture stays.
    if (frame && scene?.info === this.props.info) {
      this.shownNumber = frame.header[HEADER.number]!
      scene.update(frame, this.clockUs)
      this.goAlong(scene)
      this.project()
      this.pointer.update()
      scene.setView(this.width, this.height, this.dpr, this.camera)
      scene.updateLabels(frame, this.view, this.props.selected, this.pointer.hovered ?? this.props.hovered ?? null)
      this.uploadedBytes = scene.uploadedBytes
    }
    this.times[this.timed++ % STATS_FRAMES] = performance.now() - started
    this.gl.render(this.root, this.camera)
    if (!this.seen && frame && scene) {
      this.seen = true
      performance.mark('first picture') // what is fetched later is not part of the start
      this.rig.allowHands()
    }
  }

  /** Brings `view` up to date with the camera. */
  private project(): Projection {
    this.camera.updateMatrixWorld()
    this.product.multiplyMatrices(this.camera.projectionMatrix, this.camera.matrixWorldInverse)
    this.view.matrix.set(this.product.elements)
    this.view.width = this.width
    this.view.height = this.height
    this.view.pixels = (this.camera.projectionMatrix.elements[5]! * this.height) / 2
    return this.view
  }

  private async explicitFrame(timeUs: number): Promise<void> {
    for (let ready: Promise<void> | null = null; ready !== this.ready;) await (ready = this.ready)
    if (this.disposed) return
    this.rig.update(0)
    this.clockUs = timeUs
    // The picture is then a function of frame and time, whatever was drawn before.
    this.scene?.forget()
    this.draw(this.props.frames.acquire())
    this.gl.getContext().finish()
  }

  private build(): void {
    const { info, scenario, groupDistance } = this.props
    const build = ++this.builds
    this.ready = this.sceneOf(info, scenario, groupDistance).then(
      // A newer swarm may have come while d3-force was loading.
      (create) => (build === this.builds ? this.show(create()) : undefined),
      (error: unknown) => this.props.onDegrade(`The stage could not be set out: ${String(error)}.`),
    )
  }

  /** What creates the scene, once all it needs has loaded. */
  private async sceneOf(
    info: StageProps['info'],
    scenario: StageProps['scenario'],
    groupDistance: StageProps['groupDistance'],
  ): Promise<() => StageScene> {
    if (info.space === null) {
      const layout = await layoutOf(info, scenario, groupDistance)
      const Scene = hasTasks(scenario)
        ? (await import('./tasks/TaskScene.ts')).TaskScene
        : scenario.height === 'load'
          ? (await import('./LoadScene.ts')).LoadScene
          : SwarmScene
      return () => new Scene(info, scenario, layout, this.labelHost)
    }
    const { BodyScene } = await import('./bodies/BodyScene.ts')
    return () => new BodyScene(info, scenario, this.props.frames.acquire()!, this.labelHost)
  }

  private show(scene: StageScene): void {
    const { info, scenario } = this.props
    if (this.scene) {
      this.root.remove(this.scene.root)
      this.scene.dispose()
    }
    this.scene = scene
    this.root.add(scene.root)
    this.pointer.forget()
    this.shownNumber = -1
    this.followed = null
    scene.setCut(this.props.cut)
    scene.setLinkShare(this.linkShare)
    scene.onLook?.(this.relook)
    this.tellFacts()
    const { points, ...oblique } = scene.bounds
    this.extent = this.rig.setPoints(points, oblique)
    // A join or a repair keeps the view that a person has chosen; another swarm is framed anew.
    const framedFor = `${scenario.name} ${scenario.layout} ${info.groupNames.join()}`
    if (framedFor !== this.framedFor) this.home(false)
    this.framedFor = framedFor
    this.applyTheme()
    this.applyMotion()
    this.mark()
    this.dirty = true
  }

  private home(smooth: boolean): void {
    this.rig.home(smooth)
    this.scene?.setReach(this.rig.homeReach, this.extent)
  }

  private focus(agent: number): void {
    const { place } = this
    if (this.scene?.placeOf(agent, place)) this.rig.focus(place[0]!, place[1]!, place[2]!, place[3]!)
  }

  private follow(on = !this.following): void {
    this.following = on
    this.followed = null
    this.dirty = true
    if (on && this.props.selected !== null) this.focus(this.props.selected)
  }

  /** The camera moves as whoever is followed does; who leaves a wrapped world at one side is met at the other. */
  private goAlong(scene: StageScene): void {
    const { selected } = this.props
    const { place, lastPlace } = this
    if (!this.following || selected === null || !scene.placeOf(selected, place)) return void (this.followed = null)
    if (this.followed === selected)
      this.rig.shift(place[0]! - lastPlace[0]!, place[1]! - lastPlace[1]!, place[2]! - lastPlace[2]!)
    this.followed = selected
    lastPlace.set(place)
  }

  private tellFacts(): void {
    this.scene?.world?.setFacts({ log: this.props.log ?? NONE, marks: this.props.marks?.headlines ?? NONE })
  }

  private applyTheme(): void {
    this.scene?.setTheme(this.props.theme)
    this.gl.setClearColor(STAGE_THEMES[this.props.theme].ground, 1)
    this.dirty = true
  }

  private applyMotion(): void {
    // Explicit frames are pictures at rest: the camera never is on its way.
    this.rig.setReducedMotion(this.props.reducedMotion || this.props.explicit)
    this.scene?.setStill(this.props.reducedMotion)
  }

  private mark(): void {
    this.scene?.mark(this.props.selected, this.pointer.hovered ?? this.props.hovered ?? null)
  }

  /** For keys: arrows turn, plus and minus zoom. */
  turn(azimuth: number, polar: number, zoom: number): void {
    this.rig.turn(azimuth, polar, zoom)
  }

  /** The pixels are there only until the browser shows them, so drawing and copying happen at once. */
  private picture(): HTMLCanvasElement {
    this.draw(this.props.frames.acquire())
    const copy = document.createElement('canvas')
    copy.width = this.gl.domElement.width
    copy.height = this.gl.domElement.height
    copy.getContext('2d')!.drawImage(this.gl.domElement, 0, 0)
    return copy
  }

  private isBlank(): boolean {
    this.draw(this.props.frames.acquire())
    const context = this.gl.getContext()
    const { drawingBufferWidth: width, drawingBufferHeight: height } = context
    const pixels = new Uint8Array(4 * width * height)
    context.readPixels(0, 0, width, height, context.RGBA, context.UNSIGNED_BYTE, pixels)
    for (let i = 4; i < pixels.length; i += 4)
      if (pixels[i] !== pixels[0] || pixels[i + 1] !== pixels[1] || pixels[i + 2] !== pixels[2]) return false
    return true
  }

  private readonly redraw = (): void => void (this.dirty = true)

  /** A person chose to see it another way; explicit frames have no loop that would notice. */
  private readonly relook = (): void => {
    this.dirty = true
    if (this.props.explicit && this.shownUs >= 0) this.draw(this.props.frames.acquire())
  }

  private readonly contextLost = (event: Event): void => {
    // Without this the browser never gives the context back.
    event.preventDefault()
    this.props.onDegrade('The graphics context was lost; the stage comes back when the browser restores it.')
  }

  dispose(): void {
    this.disposed = true
    this.builds++
    this.pointer.dispose()
    this.gl.domElement.removeEventListener('webglcontextlost', this.contextLost)
    this.gl.domElement.removeEventListener('webglcontextrestored', this.redraw)
    this.rig.dispose()
    this.scene?.dispose()
  }
}

const median = (values: Float64Array): number => (values.length === 0 ? 0 : values.sort()[values.length >> 1]!)
