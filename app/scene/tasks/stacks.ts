import * as THREE from 'three'
import { HUE, rgb } from '../palette.ts'
import { material, mesh, type Shared } from '../gl/shared.ts'
import type { Theme } from '../types.ts'
import { TASK_COLOURS } from './colours.ts'
import { blockSlices, BOXES, boxOf, restOf, stackSlices } from './stackShape.ts'

/** Instances that one picture may hold, boxes and columns together. */
export const BOXES_MAX = 16_384
/** Floats an instance: agent, bottom, height, width; then work 0..1 and load 0..1. */
const WIDE = 4

export interface Stacks {
  readonly object: THREE.Mesh
  setTheme(theme: Theme): void
  /** Starts a new picture: no boxes. */
  clear(): void
  /**
   * Adds an agent's stack.
   * @param foot height of its bottom above the ground.
   * @returns its height, world units.
   */
  add(agent: number, radius: number, foot: number, tasks: Held, boxes: boolean): number
  /** Sends the picture to the card; returns how many bytes. */
  upload(): number
}

/** Of one agent: tasks held in all, those in work among them, and how full it is, 0..1. */
export interface Held {
  held: number
  working: number
  load: number
}

/**
 * Tasks that agents hold, a box each, in one draw call: those in work on top and bright, those that wait below. Where
 * there are more than BOXES the lowest box stands for the rest, ribbed. Allocates nothing after it was made.
 */
export function createStacks(shared: Shared): Stacks {
  const geometry = new THREE.InstancedBufferGeometry()
  const box = new THREE.BoxGeometry(1, 1, 1)
  for (const name of ['position', 'normal', 'uv']) geometry.setAttribute(name, box.getAttribute(name))
  geometry.setIndex(box.index)
  const place = new THREE.InstancedBufferAttribute(new Float32Array(WIDE * BOXES_MAX), WIDE)
  const look = new THREE.InstancedBufferAttribute(new Float32Array(4 * BOXES_MAX), 4)
  for (const attribute of [place, look]) attribute.setUsage(THREE.DynamicDrawUsage)
  geometry.setAttribute('aPlace', place)
  geometry.setAttribute('aLook', look)
  geometry.instanceCount = 0
  const uniforms = { uTask: vector(), uWaiting: vector(), uFull: vector() }
  const object = mesh(geometry, material(shared, uniforms, VERTEX, FRAGMENT), 2)
  const put = (agent: number, bottom: number, height: number, width: number, work: number, load: number, ribs = 0) => {
    const k = geometry.instanceCount
    if (k >= BOXES_MAX) return
    place.array.set([agent, bottom, height, width], WIDE * k)
    look.array.set([work, load, ribs, 0], 4 * k)
    geometry.instanceCount = k + 1
  }
  return {
    object,
    setTheme(theme) {
      const { task, waiting, full } = TASK_COLOURS[theme]
      uniforms.uTask.value.set(...rgb(task))
      uniforms.uWaiting.value.set(...rgb(waiting))
      uniforms.uFull.value.set(...rgb(full))
    },
    clear: () => void (geometry.instanceCount = 0),
    add(agent, radius, foot, { held, working, load }, boxes) {
      const { slice, width } = boxOf(radius)
      const whole = stackSlices(held, boxes)
      if (held <= 0) return 0
      if (!boxes) {
        const busy = Math.min(working, held) / held
        put(agent, foot, whole * slice * (1 - busy), width, 0, load)
        put(agent, foot + whole * slice * (1 - busy), whole * slice * busy, width, 1, load)
        return whole * slice
      }
      const shown = Math.min(held, BOXES)
      const block = blockSlices(restOf(held))
      for (let k = 0; k < shown; k++) {
        const bottom = k === 0 ? 0 : block + k - 1
        const tall = k === 0 ? block : 1
        const work = k >= shown - Math.min(working, shown) ? 1 : 0
        put(agent, foot + bottom * slice, tall * slice * (1 - 0.14 / tall), width, work, load, tall > 1 ? tall : 0)
      }
      return whole * slice
    },
    upload() {
      object.visible = geometry.instanceCount > 0
      for (const attribute of [place, look]) {
        attribute.clearUpdateRanges()
        attribute.addUpdateRange(0, 4 * geometry.instanceCount)
        attribute.needsUpdate = true
      }
      return 32 * geometry.instanceCount
    },
  }
}

const vector = (): { value: THREE.Vector3 } => ({ value: new THREE.Vector3() })

const VERTEX = /* glsl */ `
attribute vec4 aPlace, aLook;
varying vec3 vNormal;
varying vec2 vUv, vSize;
varying vec3 vLook;
varying float vDepth, vDown;
void main() {
  vec4 place = placeOf(aPlace.x), state = stateOf(aPlace.x);
  if (has(state, 8) || place.w == 0.0) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vec3 size = vec3(aPlace.w, aPlace.z, aPlace.w);
  vec3 at = vec3(place.x, aPlace.y + 0.5 * aPlace.z, place.z) + position * size;
  vNormal = normal;
  vUv = uv;
  vSize = abs(normal.y) > 0.5 ? size.xz : vec2(aPlace.w, aPlace.z);
  vLook = aLook.xyz;
  vDown = has(state, 2) ? 1.0 : 0.0;
  vec4 view = viewMatrix * vec4(at, 1.0);
  vDepth = -view.z;
  gl_Position = projectionMatrix * view;
}`

const FRAGMENT = /* glsl */ `
uniform vec3 uTask, uWaiting, uFull;
varying vec3 vNormal;
varying vec2 vUv, vSize;
varying vec3 vLook;
varying float vDepth, vDown;
void main() {
  float hot = smoothstep(0.72, 0.88, vLook.y);
  vec3 colour = vLook.x > 0.5 ? uTask : mix(uWaiting, uFull, hot);
  if (vDown > 0.5) colour = mix(colour, uHues[${HUE.down}], 0.75);
  vec2 fromEdge = min(vUv, 1.0 - vUv) * vSize;
  vec2 px = fwidth(vUv) * vSize;
  float border = 1.0 - min(smoothstep(0.5, 1.6, fromEdge.x / px.x), smoothstep(0.5, 1.6, fromEdge.y / px.y));
  // Ribs: many in one box.
  float rib = vLook.z > 0.5 && abs(vNormal.y) < 0.5 ? step(0.62, fract(vUv.y * 3.0 * vLook.z)) : 0.0;
  vec3 shown = lit(colour, vNormal) * (vLook.x > 0.5 ? 1.12 : 1.0) * (1.0 - 0.28 * rib);
  shown = mix(shown, mix(shown * 1.25, shown * 0.72, uLight), border);
  gl_FragColor = vec4(fogged(shown, vDepth), 1.0);
}`
