import { Vector3, type PerspectiveCamera } from 'three'
import type { Controls } from './CameraRig.ts'

/** Stands where it is put, until the controls for hands have loaded; they come after the first picture. */
export class StillCamera implements Controls {
  minDistance = 0
  maxDistance = Infinity
  smoothTime = 0
  draggingSmoothTime = 0
  private readonly target = new Vector3()

  constructor(private readonly camera: PerspectiveCamera) {}

  get distance(): number {
    return this.camera.position.distanceTo(this.target)
  }

  getPosition(out: Vector3): Vector3 {
    return out.copy(this.camera.position)
  }

  getTarget(out: Vector3): Vector3 {
    return out.copy(this.target)
  }

  async setLookAt(x: number, y: number, z: number, tx: number, ty: number, tz: number): Promise<void> {
    this.camera.position.set(x, y, z)
    this.target.set(tx, ty, tz)
    this.camera.lookAt(this.target)
  }

  async rotate(): Promise<void> {}
  async dollyTo(): Promise<void> {}

  update(): boolean {
    return false
  }

  dispose(): void {}
}
