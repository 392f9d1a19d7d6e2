/** A view as several stages can share it, whatever they show: relative to each one's own view of everything. */
export interface Pose {
  /** Everything is in view. */
  readonly framed: boolean
  /** A framed view glides there. */
  readonly smooth: boolean
  /** Turn round the vertical and angle from straight above, radians: of the view of everything, and of this one. */
  readonly home: readonly [number, number]
  readonly direction: readonly [number, number]
  /** Distance by the distance from which everything is in view. */
  readonly zoom: number
  /** How far the point looked at is from the one of that view, by the same distance. */
  readonly shift: readonly [number, number, number]
}

export interface LinkedCamera {
  pose(): Pose
  /** Takes over a pose; never reports it as a move of its own. */
  follow(pose: Pose): void
}

/** Cameras that move as one: the one that a person touched last leads, and the others follow. */
export class CameraLink {
  private readonly cameras = new Set<LinkedCamera>()
  private leader: LinkedCamera | null = null
  private passing = false

  /** Returns the function that leaves again. */
  join(camera: LinkedCamera): () => void {
    this.cameras.add(camera)
    this.leader ??= camera
    return () => {
      this.cameras.delete(camera)
      if (this.leader === camera) this.leader = this.cameras.values().next().value ?? null
    }
  }

  /** A person took this one. */
  lead(camera: LinkedCamera): void {
    if (this.cameras.has(camera)) this.leader = camera
  }

  /** The camera moved: the others go along; one that moved by itself, for another size or swarm, goes back in line. */
  moved(camera: LinkedCamera): void {
    if (this.passing || this.leader === null) return
    this.passing = true
    try {
      const pose = this.leader.pose()
      if (camera !== this.leader) return camera.follow(pose)
      for (const other of this.cameras) if (other !== camera) other.follow(pose)
    } finally {
      this.passing = false
    }
  }
}
