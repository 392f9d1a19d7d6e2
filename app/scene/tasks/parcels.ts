import * as THREE from 'three'
import type { FlightStore } from '../FlightStore.ts'
import { rgb } from '../palette.ts'
import type { PathShape } from '../path.ts'
import { GLSL_PATH, material, mesh, pathUniforms, type Shared } from '../gl/shared.ts'
import type { Theme } from '../types.ts'
import { TASK_COLOURS } from './colours.ts'

/** Number of the kind family that tasks on their way have in `store`, after those of other messages. */
export const TASK_FAMILY = 5

export interface Parcels {
  readonly object: THREE.Mesh
  setTheme(theme: Theme): void
  setCount(count: number): void
}

/**
 * Tasks on their way, as boxes over the heads of their messages: the same rows, the same paths and the same clock as
 * `createMessages`, whose trails and endings they keep. One draw call.
 */
export function createParcels(shared: Shared, store: FlightStore, shape: PathShape): Parcels {
  const geometry = new THREE.InstancedBufferGeometry()
  const box = new THREE.BoxGeometry(1, 1, 1)
  for (const name of ['position', 'normal', 'uv']) geometry.setAttribute(name, box.getAttribute(name))
  geometry.setIndex(box.index)
  geometry.setAttribute('aFlight', store.flight)
  geometry.setAttribute('aLook', store.look)
  geometry.instanceCount = 0
  const uTask = { value: new THREE.Vector3() }
  const shader = material(shared, { uTask, ...pathUniforms(shape) }, VERTEX, FRAGMENT)
  return {
    object: mesh(geometry, shader, 7),
    setTheme: (theme) => void uTask.value.set(...rgb(TASK_COLOURS[theme].task)),
    setCount: (count) => void (geometry.instanceCount = count),
  }
}

const VERTEX = /* glsl */ `
attribute vec4 aFlight, aLook;
varying vec3 vNormal;
varying vec2 vUv;
varying float vDepth, vHollow;
${GLSL_PATH}
void main() {
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if (aLook.x < ${TASK_FAMILY}.0 - 0.5 || aLook.w > 0.5) return;
  float flight = max(aFlight.y - aFlight.x, 1e-4);
  float progress = (uClock - aFlight.x) / flight;
  vec4 a = placeOf(aFlight.z), b = placeOf(aFlight.w);
  if (progress < 0.0 || progress >= aLook.z || a.w == 0.0 || b.w == 0.0) return;
  float t = uStill > 0.5 ? 0.5 * aLook.z : progress;
  bool major = a.w < 0.0 && b.w < 0.0;
  vec3 d = wayOf(a, b);
  vec3 lane = normalize(vec3(-d.z, 0.0, d.x) + vec3(1e-5)) * (major ? 0.16 * uScale : 0.05);
  vec3 at = pathPoint(a, b, t) + lane;
  vec4 centre = viewMatrix * vec4(at, 1.0);
  // Large enough to be seen as a box from afar.
  float least = 3.4 * uDpr * -centre.z / uPixels;
  float half_ = max(major ? 0.24 * uScale : 0.15, least);
  vNormal = normal;
  vUv = uv;
  vHollow = int(aLook.y + 0.5) == 4 ? 1.0 : 0.0;
  // Set along its way, lying flat.
  vec2 way = normalize(d.xz + vec2(1e-5, 0.0));
  vec3 turned = vec3(way.x * position.x - way.y * position.z, position.y, way.y * position.x + way.x * position.z);
  vec4 view = viewMatrix * vec4(at + turned * 2.0 * half_ * vec3(1.0, 0.72, 1.0), 1.0);
  vDepth = -view.z;
  gl_Position = projectionMatrix * view;
}`

const FRAGMENT = /* glsl */ `
uniform vec3 uTask;
varying vec3 vNormal;
varying vec2 vUv;
varying float vDepth, vHollow;
void main() {
  vec2 edge = min(vUv, 1.0 - vUv);
  float border = 1.0 - smoothstep(0.06, 0.12, min(edge.x, edge.y));
  if (vHollow > 0.5 && border < 0.5) discard;
  vec3 colour = lit(uTask, vNormal) * mix(1.14, 0.86, border * uLight);
  colour = mix(colour, colour * 1.2, border * (1.0 - uLight));
  gl_FragColor = vec4(fogged(colour, vDepth), 1.0);
}`
