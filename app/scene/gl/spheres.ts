import * as THREE from 'three'
import { material, mesh, type Shared } from './shared.ts'

/**
 * Every agent that is a sphere, as shaded sprites: one quad an agent, one draw call. Far ones never shrink below a
 * visible dot. A delivery brightens its receiver for a moment; a crashed one carries a cross, a paused one two bars.
 * Roles of plain members have outlines: news spreads as diamonds, suspicion is a triangle, what waits is a square; each
 * is a little larger than who has nothing to say, so that the difference is seen from afar as well.
 */
export function createSpheres(shared: Shared, agents: number): THREE.Mesh {
  const geometry = new THREE.InstancedBufferGeometry()
  geometry.setAttribute(
    'position',
    new THREE.BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0]), 3),
  )
  geometry.setIndex([0, 1, 2, 2, 1, 3])
  geometry.setAttribute(
    'aAgent',
    new THREE.InstancedBufferAttribute(
      Float32Array.from({ length: agents }, (_, i) => i),
      1,
    ),
  )
  geometry.instanceCount = agents
  const shader = material(shared, {}, VERTEX, FRAGMENT, { alphaToCoverage: true })
  return mesh(geometry, shader, 4)
}

const VERTEX = /* glsl */ `
attribute float aAgent;
varying vec2 vUv;
varying vec3 vColour;
varying float vDepth, vPx, vPulse;
varying float vMark, vSoft, vOutline;
void main() {
  vec4 place = placeOf(aAgent), state = stateOf(aAgent);
  vUv = position.xy;
  if (!has(state, 1) || place.w == 0.0) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  int outline = outlineOf(state);
  vOutline = float(outline);
  // Diamonds and triangles cover less of their square than a ball does.
  float radius = abs(place.w) * swollen(state) * (outline == 0 ? 1.0 : outline == 3 ? 1.2 : 1.45);
  vec4 view = viewMatrix * vec4(place.xyz + vec3(0.0, state.z, 0.0), 1.0);
  float age = (uClock - state.y) / uEnd;
  vPulse = age >= 0.0 && age < 1.0 ? (1.0 - age) * (1.0 - uStill) : 0.0;
  vSoft = place.w < 0.0 ? 0.5 : 1.0;
  radius *= 1.0 + 0.22 * vPulse * vPulse * vSoft;
  float px = radius * uPixels / -view.z;
  // One pixel wider for the smooth edge; at least 1.4 px to stay visible.
  float grown = max(px, 1.4 * uDpr) + 1.0;
  vPx = grown;
  view.xy += position.xy * radius * grown / px;
  // A sprite stands in the middle of its ball: nearer by a radius, as its front would be.
  view.z += radius * 0.6;
  vDepth = -view.z;
  vColour = hueOf(state);
  vMark = has(state, 2) ? 1.0 : has(state, 4) ? 2.0 : 0.0;
  gl_Position = projectionMatrix * view;
}`

const FRAGMENT = /* glsl */ `
varying vec2 vUv;
varying vec3 vColour;
varying float vDepth, vPx, vPulse;
varying float vMark, vSoft, vOutline;
/** 1 at the outline, less inside. */
float outline(vec2 at) {
  if (vOutline < 0.5) return length(at);
  if (vOutline < 1.5) return abs(at.x) + abs(at.y);
  if (vOutline < 2.5) return max(abs(at.x) * 1.1 + at.y * 0.6 + 0.35, -at.y * 1.5);
  return max(abs(at.x), abs(at.y)) * 1.2;
}
void main() {
  float edge = (1.0 - outline(vUv)) * vPx;
  if (edge <= 0.0) discard;
  vec2 at = vUv * vPx / max(vPx - 1.0, 0.5);
  if (vOutline > 0.5) at *= 0.7;
  vec3 normal = vec3(at, sqrt(max(0.0, 1.0 - dot(at, at))));
  float key = max(0.0, dot(normal, vec3(-0.42, 0.72, 0.55)));
  float rim = 1.0 - normal.z;
  vec3 colour = vColour * (mix(0.64, 0.78, uLight) + 0.42 * key) + vec3(0.12) * pow(key, 14.0);
  colour *= 1.0 - mix(0.3, 0.18, uLight) * rim * rim;
  colour = mix(colour, vec3(1.0), mix(0.34, 0.5, uLight) * vPulse * vPulse * vSoft);
  if (vPx > 4.5 && vMark > 0.5) {
    float glyph = vMark < 1.5
      ? 1.0 - smoothstep(0.1, 0.2, min(abs(at.x - at.y), abs(at.x + at.y)))
      : 1.0 - smoothstep(0.1, 0.18, abs(abs(at.x) - 0.28));
    colour = mix(colour, uGround, 0.85 * glyph * step(max(abs(at.x), abs(at.y)), 0.6));
  }
  gl_FragColor = vec4(fogged(colour, vDepth), clamp(edge, 0.0, 1.0));
}`
