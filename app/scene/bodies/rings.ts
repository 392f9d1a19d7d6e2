import * as THREE from 'three'
import { material, mesh, type Shared } from '../gl/shared.ts'

/** What a ring means. */
export const RING = { selected: 0, hovered: 1, sense: 2, found: 3, placing: 4, wind: 5, landmark: 6 } as const
const RINGS_MAX = 64

export interface RingPicture {
  readonly object: THREE.Mesh
  /** Starts anew; rings are then added in any order. */
  begin(): void
  /**
   * @param x, y, z units of the stage
   * @param radius units of the stage; of an arrow, its length
   * @param turn of an arrow: radians on the ground, from x towards the viewer
   */
  add(kind: number, x: number, y: number, z: number, radius: number, turn?: number): void
  end(): void
}

/**
 * Everything that points something out, in one draw call, over all else: rings that face the eye round a body, rings on
 * the ground (in three dimensions, spheres' outlines) of what is perceived, found, always
 * there or about to be placed, and the wind.
 */
export function createRings(shared: Shared, flat: boolean): RingPicture {
  const geometry = new THREE.InstancedBufferGeometry()
  const corners = new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0])
  geometry.setAttribute('position', new THREE.BufferAttribute(corners, 3))
  geometry.setIndex([0, 1, 2, 2, 1, 3])
  const places = new THREE.InstancedBufferAttribute(new Float32Array(4 * RINGS_MAX), 4)
  const looks = new THREE.InstancedBufferAttribute(new Float32Array(2 * RINGS_MAX), 2)
  geometry.setAttribute('aPlace', places.setUsage(THREE.DynamicDrawUsage))
  geometry.setAttribute('aLook', looks.setUsage(THREE.DynamicDrawUsage))
  geometry.instanceCount = 0
  const shader = material(shared, { uFlat: { value: flat ? 1 : 0 } }, VERTEX, FRAGMENT, {
    transparent: true,
    depthWrite: false,
    depthTest: false,
    side: THREE.DoubleSide,
  })
  let count = 0
  return {
    object: mesh(geometry, shader, 9),
    begin: () => void (count = 0),
    add(kind, x, y, z, radius, turn = 0) {
      if (count === RINGS_MAX) return
      const at = places.array
      at[4 * count] = x
      at[4 * count + 1] = y
      at[4 * count + 2] = z
      at[4 * count + 3] = radius
      looks.array[2 * count] = kind
      looks.array[2 * count + 1] = turn
      count++
    },
    end() {
      geometry.instanceCount = count
      if (count === 0) return
      places.needsUpdate = true
      looks.needsUpdate = true
    },
  }
}

const VERTEX = /* glsl */ `
uniform float uFlat;
attribute vec4 aPlace;
attribute vec2 aLook;
varying vec2 vUv;
varying float vKind, vPx;
void main() {
  vKind = aLook.x;
  vec4 view = viewMatrix * vec4(aPlace.xyz, 1.0);
  float px = aPlace.w * uPixels / -view.z;
  bool faces = vKind < 1.5 || (uFlat < 0.5 && abs(vKind - 5.0) > 0.5);
  if (faces) {
    vPx = (vKind < 1.5 ? max(px + 3.0 * uDpr, 8.0 * uDpr) : px) + 2.0;
    vUv = position.xy;
    vec4 clip = projectionMatrix * view;
    clip.xy += position.xy * vPx * 2.0 / uViewport * clip.w;
    gl_Position = clip;
    return;
  }
  float c = cos(aLook.y), s = sin(aLook.y);
  vec2 at = position.xy * (1.0 + 3.0 / max(px, 3.0));
  vUv = at;
  vPx = px;
  vec2 turned = vec2(c * at.x - s * at.y, s * at.x + c * at.y) * aPlace.w;
  gl_Position = projectionMatrix * viewMatrix * vec4(aPlace.xyz + vec3(turned.x, 0.03, turned.y), 1.0);
}`

const FRAGMENT = /* glsl */ `
varying vec2 vUv;
varying float vKind, vPx;
void main() {
  float r = length(vUv);
  float pixel = max(fwidth(r), 1e-4);
  vec3 colour = uText;
  float alpha = 0.0;
  if (vKind < 1.5) {
    float off = abs(r * vPx - vPx + 2.0 * uDpr);
    alpha = clamp((vKind < 0.5 ? 1.6 : 1.1) * uDpr - off, 0.0, 1.0) * (vKind < 0.5 ? 1.0 : 0.75);
    if (vKind < 0.5) colour = uAccent;
  } else if (vKind < 4.5 || vKind > 5.5) {
    float line = 1.0 - smoothstep(0.5 * uDpr, 1.2 * uDpr, abs(r - 1.0) / pixel);
    float fill = 1.0 - smoothstep(1.0 - pixel, 1.0, r);
    if (vKind < 2.5) {
      colour = uAccent;
      alpha = max(0.55 * line, 0.05 * fill);
    } else if (vKind < 3.5) {
      colour = uText;
      float dash = step(fract(atan(vUv.y, vUv.x) * 6.0), 0.6);
      alpha = 0.8 * line * dash;
    } else if (vKind > 5.5) {
      alpha = max(0.7 * line, 0.09 * fill);
    } else {
      colour = uLost;
      alpha = max(0.95 * line, 0.2 * fill);
    }
  } else {
    // An arrow along x: shaft and head.
    float shaft = max(abs(vUv.y) - 0.07, abs(vUv.x + 0.25) - 0.65);
    float head = max(abs(vUv.y) * 0.9 + (vUv.x - 0.95) * 0.55, 0.35 - vUv.x);
    float arrow = min(shaft, head);
    alpha = 0.85 * clamp(0.5 - arrow / max(fwidth(arrow), 1e-4), 0.0, 1.0);
  }
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(colour, alpha);
}`
