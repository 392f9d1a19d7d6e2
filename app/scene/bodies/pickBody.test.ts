import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as THREE from 'three'
import { frameBytes, frameViews, type BodyColumns } from '../../../engine/frame/frame.ts'
import type { SpaceSpec } from '../../../engine/scenario/Scenario.ts'
import { project, type Projection } from '../pick.ts'
import { groundUnder, pickBody, placeBody } from './pickBody.ts'
import { toStage, worldOf } from './world.ts'

const flat = { dimensions: 2, width: 100, height: 60, depth: 1, edges: 'wrap', stepUs: 50_000 } as SpaceSpec
const world = worldOf(flat)
const [width, height] = [1_000, 700]

function lookAt(x: number, y: number, z: number): Projection {
  const camera = new THREE.PerspectiveCamera(30, width / height, 0.1, 500)
  camera.position.set(x, y, z)
  camera.lookAt(0, 0, 0)
  camera.updateMatrixWorld()
  const matrix = new THREE.Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse).elements
  return { matrix, width, height, pixels: (camera.projectionMatrix.elements[5]! * height) / 2 }
}

function scatter(rows: number): BodyColumns {
  const shape = { agents: 0, shards: 0, flightsPerShard: 0, bodies: rows }
  const bodies = frameViews(new ArrayBuffer(frameBytes(shape)), 0, shape).bodies!
  for (let row = 0; row < rows; row++) {
    bodies.position.set([(row * 37.7) % 100, (row * 17.3) % 60, 0], 3 * row)
    bodies.heading.set([1, 0, 0], 3 * row)
    bodies.speed[row] = 1
    bodies.status[row] = 1
  }
  return bodies
}
const place = new Float32Array(3)
const at = new Float32Array(3)
const ground = new Float32Array(2)

describe('pickBody', () => {
  const view = lookAt(4, 70, 40)
  const bodies = scatter(40)
  const pick = (x: number, y: number, reach = 16): number => pickBody(view, bodies, 40, world, 0.5, null, x, y, reach)

  it('finds every body at the very place where it is drawn', () => {
    for (let row = 0; row < 40; row++) {
      placeBody(bodies, row, 0.5, world, null, place)
      project(view, place[0]!, place[1]!, place[2]!, at)
      expect(pick(at[0]!, at[1]!)).toBe(row)
    }
  })

  it('finds nobody out of reach, and nobody who is gone', () => {
    placeBody(bodies, 7, 0.5, world, null, place)
    project(view, place[0]!, place[1]!, place[2]!, at)
    expect(pick(at[0]! + 3, at[1]!, 2)).not.toBe(7)
    bodies.status[7] = 0
    expect(pick(at[0]!, at[1]!, 4)).toBe(-1)
    bodies.status[7] = 1
  })

  it('looks for bodies on a landscape where they stand, not on the ground below', () => {
    const hill = (): number => 5
    placeBody(bodies, 3, 0, world, hill, place)
    project(view, place[0]!, place[1]!, place[2]!, at)
    expect(pickBody(view, bodies, 40, world, 0, hill, at[0]!, at[1]!, 4)).toBe(3)
    expect(pickBody(view, bodies, 40, world, 0, null, at[0]!, at[1]!, 4)).not.toBe(3)
  })
})

describe('groundUnder', () => {
  it('is the inverse of the projection, from wherever one looks', () => {
    const inside = (max: number) => fc.double({ min: 0.01 * max, max: 0.99 * max, noNaN: true })
    const eye = fc.double({ min: -40, max: 40, noNaN: true })
    fc.assert(
      fc.property(inside(100), inside(60), eye, eye, (x, y, ex, ez) => {
        const view = lookAt(ex, 80, ez + 0.1)
        toStage(world, x, y, 0, place)
        project(view, place[0]!, 0, place[2]!, at)
        expect(groundUnder(view, world, at[0]!, at[1]!, ground)).toBe(true)
        expect(ground[0]).toBeCloseTo(x, 1)
        expect(ground[1]).toBeCloseTo(y, 1)
      }),
    )
  })

  it('is nothing beside the world and above the horizon', () => {
    expect(groundUnder(lookAt(0, 80, 1), world, 2, 2, ground)).toBe(false)
    expect(groundUnder(lookAt(0, 5, 80), world, width / 2, 20, ground)).toBe(false)
  })
})
