import * as THREE from 'three'
import { material, mesh, type Shared } from './shared.ts'

/** A ring round the selected agent (accent) and a thinner one round the hovered one; −1 hides. */
export function createMarkers(shared: Shared): { object: THREE.Mesh; uMarked: THREE.IUniform<THREE.Vector2> } {
  const uMarked = { value: new THREE.Vector2(-1, -1) }
  const geometry = new THREE.InstancedBufferGeometry()
  geometry.setAttribute(
    'position',
    new THREE.BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0]), 3),
  )
  geometry.setIndex([0, 1, 2, 2, 1, 3])
  geometry.setAttribute('aWhich', new THREE.InstancedBufferAttribute(new Float32Array([0, 1]), 1))
  geometry.instanceCount = 2
  const shader = material(
    shared,
    { uMarked },
    /* glsl */ `
uniform vec2 uMarked;
attribute float aWhich;
varying vec2 vUv;
varying float vPx, vWhich;
void main() {
  float agent = aWhich < 0.5 ? uMarked.x : uMarked.y;
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if (agent < -0.5 || (aWhich > 0.5 && abs(uMarked.x - uMarked.y) < 0.5)) return;
  vec4 place = placeOf(agent), state = stateOf(agent);
  if (has(state, 8) || place.w == 0.0) return;
  vec4 clip = projectionMatrix * viewMatrix * vec4(place.xyz + vec3(0.0, state.z, 0.0), 1.0);
  vPx = max(abs(place.w) * 1.4 * uPixels / clip.w + 3.0 * uDpr, 8.0 * uDpr);
  vUv = position.xy;
  vWhich = aWhich;
  clip.xy += position.xy * (vPx + 1.0) * 2.0 / uViewport * clip.w;
  gl_Position = clip;
}`,
    /* glsl */ `
varying vec2 vUv;
varying float vPx, vWhich;
void main() {
  float r = length(vUv) * (vPx + 1.0);
  float alpha = clamp((vWhich < 0.5 ? 1.6 : 1.1) * uDpr - abs(r - vPx + 1.5 * uDpr), 0.0, 1.0)
    * (vWhich < 0.5 ? 1.0 : 0.7);
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(vWhich < 0.5 ? uAccent : uText, alpha);
}`,
    { transparent: true, depthTest: false, depthWrite: false },
  )
  return { object: mesh(geometry, shader, 7), uMarked }
}
