import * as THREE from 'three'
import { material, mesh, type Shared } from './shared.ts'

/** Width of a stem, in radii of its agent. */
const WIDTH = 0.16

/** From the ground up to every agent that is lifted off it, so that one sees over which place it is: one draw call. */
export function createStems(shared: Shared, agents: number): THREE.Mesh {
  const geometry = new THREE.InstancedBufferGeometry()
  const corners = new Float32Array([-1, 0, 0, 1, 0, 0, -1, 1, 0, 1, 1, 0])
  geometry.setAttribute('position', new THREE.BufferAttribute(corners, 3))
  geometry.setIndex([0, 1, 2, 2, 1, 3])
  const ids = Float32Array.from({ length: agents }, (_, agent) => agent)
  geometry.setAttribute('aAgent', new THREE.InstancedBufferAttribute(ids, 1))
  geometry.instanceCount = agents
  return mesh(geometry, material(shared, {}, VERTEX, FRAGMENT, { transparent: true, depthWrite: false }), 2)
}

const VERTEX = /* glsl */ `
attribute float aAgent;
varying vec3 vColour;
varying float vAcross, vUp, vDepth;
void main() {
  vec4 place = placeOf(aAgent), state = stateOf(aAgent);
  if (has(state, 8) || place.w == 0.0 || state.z <= 0.0) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vec4 view = viewMatrix * vec4(place.xyz + vec3(0.0, state.z * position.y, 0.0), 1.0);
  // At least a pixel and a half wide, however far.
  view.x += position.x * max(abs(place.w) * ${(WIDTH / 2).toFixed(3)}, 0.75 * uDpr * -view.z / uPixels);
  vAcross = position.x;
  vUp = position.y;
  vDepth = -view.z;
  vColour = hueOf(state);
  gl_Position = projectionMatrix * view;
}`

const FRAGMENT = /* glsl */ `
varying vec3 vColour;
varying float vAcross, vUp, vDepth;
void main() {
  float edge = 1.0 - smoothstep(0.5, 1.0, abs(vAcross));
  gl_FragColor = vec4(fogged(vColour, vDepth), edge * mix(0.25, 0.7, vUp));
}`
