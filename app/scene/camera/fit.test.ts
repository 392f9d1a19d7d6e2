import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coveredPosts, fitView, freeArea, obliqueView, viewShift, type Frustum, type View } from './fit.ts'

const FOV = 30
/** Where a point falls, px from the middle of the free part; right and down. */
function seen(
  view: View,
  frustum: Frustum,
  [x, y, z]: readonly [number, number, number],
): { x: number; y: number; depth: number } {
  const f = [0, 1, 2].map((k) => view.target[k]! - view.position[k]!)
  const length = Math.hypot(...f)
  const [fx, fy, fz] = f.map((v) => v / length) as [number, number, number]
  const flat = Math.hypot(fx, fz)
  const d = [x - view.position[0], y - view.position[1], z - view.position[2]] as const
  const depth = d[0] * fx + d[1] * fy + d[2] * fz
  const scale = frustum.height / 2 / Math.tan((FOV * Math.PI) / 360) / depth
  const right = (d[0] * -fz + d[2] * fx) / flat
  const up = d[1] * flat - (fy * (d[0] * fx + d[2] * fz)) / flat
  return { x: right * scale, y: -up * scale, depth }
}
const coordinate = fc.double({ min: -40, max: 40, noNaN: true })
const points = fc.array(fc.tuple(coordinate, fc.double({ min: 0, max: 8, noNaN: true }), coordinate), {
  minLength: 3,
  maxLength: 40,
})
const insets = fc.record({
  left: fc.integer({ min: 0, max: 300 }),
  right: fc.integer({ min: 0, max: 300 }),
  top: fc.integer({ min: 0, max: 80 }),
  bottom: fc.integer({ min: 0, max: 220 }),
})

describe('fitView', () => {
  it('shows every point inside the part of the stage that no panel covers', () => {
    fc.assert(
      fc.property(
        points,
        insets,
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.double({ min: 0.2, max: 1.3, noNaN: true }),
        (at, panel, azimuth, polar) => {
          const frustum = { fov: FOV, width: 1440, height: 900, insets: panel }
          const view = fitView(Float32Array.from(at.flat()), azimuth, polar, frustum)
          const free = freeArea(1440, 900, panel)
          for (const point of at) {
            const { x, y, depth } = seen(view, frustum, point)
            expect(depth).toBeGreaterThan(0)
            expect(Math.abs(x)).toBeLessThan(free.width / 2)
            expect(Math.abs(y)).toBeLessThan(free.height / 2)
          }
        },
      ),
    )
  })

  it('keeps little room free where there is little', () => {
    const at = [-20, 0, -10, 20, 0, -10, 20, 0, 10, -20, 0, 10]
    const frustum = { fov: FOV, width: 700, height: 270, insets: { left: 14, right: 14, top: 34, bottom: 50 } }
    const view = fitView(Float32Array.from(at), 0, 0.3, frustum)
    const free = freeArea(700, 270, frustum.insets)
    const reach = [0, 3, 6, 9].map((i) => Math.abs(seen(view, frustum, [at[i]!, at[i + 1]!, at[i + 2]!]).y))
    expect(Math.max(...reach)).toBeGreaterThan(0.4 * free.height)
    expect(Math.max(...reach)).toBeLessThan(0.5 * free.height)
  })

  it('comes as near as it can: some point touches the padding', () => {
    const at = [-20, 0, -10, 20, 0, -10, 20, 0, 10, -20, 0, 10]
    const frustum = { fov: FOV, width: 1440, height: 900, insets: { left: 0, right: 0, top: 0, bottom: 0 } }
    const view = fitView(Float32Array.from(at), 0.2, 1, frustum)
    const free = freeArea(1440, 900, frustum.insets)
    const reach = [0, 3, 6, 9].map((i) => {
      const { x, y } = seen(view, frustum, [at[i]!, at[i + 1]!, at[i + 2]!])
      return Math.max(Math.abs(x) / (free.width / 2), Math.abs(y) / (free.height / 2))
    })
    expect(Math.max(...reach)).toBeGreaterThan(0.9)
  })
})

describe('freeArea and viewShift', () => {
  it('never leave less than a third of the stage, whatever the panels say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 320, max: 2000 }),
        fc.integer({ min: 300, max: 1200 }),
        insets,
        (width, height, panel) => {
          const free = freeArea(width, height, panel)
          expect(free.width).toBeGreaterThanOrEqual(width / 3)
          expect(free.height).toBeGreaterThanOrEqual(height / 3)
          expect(free.left + free.width).toBeLessThanOrEqual(width + 1e-6)
          expect(free.top + free.height).toBeLessThanOrEqual(height + 1e-6)
        },
      ),
    )
  })

  it('shift the picture away from a panel', () => {
    const panel = { left: 300, right: 0, top: 0, bottom: 200 }
    expect(viewShift(1440, 900, panel).x).toBe(150)
    expect(viewShift(1440, 900, panel).y).toBeLessThan(0)
  })
})

describe('obliqueView', () => {
  it('avoids directions in which one column hides another', () => {
    const frustum = { fov: FOV, width: 1440, height: 900, insets: { left: 0, right: 0, top: 0, bottom: 0 } }
    const feet = [
      [0, 0, 10],
      [0, 0, 0],
      [0, 0, -10],
    ] as const
    const posts = Float32Array.from(feet.flatMap((foot) => [...foot, 6]))
    const at = Float32Array.from(feet.flatMap(([x, , z]) => [x, 0, z, x, 6, z]))
    expect(coveredPosts(posts, fitView(at, 0, 1.06, frustum), frustum)).toBeGreaterThan(0.5)
    expect(coveredPosts(posts, obliqueView(at, frustum, { polar: 1.06, posts }), frustum)).toBeLessThan(0.05)
  })

  it('looks along an axis at what has sides of its own: from the front, unless the side shows it much larger', () => {
    const box = (x: number, z: number): Float32Array => Float32Array.from([-x, 0, -z, x, 0, -z, -x, 0, z, x, 0, z])
    const insets = { left: 0, right: 0, top: 0, bottom: 0 }
    const oblique = { polar: 0.8, posts: new Float32Array(0), straight: true }
    const sideways = (points: Float32Array, width: number, height: number): boolean => {
      const { position, target } = obliqueView(points, { fov: FOV, width, height, insets }, oblique)
      return Math.abs(position[0] - target[0]) > Math.abs(position[2] - target[2])
    }
    expect(sideways(box(20, 20), 1_440, 900)).toBe(false)
    expect(sideways(box(20, 10), 1_440, 900)).toBe(false)
    expect(sideways(box(20, 8), 360, 700)).toBe(true)
  })
})
