import { PerspectiveCamera } from 'three'
import { describe, expect, it } from 'vitest'
import { CameraLink } from './CameraLink.ts'
import { CameraRig } from './CameraRig.ts'

const NO_INSETS = { left: 0, right: 0, top: 0, bottom: 0 }
const OBLIQUE = { polar: 1, posts: new Float32Array(0) }
const square = (half: number): Float32Array =>
  Float32Array.of(-half, 0, -half, half, 0, -half, half, 0, half, -half, 0, half)

function rig(link: CameraLink, half: number): CameraRig {
  const made = new CameraRig(new PerspectiveCamera(), null as unknown as HTMLElement, () => {}, link)
  made.setSize(600, 400, NO_INSETS)
  made.setPoints(square(half), OBLIQUE)
  made.home(false)
  return made
}

/** Position and target by the distance of the home view. */
const relative = (camera: CameraRig): number[] => camera.state().map((x) => Math.round((1_000 * x) / camera.homeReach))

describe('CameraLink', () => {
  it('shows swarms of unequal size alike: each from its own distance, all from the same direction', () => {
    const link = new CameraLink()
    const [small, large] = [rig(link, 10), rig(link, 100)]
    expect(large.homeReach).toBeGreaterThan(5 * small.homeReach)
    small.setState([0, 30, 40, 5, 0, 0])
    expect(small.state()).toEqual([0, 30, 40, 5, 0, 0])
    expect(large.pose()).toMatchObject({ framed: false })
    expect(large.pose().direction[0]).toBeCloseTo(small.pose().direction[0], 9)
    expect(large.pose().zoom).toBeCloseTo(small.pose().zoom, 9)
  })

  it('gives equal swarms exactly the same view', () => {
    const link = new CameraLink()
    const [a, b] = [rig(link, 20), rig(link, 20)]
    expect(b.state()).toEqual(a.state())
    a.setState([7, 30, -40, 1, 0, 2])
    expect(b.state()).toEqual([7, 30, -40, 1, 0, 2])
  })

  it('lets whoever was touched last lead, and keeps the others in line when they are set out anew', () => {
    const link = new CameraLink()
    const [a, b] = [rig(link, 20), rig(link, 20)]
    b.setState([7, 30, -40, 1, 0, 2])
    expect(a.state()).toEqual([7, 30, -40, 1, 0, 2])
    a.home(false) // another swarm stands here: not a person's doing
    expect(a.state()).toEqual(b.state())
    link.lead(a)
    a.home(false)
    expect(a.pose().framed && b.pose().framed).toBe(true)
    expect(relative(b)).toEqual(relative(a))
  })

  it('follows nobody who has left', () => {
    const link = new CameraLink()
    const [a, b] = [rig(link, 20), rig(link, 20)]
    a.dispose()
    const before = b.state()
    a.setState([7, 30, -40, 1, 0, 2])
    expect(b.state()).toEqual(before)
    b.setState([1, 2, 3, 0, 0, 0])
    expect(b.state()).toEqual([1, 2, 3, 0, 0, 0])
  })
})
