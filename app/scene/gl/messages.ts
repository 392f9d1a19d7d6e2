import * as THREE from 'three'
import type { FlightStore } from '../FlightStore.ts'
import { rgb } from '../palette.ts'
import type { PathShape } from '../path.ts'
import { ribbon } from './links.ts'
import { GLSL_PATH, material, mesh, pathUniforms, type Shared } from './shared.ts'

const TRAIL_SEGMENTS = 10

export interface MessagePicture {
  readonly object: THREE.Mesh
  readonly uniforms: {
    readonly uTrail: THREE.IUniform<number>
    readonly uFlow: THREE.IUniform<number>
    readonly uKinds: THREE.IUniform<THREE.Vector3[]>
  }
  setCount(count: number): void
  setKindColours(hexes: readonly string[]): void
}

/**
 * Messages in flight and how they end, in one draw call. An instance is one row of `store`; the card moves it between
 * `sent` and `due` by the clock alone, so that a frame uploads new rows only. Ends: a small ring at the receiver; an
 * orange one where a message died; two for a duplicate; a delayed one is hollow.
 */
export function createMessages(shared: Shared, store: FlightStore, shape: PathShape): MessagePicture {
  const geometry = new THREE.InstancedBufferGeometry()
  const trail = ribbon(TRAIL_SEGMENTS)
  const base = trail.corner.length / 3
  // z = 1 marks the four corners of the head (or the ring it becomes).
  const corner = Float32Array.from([...trail.corner, -1, -1, 1, 1, -1, 1, -1, 1, 1, 1, 1, 1])
  geometry.setAttribute('position', new THREE.BufferAttribute(corner, 3))
  geometry.setIndex([...trail.index, base, base + 1, base + 2, base + 2, base + 1, base + 3])
  geometry.setAttribute('aFlight', store.flight)
  geometry.setAttribute('aLook', store.look)
  geometry.instanceCount = 0
  const uniforms = {
    uTrail: { value: 50 },
    uFlow: { value: 0 },
    uKinds: { value: Array.from({ length: 6 }, () => new THREE.Vector3(1, 1, 1)) },
  }
  const shader = material(shared, { ...uniforms, ...pathUniforms(shape) }, VERTEX, FRAGMENT, {
    transparent: true,
    depthWrite: false,
    side: THREE.DoubleSide,
  })
  return {
    object: mesh(geometry, shader, 6),
    uniforms,
    setCount: (count) => void (geometry.instanceCount = count),
    setKindColours: (hexes) => hexes.forEach((hex, i) => uniforms.uKinds.value[i]!.set(...rgb(hex))),
  }
}

