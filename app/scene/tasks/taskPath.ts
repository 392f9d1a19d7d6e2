import * as THREE from 'three'
import type { PathShape } from '../path.ts'
import { ribbon } from '../gl/links.ts'
import { GLSL_PATH, material, mesh, pathUniforms, type Shared } from '../gl/shared.ts'

/** A task that was handed on more often shows its last so many ways. */
export const WAYS_MAX = 64
const SEGMENTS = 28

export interface TaskPath {
  readonly object: THREE.Mesh
  /** Agents in order. */
  set(path: readonly number[]): void
}

/** The way that the chosen task has taken, as a broad line with arrowheads; it stays until another is chosen. */
export function createTaskPath(shared: Shared, shape: PathShape): TaskPath {
  const geometry = new THREE.InstancedBufferGeometry()
  const { corner, index } = ribbon(SEGMENTS)
  geometry.setAttribute('position', new THREE.BufferAttribute(corner, 3))
  geometry.setIndex(index)
  const ends = new THREE.InstancedBufferAttribute(new Float32Array(2 * WAYS_MAX), 2)
  geometry.setAttribute('aEnds', ends)
  geometry.instanceCount = 0
  const shader = material(shared, pathUniforms(shape), VERTEX, FRAGMENT, {
    transparent: true,
    depthWrite: false,
    side: THREE.DoubleSide,
  })
  const object = mesh(geometry, shader, 6)
  object.visible = false
  return {
    object,
    set(path) {
      const from = Math.max(0, path.length - 1 - WAYS_MAX)
      let count = 0
      for (let k = from; k + 1 < path.length; k++) ends.array.set([path[k]!, path[k + 1]!], 2 * count++)
      geometry.instanceCount = count
      object.visible = count > 0
      ends.needsUpdate = true
    },
  }
}

const VERTEX = /* glsl */ `
attribute vec2 aEnds;
varying float vSide, vHalf, vAlong, vDepth, vEdge;
${GLSL_PATH}
void main() {
  vec4 a = placeOf(aEnds.x), b = placeOf(aEnds.y);
  if (a.w == 0.0 || b.w == 0.0) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  float t = position.x;
  vEdge = sideOf(a, b, t);
  vec4 clip = projectionMatrix * viewMatrix * vec4(pathPoint(a, b, t), 1.0);
  vec4 c0 = projectionMatrix * viewMatrix * vec4(pathPoint(a, b, max(0.0, t - 0.02)), 1.0);
  vec4 c1 = projectionMatrix * viewMatrix * vec4(pathPoint(a, b, min(1.0, t + 0.02)), 1.0);
  vec2 along = (c1.xy / c1.w - c0.xy / c0.w) * uViewport;
  along = length(along) > 1e-5 ? normalize(along) : vec2(1.0, 0.0);
  vHalf = 5.0 * uDpr;
  vSide = position.y * (vHalf + 1.0);
  vec4 s0 = projectionMatrix * viewMatrix * vec4(pathPoint(a, b, 0.0), 1.0);
  vec4 s1 = projectionMatrix * viewMatrix * vec4(pathPoint(a, b, 1.0), 1.0);
  vAlong = t * length((s1.xy / s1.w - s0.xy / s0.w) * uViewport) * 0.5;
  vDepth = clip.w;
  clip.xy += vec2(-along.y, along.x) * vSide * 2.0 / uViewport * clip.w;
  gl_Position = clip;
}`

const FRAGMENT = /* glsl */ `
varying float vSide, vHalf, vAlong, vDepth, vEdge;
void main() {
  if (vEdge > 0.001 && vEdge < 0.999) discard;
  float side = abs(vSide);
  // A line of 1.5 px with an arrowhead every 34.
  float head = mod(vAlong, 34.0 * uDpr);
  float arrow = head < 9.0 * uDpr ? vHalf * (1.0 - head / (9.0 * uDpr)) : 0.0;
  float reach = max(1.4 * uDpr, arrow);
  float alpha = clamp(reach + 0.5 - side, 0.0, 1.0) * 0.95;
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(uAccent, alpha);
}`
