import * as THREE from 'three'
import type { Insets } from '../types.ts'
import type { CameraLink, LinkedCamera, Pose } from './CameraLink.ts'
import { StillCamera } from './StillCamera.ts'
import { fitView, obliqueView, viewShift, type Frustum, type Oblique, type View } from './fit.ts'

export const FOV = 30

/** What the rig needs of camera-controls. */
export interface Controls {
  minDistance: number
  maxDistance: number
  smoothTime: number
  draggingSmoothTime: number
  readonly distance: number
  /** `end`: where it will be once it has glided there, which is the default. */
  getPosition(out: THREE.Vector3, end?: boolean): THREE.Vector3
  getTarget(out: THREE.Vector3, end?: boolean): THREE.Vector3
  setLookAt(x: number, y: number, z: number, tx: number, ty: number, tz: number, smooth?: boolean): Promise<void>
  rotate(azimuth: number, polar: number, smooth?: boolean): Promise<void>
  dollyTo(distance: number, smooth?: boolean): Promise<void>
  update(seconds: number): boolean
  dispose(): void
}

/** The camera: orbit, pan and zoom by camera-controls, framing by `fit.ts`. Stays framed until a person moves it. */
export class CameraRig implements LinkedCamera {
  private controls: Controls
  /** Distance from the camera to what it looks at, of the last home view. */
  homeReach = 60
  private readonly camera: THREE.PerspectiveCamera
  private readonly position = new THREE.Vector3()
  private readonly target = new THREE.Vector3()
  private points: Float32Array = new Float32Array(3)
  private frustum: Frustum = { fov: FOV, width: 1, height: 1, insets: { left: 0, right: 0, top: 0, bottom: 0 } }
  private oblique: Oblique = { polar: 1, posts: new Float32Array(0) }
  private framed = true
  /** Direction (turn round the vertical, angle from straight above) and target of the last home view. */
  private homeDirection: readonly [number, number] = [0, 1]
  private readonly homeTarget = new THREE.Vector3()
  private homeSmooth = false
  private jump = false
  private farthest = 60
  private disposed = false
  private asked = false
  private readonly onMoved: () => void
  private readonly leave: () => void

  constructor(
    camera: THREE.PerspectiveCamera,
    private readonly element: HTMLElement,
    onMoved: () => void,
    private readonly link?: CameraLink,
  ) {
    this.camera = camera
    this.onMoved = () => {
      onMoved()
      link?.moved(this)
    }
    this.leave = link?.join(this) ?? (() => {})
    camera.fov = FOV
    this.controls = new StillCamera(camera)
  }

  /** From here on a person can take the camera; called after the first picture. */
  allowHands(): void {
    if (this.asked) return
    this.asked = true
    void import('./orbit.ts').then(({ orbit }) => {
      if (!this.disposed) this.take(orbit(this.camera, this.element, this.release, this.onMoved))
    })
  }

  /** Hands the view over to other controls as it is. */
  private take(controls: Controls): void {
    const position = this.controls.getPosition(this.position)
    const target = this.controls.getTarget(this.target)
    void controls.setLookAt(position.x, position.y, position.z, target.x, target.y, target.z, false)
    this.controls = controls
    this.setReducedMotion(this.jump)
    this.setBounds()
    controls.update(0)
    this.onMoved()
  }

  /** A person takes the camera from here: it stays where they put it, and leads those that are linked with it. */
  private readonly release = (): void => {
    this.framed = false
    this.link?.lead(this)
  }

  setReducedMotion(reduced: boolean): void {
    this.jump = reduced
    this.controls.smoothTime = reduced ? 0 : 0.22
    this.controls.draggingSmoothTime = reduced ? 0 : 0.08
  }

  /** What `home` shows. @returns half the larger extent on the ground. */
  setPoints(points: Float32Array, oblique: Oblique): number {
    this.points = points
    this.oblique = oblique
    let extent = 4
    for (let i = 0; i < points.length; i += 3) extent = Math.max(extent, Math.abs(points[i]!), Math.abs(points[i + 2]!))
    this.farthest = extent * 14
    this.setBounds()
    this.camera.near = Math.max(0.1, extent / 200)
    this.camera.far = extent * 40
    this.camera.updateProjectionMatrix()
    return extent
  }

  private setBounds(): void {
    this.controls.minDistance = 2
    this.controls.maxDistance = this.farthest
  }

  /** Size of the stage and what panels cover; the projection is shifted to the middle of what is free. */
  setSize(width: number, height: number, insets: Insets, smooth = false): void {
    this.frustum = { fov: FOV, width, height, insets }
    const shift = viewShift(width, height, insets)
    this.camera.aspect = width / height
    this.camera.setViewOffset(width, height, -shift.x, -shift.y, width, height)
    if (this.framed) this.home(smooth)
  }

  home(smooth = true): void {
    this.lookHome(obliqueView(this.points, this.frustum, this.oblique), smooth)
  }