const VERTEX = /* glsl */ `
uniform float uTrail, uFlow;
uniform vec3 uKinds[6];
attribute vec4 aFlight, aLook;
varying vec2 vUv;
varying vec3 vColour;
varying float vAlpha, vPart, vHollow, vTwo, vDepth, vPx, vEdge;
${GLSL_PATH}
const int FATE_LOST = 1, FATE_BLOCKED = 2, FATE_TWICE = 3, FATE_DELAYED = 4, FATE_DROPPED = 5, FATE_UNHEARD = 6;

void main() {
  // 1: a flow of single messages; 2: so many that each is but a stroke.
  float flow = min(uFlow, 1.0), dense = max(uFlow - 1.0, 0.0);
  int fate = int(aLook.y + 0.5);
  bool dies = fate == FATE_LOST || fate == FATE_BLOCKED || fate == FATE_DROPPED;
  float stop = aLook.z;
  float flight = max(aFlight.y - aFlight.x, 1e-4);
  float progress = (uClock - aFlight.x) / flight;
  float endAge = (uClock - aFlight.x - stop * flight) / uEnd;
  vec4 a = placeOf(aFlight.z), b = placeOf(aFlight.w);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vEdge = 0.0;
  if (aLook.w > 0.5 || progress < 0.0 || endAge > 1.0 || a.w == 0.0 || b.w == 0.0) return;

  float head = min(progress, stop);
  float reach = min(uTrail / flight, 0.34);
  float tail = clamp(progress - reach, 0.0, stop);
  if (uStill > 0.5) { head = 0.5 * stop; tail = head; }
  bool major = a.w < 0.0 && b.w < 0.0;
  // Each direction keeps to its right, so that a question and its answer do not cover each other.
  vec3 d = wayOf(a, b);
  vec3 lane = normalize(vec3(-d.z, 0.0, d.x) + vec3(1e-5)) * (major ? 0.16 * uScale : 0.05);
  vColour = uKinds[int(aLook.x + 0.5)];
  vHollow = fate == FATE_DELAYED ? 1.0 : 0.0;
  vTwo = fate == FATE_TWICE ? 1.0 : 0.0;
  vPart = position.z;
  float size = (major ? 0.17 * uScale : 0.1) * mix(1.0, 0.72, flow) * mix(1.0, 0.7, dense) * (1.0 + 0.3 * vTwo);

  if (position.z < 0.5) {
    if (tail >= head) return;
    float t = mix(tail, head, position.x);
    vEdge = sideOf(a, b, t);
    float side = vEdge;
    float ahead = sideOf(a, b, t + 0.01) == side ? 0.01 : 0.0, behind = sideOf(a, b, t - 0.01) == side ? 0.01 : 0.0;
    vec3 here = pathPoint(a, b, t) + lane;
    vec4 clip = projectionMatrix * viewMatrix * vec4(here, 1.0);
    vec4 c0 = projectionMatrix * viewMatrix * vec4(pathPoint(a, b, t - behind) + lane, 1.0);
    vec4 c1 = projectionMatrix * viewMatrix * vec4(pathPoint(a, b, t + ahead) + lane, 1.0);
    vec2 along = (c1.xy / c1.w - c0.xy / c0.w) * uViewport;
    along = length(along) > 1e-5 ? normalize(along) : vec2(1.0, 0.0);
    float px = max(size * uPixels / clip.w, 1.1 * uDpr) * mix(0.16, 0.92, position.x);
    vUv = vec2(position.x, position.y);
    vPx = px;
    vAlpha = position.x * position.x * mix(mix(0.85, 0.5, flow), 0.26, dense) * (1.0 - clamp(endAge * 1.5, 0.0, 1.0));
    vDepth = clip.w;
    clip.xy += vec2(-along.y, along.x) * position.y * (px + 0.7) * 2.0 / uViewport * clip.w;
    gl_Position = clip;
    return;
  }
  vec4 clip = projectionMatrix * viewMatrix * vec4(pathPoint(a, b, head) + lane, 1.0);
  float px = max(size * uPixels / clip.w, mix(mix(2.0, 1.3, flow), 0.9, dense) * uDpr);
  vAlpha = mix(mix(1.0, 0.75, flow), 0.5, dense);
  if (endAge >= 0.0) {
    // After the end: a ring that opens and fades. Died: orange and larger.
    bool bad = dies || fate == FATE_UNHEARD;
    if (uFlow > 0.5 && !bad) return;
    float open = uStill > 0.5 ? 0.6 : 1.0 - (1.0 - endAge) * (1.0 - endAge);
    float grown = bad ? mix(1.6, 2.7, open) * mix(mix(1.0, 0.8, flow), 0.55, dense) : mix(1.1, major ? 2.6 : 2.2, open);
    px = max(px, 2.6 * uDpr) * grown;
    vAlpha = (1.0 - endAge * endAge) * (bad ? 1.0 : 0.75);
    if (bad) vColour = uLost;
    vPart = bad ? 3.0 : 2.0;
  }
  vUv = position.xy;
  vPx = px + 1.0;
  vDepth = clip.w;
  clip.xy += position.xy * vPx * 2.0 / uViewport * clip.w;
  gl_Position = clip;
}`

const FRAGMENT = /* glsl */ `
varying vec2 vUv;
varying vec3 vColour;
varying float vAlpha, vPart, vHollow, vTwo, vDepth, vPx, vEdge;
void main() {
  if (vEdge > 0.001 && vEdge < 0.999) discard;
  float alpha = vAlpha;
  vec3 colour = vColour;
  if (vPart < 0.5) {
    float side = abs(vUv.y) * (vPx + 0.7);
    alpha *= clamp(vPx + 0.5 - side, 0.0, 1.0);
    if (vHollow > 0.5) alpha *= 0.25 + 0.75 * smoothstep(vPx - 2.0, vPx - 0.8, side);
    if (vTwo > 0.5) alpha *= smoothstep(0.15, 0.35, abs(vUv.y));
  } else {
    float r = length(vUv) * vPx;
    float inner = 0.0;
    if (vPart > 1.5) inner = vPx - (vPart > 2.5 ? 3.2 : 2.4) * uDpr;
    else if (vHollow > 0.5) inner = vPx - 2.6 * uDpr;
    alpha *= clamp(vPx - r, 0.0, 1.0) * clamp(r - inner + 0.5, 0.0, 1.0);
    if (vPart < 1.5 && vTwo > 0.5) alpha *= clamp(abs(r - vPx * 0.62) + 0.1, 0.0, 1.0);
    if (vPart < 1.5 && vHollow < 0.5)
      colour = mix(colour, mix(vec3(1.0), colour, uLight), 0.55 * (1.0 - smoothstep(0.1, 0.8, r / vPx)));
    // A duplicate ends in two rings.
    if (vPart > 1.5 && vTwo > 0.5) alpha = max(alpha, vAlpha * clamp(1.3 - abs(r - vPx * 0.5), 0.0, 1.0));
  }
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(fogged(colour, vDepth * 0.8), alpha);
}`
