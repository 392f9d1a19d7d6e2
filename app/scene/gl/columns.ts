import * as THREE from 'three'
import { HEAD } from '../layout/Layout.ts'
import { HUE } from '../palette.ts'
import { material, mesh, type Shared } from './shared.ts'

/** Log entries shown above the base, and the block that stands for all below. */
export const SLICES = 14
export const COLUMN = { width: 1.2, slice: 0.36, gap: 0.05 } as const

/**
 * Replicated logs as columns: one box an entry. Solid = committed, outlined = not yet; an outlined one that is on disk
 * is filled faintly. Slot 0 is the block of everything below the base. One draw call; the state is one texel a replica.
 * `uLogs` texel k: (entries above the base, committed above it, durable above it, votes); see plates.
 */
export function createColumns(
  shared: Shared,
  majors: Int32Array,
  logs: THREE.DataTexture,
): { object: THREE.Mesh; uBase: THREE.IUniform<number> } {
  const uBase = { value: 0 }
  const geometry = new THREE.InstancedBufferGeometry()
  const box = new THREE.BoxGeometry(1, 1, 1)
  for (const name of ['position', 'normal', 'uv']) geometry.setAttribute(name, box.getAttribute(name))
  geometry.setIndex(box.index)
  const count = majors.length * (SLICES + 1)
  const of = new Float32Array(3 * count)
  for (let k = 0; k < count; k++) {
    const slot = Math.floor(k / (SLICES + 1))
    of.set([majors[slot]!, slot, k % (SLICES + 1)], 3 * k)
  }
  geometry.setAttribute('aOf', new THREE.InstancedBufferAttribute(of, 3))
  geometry.instanceCount = count
  const shader = material(shared, { uLogs: { value: logs }, uBase }, VERTEX, FRAGMENT, {
    transparent: true,
    side: THREE.DoubleSide,
  })
  return { object: mesh(geometry, shader, 2), uBase }
}

const VERTEX = /* glsl */ `
uniform sampler2D uLogs;
uniform float uBase;
attribute vec3 aOf;
varying vec3 vNormal;
varying vec2 vUv, vSize;
varying float vDepth, vState;
void main() {
  vec4 place = placeOf(aOf.x), state = stateOf(aOf.x);
  vec4 log = texelFetch(uLogs, ivec2(int(aOf.y + 0.5), 0), 0);
  float slice = aOf.z;
  bool shown = slice < 0.5 ? uBase > 0.5 && uBase + log.x > 0.5 : slice <= log.x + 0.25;
  if (!shown || has(state, 8)) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  float scale = -place.w / ${HEAD.radius.toFixed(3)};
  float tall = ${(COLUMN.slice - COLUMN.gap).toFixed(3)};
  // A log that ends below the base: its block is as full as the log.
  if (slice < 0.5 && log.x < 0.0) tall *= clamp(1.0 + log.x / uBase, 0.08, 1.0);
  float width = ${COLUMN.width.toFixed(3)};
  float bottom = (slice - (uBase > 0.5 ? 0.0 : 1.0)) * ${COLUMN.slice.toFixed(3)} + 0.04;
  vState = slice < 0.5 ? 3.0 : slice <= log.y + 0.25 ? 2.0 : slice <= log.z + 0.25 ? 1.0 : 0.0;
  // Down: what is on its disk stays, greyed.
  if (has(state, 2)) vState += 10.0;
  vec3 size = vec3(width, tall, width) * scale;
  vec3 at = vec3(place.x, place.y, place.z) + vec3(0.0, (bottom + 0.5 * tall) * scale, 0.0) + position * size;
  vNormal = normal;
  vUv = uv;
  vSize = abs(normal.y) > 0.5 ? vec2(width, width) * scale : vec2(width, tall) * scale;
  vec4 view = viewMatrix * vec4(at, 1.0);
  vDepth = -view.z;
  gl_Position = projectionMatrix * view;
}`

const FRAGMENT = /* glsl */ `
varying vec3 vNormal;
varying vec2 vUv, vSize;
varying float vDepth, vState;
void main() {
  bool down = vState > 9.0;
  float kind = down ? vState - 10.0 : vState;
  vec2 fromEdge = min(vUv, 1.0 - vUv) * vSize;
  vec2 px = fwidth(vUv) * vSize;
  float border = 1.0 - min(smoothstep(0.6, 1.7, fromEdge.x / px.x), smoothstep(0.6, 1.7, fromEdge.y / px.y));
  vec3 colour = kind > 1.5 ? uCommitted : uPending;
  if (kind > 2.5) colour = mix(colour, uGround, 0.38);
  if (down) colour = mix(uHues[${HUE.down}], colour, 0.22);
  float alpha = 1.0;
  if (kind > 1.5) {
    colour = lit(colour, vNormal) * (1.0 + 0.18 * border);
  } else {
    float fill = kind > 0.5 ? 0.26 : 0.0;
    alpha = max(fill, border * (kind > 0.5 ? 0.95 : 0.6));
    if (alpha < 0.05) discard;
    colour = mix(lit(colour, vNormal) * 0.8, colour, border);
  }
  gl_FragColor = vec4(fogged(colour, vDepth), alpha);
}`
