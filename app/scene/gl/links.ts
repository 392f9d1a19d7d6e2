import * as THREE from 'three'
import type { PathShape } from '../path.ts'
import { GLSL_PATH, material, mesh, pathUniforms, type Shared } from './shared.ts'

/** Screen-space quads up to here, hairlines above. */
export const QUAD_LINKS_MAX = 2_000
/** Up to here every link is drawn in full; above, only the active and the selected agent's. */
export const FULL_LINKS_MAX = 300

export interface LinkPicture {
  readonly object: THREE.Mesh | THREE.LineSegments
  /** (1 per link) ms of the shader clock until which the link was last in use. */
  readonly active: THREE.InstancedBufferAttribute
  /** (2 per link) strength, and 1 where it is cut. */
  readonly style: THREE.InstancedBufferAttribute
  readonly uniforms: {
    readonly uSelected: THREE.IUniform<number>
    /** How strongly its links are drawn: a thousand of them would cover everything else. */
    readonly uChosen: THREE.IUniform<number>
    readonly uFaint: THREE.IUniform<number>
  }
  setCount(count: number): void
}

/**
 * Links in one draw call. Between majors they bend as messages do; strength is width; dashed where cut or an end is
 * down.
 * @param ends 2·n agent ids.
 * @param weights n strengths, 1 = plain.
 * @param crowd how many lines across the whole picture they are worth: a lattice of short links is no hairball.
 */
export function createLinks(
  shared: Shared,
  ends: Int32Array,
  weights: Float32Array,
  shape: PathShape,
  crowd: number,
): LinkPicture {
  const n = ends.length / 2
  const quads = n <= QUAD_LINKS_MAX
  const geometry = new THREE.InstancedBufferGeometry()
  const segments = quads ? (n <= FULL_LINKS_MAX ? 28 : 6) : 1
  const { corner, index } = quads ? ribbon(segments) : hairline()
  // Named position: three counts vertices by it.
  geometry.setAttribute('position', new THREE.BufferAttribute(corner, 3))
  if (index) geometry.setIndex(index)
  geometry.setAttribute('aEnds', new THREE.InstancedBufferAttribute(Float32Array.from(ends), 2))
  const style = new THREE.InstancedBufferAttribute(new Float32Array(2 * n), 2)
  for (let i = 0; i < n; i++) style.array[2 * i] = weights[i]!
  geometry.setAttribute('aStyle', style)
  const active = new THREE.InstancedBufferAttribute(new Float32Array(n).fill(-1e9), 1)
  active.setUsage(THREE.DynamicDrawUsage)
  geometry.setAttribute('aActive', active)
  geometry.instanceCount = n
  const faint = n <= FULL_LINKS_MAX ? 1 : Math.min(0.6, 0.8 * (FULL_LINKS_MAX / Math.max(1, crowd)) ** 0.75)
  const uniforms = { uSelected: { value: -1 }, uChosen: { value: 0.9 }, uFaint: { value: faint } }
  const shader = material(shared, { ...uniforms, ...pathUniforms(shape) }, VERTEX, FRAGMENT, {
    transparent: true,
    depthWrite: false,
    side: THREE.DoubleSide,
  })
  const object = quads ? mesh(geometry, shader, 5) : new THREE.LineSegments(geometry, shader)
  object.frustumCulled = false
  object.renderOrder = 5
  return { object, active, style, uniforms, setCount: (count) => void (geometry.instanceCount = Math.min(n, count)) }
}

/** x = where along the path 0..1, y = side −1 / 1. */
export function ribbon(segments: number): { corner: Float32Array; index: number[] } {
  const corner = new Float32Array(6 * (segments + 1))
  const index: number[] = []
  for (let k = 0; k <= segments; k++) {
    corner.set([k / segments, -1, 0, k / segments, 1, 0], 6 * k)
    if (k < segments) index.push(2 * k, 2 * k + 1, 2 * k + 2, 2 * k + 2, 2 * k + 1, 2 * k + 3)
  }
  return { corner, index }
}
const hairline = (): { corner: Float32Array; index: null } => ({
  corner: new Float32Array([0, 0, 0, 1, 0, 0]),
  index: null,
})

