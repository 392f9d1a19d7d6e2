import * as THREE from 'three'
import { material, mesh, type Shared } from '../gl/shared.ts'

/** More workers than this show no credits. */
export const CREDITS_AGENTS_MAX = 512

export interface CreditRings {
  readonly object: THREE.Mesh
  clear(): void
  /** @param share of an agent's credits that are in use, 0..1. @param foot height of the ground under it. */
  add(agent: number, foot: number, share: number): void
  upload(): void
}

/** A ring on the ground round each worker that fills with the credits in use; full, it is orange. One draw call. */
export function createCredits(shared: Shared): CreditRings {
  const geometry = new THREE.InstancedBufferGeometry()
  geometry.setAttribute(
    'position',
    new THREE.BufferAttribute(new Float32Array([-1, 0, -1, 1, 0, -1, -1, 0, 1, 1, 0, 1]), 3),
  )
  geometry.setIndex([0, 2, 1, 1, 2, 3])
  const share = new THREE.InstancedBufferAttribute(new Float32Array(3 * CREDITS_AGENTS_MAX), 3)
  share.setUsage(THREE.DynamicDrawUsage)
  geometry.setAttribute('aShare', share)
  geometry.instanceCount = 0
  const shader = material(shared, {}, VERTEX, FRAGMENT, {
    transparent: true,
    depthWrite: false,
    side: THREE.DoubleSide,
  })
  const object = mesh(geometry, shader, 1)
  object.visible = false
  return {
    object,
    clear: () => void (geometry.instanceCount = 0),
    add(agent, foot, used) {
      if (geometry.instanceCount >= CREDITS_AGENTS_MAX) return
      share.array.set([agent, foot, Math.min(1, used)], 3 * geometry.instanceCount++)
    },
    upload() {
      object.visible = geometry.instanceCount > 0
      share.needsUpdate = true
    },
  }
}

const VERTEX = /* glsl */ `
attribute vec3 aShare;
varying vec2 vAt;
varying float vUsed, vDepth;
void main() {
  vec4 place = placeOf(aShare.x), state = stateOf(aShare.x);
  if (has(state, 8) || has(state, 2) || place.w == 0.0) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vAt = position.xz;
  vUsed = aShare.z;
  vec4 view = viewMatrix * vec4(vec3(place.x, aShare.y + 0.015, place.z) + position * 1.75 * abs(place.w), 1.0);
  vDepth = -view.z;
  gl_Position = projectionMatrix * view;
}`

const FRAGMENT = /* glsl */ `
varying vec2 vAt;
varying float vUsed, vDepth;
void main() {
  float r = length(vAt);
  float px = fwidth(r);
  float width = max(0.07, 1.3 * px);
  float alpha = 1.0 - smoothstep(width - px, width + px, abs(r - 0.9));
  float turn = fract(atan(vAt.x, -vAt.y) / 6.2831853 + 1.0);
  bool used = turn < vUsed;
  vec3 colour = used ? uAccent : uLine;
  alpha *= used ? 0.95 : 0.35;
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(fogged(colour, vDepth), alpha);
}`