  private lookHome(view: View, smooth: boolean): void {
    this.framed = true
    this.homeSmooth = smooth
    this.setBase(view)
    this.lookFrom(view, smooth)
  }

  /** What poses are relative to. */
  private setBase(view: View): void {
    const [dx, dy, dz] = [0, 1, 2].map((k) => view.position[k]! - view.target[k]!) as [number, number, number]
    this.homeReach = Math.hypot(dx, dy, dz)
    this.homeTarget.set(...view.target)
    this.homeDirection = [Math.atan2(dx, dz), Math.acos(dy / this.homeReach)]
  }

  /** Where the camera is now, also on its way somewhere. */
  pose(): Pose {
    const { framed, homeDirection: home } = this
    if (framed) return { framed, smooth: this.homeSmooth, home, direction: home, zoom: 1, shift: [0, 0, 0] }
    const at = this.controls.getTarget(this.target, false)
    const from = this.controls.getPosition(this.position, false).sub(at)
    const distance = from.length()
    const direction = [Math.atan2(from.x, from.z), Math.acos(from.y / distance)] as const
    const shift = at.sub(this.homeTarget).divideScalar(this.homeReach).toArray()
    return { framed, smooth: false, home, direction, zoom: distance / this.homeReach, shift }
  }

  follow({ framed, smooth, home, direction, zoom, shift }: Pose): void {
    const based = home.every((angle, i) => Math.abs(angle - this.homeDirection[i]!) < 1e-9)
    // A glide home is told of in every frame; it is begun once.
    if (framed && smooth && based && this.framed) return
    const view = fitView(this.points, ...home, this.frustum)
    if (framed) return this.lookHome(view, smooth)
    this.framed = false
    if (!based) this.setBase(view)
    const reach = this.homeReach
    const target = this.target
      .set(...shift)
      .multiplyScalar(reach)
      .add(this.homeTarget)
    const [azimuth, polar] = direction
    const position = this.position.setFromSphericalCoords(zoom * reach, polar, azimuth).add(target)
    this.lookFrom({ position: position.toArray(), target: target.toArray() }, false)
  }

  top(smooth = true): void {
    this.release()
    // From above the longer side of the swarm lies along the longer side of the stage.
    const wide = fitView(this.points, 0, 0.001, this.frustum)
    const turned = fitView(this.points, Math.PI / 2, 0.001, this.frustum)
    this.lookFrom(turned.distance < wide.distance * 0.85 ? turned : wide, smooth)
  }

  focus(x: number, y: number, z: number, distance: number, smooth = true): void {
    this.release()
    this.controls.getPosition(this.position).sub(this.controls.getTarget(this.target))
    const scale = distance / Math.max(1e-3, this.position.length())
    const { x: dx, y: dy, z: dz } = this.position.multiplyScalar(scale)
    this.lookFrom({ position: [x + dx, y + dy, z + dz], target: [x, y, z] }, smooth)
  }

  /** Moves camera and what it looks at by the same way, at once: along with something that moves. */
  shift(dx: number, dy: number, dz: number): void {
    if (dx === 0 && dy === 0 && dz === 0) return
    const { x, y, z } = this.controls.getPosition(this.position)
    const to = this.controls.getTarget(this.target)
    const target = [to.x + dx, to.y + dy, to.z + dz] as const
    this.lookFrom({ position: [x + dx, y + dy, z + dz], target }, false)
  }

  /** By hand, in radians and by a factor. */
  turn(azimuth: number, polar: number, zoom: number): void {
    this.release()
    void this.controls.rotate(azimuth, polar, !this.jump)
    if (zoom !== 1) void this.controls.dollyTo(this.controls.distance * zoom, !this.jump)
    this.onMoved()
  }

  state(): number[] {
    this.controls.getPosition(this.position)
    this.controls.getTarget(this.target)
    return [...this.position.toArray(), ...this.target.toArray()].map((value) => Math.round(value * 1000) / 1000)
  }

  setState(state: readonly number[]): void {
    if (state.length !== 6 || !state.every(Number.isFinite)) return
    this.release()
    this.lookFrom({ position: [state[0]!, state[1]!, state[2]!], target: [state[3]!, state[4]!, state[5]!] }, false)
  }

  private lookFrom({ position, target }: View, smooth: boolean): void {
    void this.controls.setLookAt(...position, ...target, smooth && !this.jump)
    if (!smooth || this.jump) this.controls.update(0)
    this.onMoved()
  }

  /** Moves on by `seconds`; true while the camera moves. */
  update(seconds: number): boolean {
    const moved = this.controls.update(seconds)
    if (!moved) return false
    this.camera.updateMatrixWorld()
    this.link?.moved(this)
    return true
  }

  dispose(): void {
    this.disposed = true
    this.leave()
    this.controls.dispose()
  }
}
