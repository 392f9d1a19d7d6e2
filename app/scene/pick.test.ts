import * as THREE from 'three'
import { describe, expect, it } from 'vitest'
import { frameBytes, frameViews, HEADER } from '../../engine/frame/frame.ts'
import { FlightStore } from './FlightStore.ts'
import { STATE_FLAGS } from './gl/shared.ts'
import { endOf, pathPoint, PLAIN_GROUND } from './path.ts'
import { pickAgent, pickMessage, project, type Projection } from './pick.ts'

const camera = new THREE.PerspectiveCamera(30, 2, 0.1, 200)
camera.position.set(3, 12, 30)
camera.lookAt(0, 0, 0)
camera.updateMatrixWorld()
const view: Projection = {
  matrix: new THREE.Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse).elements,
  width: 1000,
  height: 500,
  pixels: camera.projectionMatrix.elements[5]! * 250,
}
const shape = { trim: 3.4, arc: 0.22, wrap: PLAIN_GROUND }
//                              far agent         near agent       a major one
const places = Float32Array.from([0, 0, -6, 0.3, 0, 0, 5, 0.3, 6, 0.3, 0, -0.6])
const state = Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 5, 1])
const screen = (x: number, y: number, z: number): [number, number] => {
  const out = new Float32Array(3)
  project(view, x, y, z, out)
  return [out[0]!, out[1]!]
}

describe('project', () => {
  it('agrees with three', () => {
    const expected = new THREE.Vector3(2, 1, -3).project(camera)
    const [x, y] = screen(2, 1, -3)
    expect(x).toBeCloseTo((expected.x * 0.5 + 0.5) * 1000, 2)
    expect(y).toBeCloseTo((0.5 - expected.y * 0.5) * 500, 2)
  })
})

describe('pickAgent', () => {
  it('finds the agent under the pointer, and none where there is none', () => {
    expect(pickAgent(view, places, state, 3, ...screen(0, 0, -6), 0)).toBe(0)
    expect(pickAgent(view, places, state, 3, ...screen(0, 0, 5), 0)).toBe(1)
    expect(pickAgent(view, places, state, 3, 5, 5, 9)).toBe(-1)
  })
  it('takes the nearer of two that lie over each other', () => {
    const over = Float32Array.from([...camera.position.clone().multiplyScalar(0.3).toArray(), 0.3, 0, 0, 0, 0.3])
    expect(pickAgent(view, over, state, 2, ...screen(0, 0, 0), 4)).toBe(0)
  })
  it('counts the column of a replica as the replica', () => {
    expect(pickAgent(view, places, state, 3, ...screen(6, 2.5, 0), 0)).toBe(2)
  })
  it('does not find who has left', () => {
    const gone = Float32Array.from(state)
    gone[3] = STATE_FLAGS.absent
    expect(pickAgent(view, places, gone, 3, ...screen(0, 0, -6), 0)).toBe(-1)
  })
})

describe('pickMessage', () => {
  const frameShape = { agents: 4, shards: 1, flightsPerShard: 4 }
  const frame = frameViews(new ArrayBuffer(frameBytes(frameShape)), 0, frameShape)
  frame.header[HEADER.number] = 1
  frame.flights[0]!.dueUs[0] = 1_000
  frame.flights[0]!.dst[0] = 1
  frame.flights[0]!.txSeq[0] = 7
  const store = new FlightStore(
    () => 0,
    () => -1,
  )
  store.ingest(frame, 0, 100)

  it('finds a moving message within 16 px of where it is now', () => {
    const at = new Float32Array(3)
    pathPoint(places, shape, 0, 1, 0.5, at)
    const [x, y] = screen(at[0]!, at[1]!, at[2]!)
    expect(pickMessage(view, places, shape, store, 500, x + 11, y + 11, 16)).toBe(0)
    expect(pickMessage(view, places, shape, store, 500, x + 12, y + 12, 16)).toBe(-1)
    expect(pickMessage(view, places, shape, store, 100, x, y, 16)).toBe(-1)
    expect(pickMessage(view, places, shape, store, 1_001, x, y, 16)).toBe(-1)
  })
})

describe('pathPoint', () => {
  const out = new Float32Array(3)
  it('runs from rim to rim: at 0 and 1 it touches the two agents', () => {
    pathPoint(places, shape, 0, 1, 0, out)
    expect(Math.hypot(out[0]!, out[1]!, out[2]! + 6)).toBeCloseTo(0.3)
    pathPoint(places, shape, 0, 1, 1, out)
    expect(Math.hypot(out[0]!, out[1]!, out[2]! - 5)).toBeCloseTo(0.3)
  })
  it('bends only between major agents', () => {
    pathPoint(places, shape, 0, 1, 0.5, out)
    expect(out[1]).toBe(0)
    const majors = Float32Array.from([-10, 0, 0, -0.6, 10, 0, 0, -0.6])
    pathPoint(majors, shape, 0, 1, 0.5, out)
    expect(out[1]).toBeCloseTo(0.5 * 20 * shape.arc)
  })
  it('takes the short way over the edge of a sheet, and leaves and comes in at the two ends of it', () => {
    const sheet = { trim: 1, arc: 0, wrap: [20, 30] as const }
    const ends = Float32Array.from([-9, 0, 3, 0.2, 9, 0, 3, 0.2])
    pathPoint(ends, sheet, 0, 1, 0.4, out)
    expect([out[0]! < -9, out[2]]).toEqual([true, 3])
    pathPoint(ends, sheet, 0, 1, 0.6, out)
    expect([out[0]! > 9, out[2]]).toEqual([true, 3])
    pathPoint(ends, { ...sheet, wrap: PLAIN_GROUND }, 0, 1, 0.4, out)
    expect(Math.abs(out[0]!)).toBeLessThan(9)
  })
  it('ends a lost message midway and a blocked one at the cut', () => {
    expect([endOf('delivered', 0.3), endOf('unheard', 0.3), endOf('blocked', 0.3)]).toEqual([1, 1, 0.5])
    for (const spread of [0, 0.5, 1]) expect(Math.abs(endOf('lost', spread) - 0.5)).toBeLessThanOrEqual(0.121)
  })
})