const VERTEX = /* glsl */ `
uniform float uSelected, uChosen, uFaint;
attribute vec2 aEnds, aStyle;
attribute float aActive;
varying float vAlpha, vAlong, vDash, vSide, vHalf, vDepth, vChosen, vEdge;
${GLSL_PATH}
void main() {
  vec4 a = placeOf(aEnds.x), b = placeOf(aEnds.y);
  vec4 sa = stateOf(aEnds.x), sb = stateOf(aEnds.y);
  if (has(sa, 8) || has(sb, 8) || a.w == 0.0 || b.w == 0.0) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  float t = position.x;
  vEdge = sideOf(a, b, t);
  vec3 here = pathPoint(a, b, t);
  // Over an edge the direction is that of the same side.
  float step = sideOf(a, b, t + 0.01) == vEdge ? 0.01 : 0.0, back = sideOf(a, b, t - 0.01) == vEdge ? 0.01 : 0.0;
  vec3 ahead = pathPoint(a, b, t + step), behind = pathPoint(a, b, t - back);
  vec4 clip = projectionMatrix * viewMatrix * vec4(here, 1.0);
  vec4 c0 = projectionMatrix * viewMatrix * vec4(behind, 1.0);
  vec4 c1 = projectionMatrix * viewMatrix * vec4(ahead, 1.0);
  vec2 along = (c1.xy / c1.w - c0.xy / c0.w) * uViewport;
  along = length(along) > 1e-5 ? normalize(along) : vec2(1.0, 0.0);
  float major = a.w < 0.0 && b.w < 0.0 ? 1.0 : 0.0;
  vChosen = abs(aEnds.x - uSelected) < 0.5 || abs(aEnds.y - uSelected) < 0.5 ? 1.0 : 0.0;
  float busy = 1.0 - smoothstep(0.0, 4.0 * uEnd, uClock - aActive);
  float dead = aStyle.y > 0.5 || has(sa, 2) || has(sb, 2) ? 1.0 : 0.0;
  vDash = dead;
  vAlpha = mix(mix(0.3, 0.36, major) * uFaint, mix(0.48, 0.58, major),
    busy * (1.0 - dead) * mix(0.35, 1.0, sqrt(uFaint)));
  vAlpha = mix(vAlpha, uChosen, vChosen * mix(0.5, 1.0, 1.0 - dead));
  if (dead > 0.5) vAlpha = max(vAlpha, 0.45 * uFaint);
  vHalf = 0.55 + 0.55 * clamp(log2(max(aStyle.x, 0.25)) + 0.35 * major, 0.0, 3.0) + 0.35 * vChosen;
  vHalf *= uDpr;
  vSide = position.y * (vHalf + 1.0);
  vAlong = t * length(wayOf(a, b)) / (major > 0.5 ? 0.75 * uScale : 0.3);
  vDepth = clip.w;
  clip.xy += vec2(-along.y, along.x) * vSide * 2.0 / uViewport * clip.w;
  gl_Position = clip;
}`

const FRAGMENT = /* glsl */ `
varying float vAlpha, vAlong, vDash, vSide, vHalf, vDepth, vChosen, vEdge;
void main() {
  // The piece that joins two sides of an edge lies across the whole sheet.
  if (vEdge > 0.001 && vEdge < 0.999) discard;
  float alpha = vAlpha * clamp(vHalf + 0.5 - abs(vSide), 0.0, 1.0);
  if (vDash > 0.5) alpha *= step(fract(vAlong), 0.5);
  if (alpha < 0.004) discard;
  gl_FragColor = vec4(fogged(mix(uLine, uAccent, vChosen), vDepth), alpha);
}`
