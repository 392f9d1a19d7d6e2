import * as THREE from 'three'
import { GLSL_PATH, material, mesh, pathUniforms, type Shared } from '../gl/shared.ts'
import type { PathShape } from '../path.ts'
import type { Breaker } from './taskView.ts'

/** More breakers at once are not drawn. */
export const BREAKERS_MAX = 512

export interface BreakerRings {
  readonly object: THREE.Mesh
  set(breakers: readonly Breaker[]): void
}

/** A ring on the link to a server whose breaker is not closed: broken in two while it is open, dashed half open. */
export function createBreakers(shared: Shared, shape: PathShape): BreakerRings {
  const geometry = new THREE.InstancedBufferGeometry()
  geometry.setAttribute(
    'position',
    new THREE.BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0]), 3),
  )
  geometry.setIndex([0, 1, 2, 2, 1, 3])
  const which = new THREE.InstancedBufferAttribute(new Float32Array(3 * BREAKERS_MAX), 3)
  geometry.setAttribute('aWhich', which)
  geometry.instanceCount = 0
  const shader = material(shared, pathUniforms(shape), VERTEX, FRAGMENT, {
    transparent: true,
    depthTest: false,
    depthWrite: false,
  })
  const object = mesh(geometry, shader, 8)
  object.visible = false
  return {
    object,
    set(breakers) {
      const count = Math.min(BREAKERS_MAX, breakers.length)
      for (let k = 0; k < count; k++) {
        const { owner, server, half } = breakers[k]!
        which.array.set([owner, server, half ? 1 : 0], 3 * k)
      }
      geometry.instanceCount = count
      object.visible = count > 0
      which.needsUpdate = true
    },
  }
}

const VERTEX = /* glsl */ `
attribute vec3 aWhich;
varying vec2 vUv;
varying float vPx, vHalfOpen;
${GLSL_PATH}
void main() {
  vec4 a = placeOf(aWhich.x), b = placeOf(aWhich.y);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if (a.w == 0.0 || b.w == 0.0 || has(stateOf(aWhich.y), 8)) return;
  vec4 clip = projectionMatrix * viewMatrix * vec4(pathPoint(a, b, 0.8), 1.0);
  vPx = clamp(0.42 * uScale * uPixels / clip.w, 6.0 * uDpr, 16.0 * uDpr);
  vUv = position.xy;
  vHalfOpen = aWhich.z;
  clip.xy += position.xy * (vPx + 1.5) * 2.0 / uViewport * clip.w;
  gl_Position = clip;
}`

const FRAGMENT = /* glsl */ `
varying vec2 vUv;
varying float vPx, vHalfOpen;
void main() {
  float r = length(vUv) * (vPx + 1.5);
  float thick = 1.5 * uDpr;
  float alpha = clamp(thick + 0.5 - abs(r - vPx + thick), 0.0, 1.0);
  float turn = fract(atan(vUv.y, vUv.x) / 6.2831853 + 0.125);
  // Open: two halves that do not meet. Half open: eight dashes.
  if (vHalfOpen > 0.5) alpha *= step(fract(turn * 8.0), 0.58);
  else alpha *= step(0.11, abs(fract(turn * 2.0) - 0.5));
  float inside = vHalfOpen > 0.5 ? 0.0 : clamp(vPx - r, 0.0, 1.0) * 0.16;
  alpha = max(alpha, inside);
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(vHalfOpen > 0.5 ? mix(uLost, uPending, 0.55) : uLost, alpha);
}`
