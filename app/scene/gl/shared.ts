import * as THREE from 'three'
import { AGENT_HUES, rgb, STAGE_THEMES } from '../palette.ts'
import type { PathShape } from '../path.ts'
import type { Theme } from '../types.ts'

/** Texels a row of the per-agent textures. */
export const TEXELS = 256

/**
 * What every shader of the stage reads. One object, shared by reference: writing `.value` reaches all materials.
 * `uPlaces` (x, y, z, radius; negative radius = major) is uploaded once a layout, `uState` when a frame is new:
 * hue index, time of the latest delivery (ms of the shader clock), lift above the anchor, STATE_FLAGS.
 */
export function createShared(capacity: number) {
  const rows = Math.ceil(Math.max(1, capacity) / TEXELS)
  const places = floatTexture(TEXELS, rows)
  const state = floatTexture(TEXELS, rows)
  const uniforms = {
    uPlaces: { value: places },
    uState: { value: state },
    uClock: { value: 0 },
    uEnd: { value: 90 },
    uViewport: { value: new THREE.Vector2(1, 1) },
    uPixels: { value: 1 },
    uDpr: { value: 1 },
    uGround: { value: new THREE.Vector3() },
    uLine: { value: new THREE.Vector3() },
    uText: { value: new THREE.Vector3() },
    uAccent: { value: new THREE.Vector3() },
    uLost: { value: new THREE.Vector3() },
    uCommitted: { value: new THREE.Vector3() },
    uPending: { value: new THREE.Vector3() },
    uHues: { value: AGENT_HUES.map(() => new THREE.Vector3()) },
    uFog: { value: new THREE.Vector2(1e6, 2e6) },
    uLight: { value: 0 },
    uScale: { value: 1 },
    uStill: { value: 0 },
  }
  return { uniforms, places: places.image.data as Float32Array, state: state.image.data as Float32Array, rows }
}
export type Shared = ReturnType<typeof createShared>

export const STATE_FLAGS = { sphere: 1, down: 2, paused: 4, absent: 8 } as const

/** Outline of an agent drawn as a sprite, in bits 4 and 5 of its flags: what tells roles apart without colour. */
export const OUTLINE = { ball: 0, diamond: 16, triangle: 32, square: 48 } as const

/** Bits 6 to 8: the logarithm of the messages that wait for the agent. */
export const WAITING_SHIFT = 6

export function floatTexture(width: number, height: number): THREE.DataTexture {
  const texture = new THREE.DataTexture(
    new Float32Array(4 * width * height),
    width,
    height,
    THREE.RGBAFormat,
    THREE.FloatType,
  )
  texture.needsUpdate = true
  return texture
}

export function paint(shared: Shared, theme: Theme): void {
  const colours = STAGE_THEMES[theme]
  const { uniforms } = shared
  const set = (uniform: { value: THREE.Vector3 }, hex: string): void => void uniform.value.set(...rgb(hex))
  set(uniforms.uGround, colours.ground)
  set(uniforms.uLine, colours.line)
  set(uniforms.uText, colours.text)
  set(uniforms.uAccent, colours.accent)
  set(uniforms.uLost, colours.lost)
  set(uniforms.uCommitted, colours.committed)
  set(uniforms.uPending, colours.pending)
  AGENT_HUES.forEach((name, i) => uniforms.uHues.value[i]!.set(...rgb(colours.hues[name])))
  uniforms.uLight.value = theme === 'light' ? 1 : 0
}

/** Declarations and look-ups that most shaders start with. */
export const GLSL_SHARED = /* glsl */ `
uniform sampler2D uPlaces, uState;
uniform float uClock, uEnd, uPixels, uDpr, uLight, uScale, uStill;
uniform vec2 uViewport, uFog;
uniform vec3 uGround, uLine, uText, uAccent, uLost, uCommitted, uPending;
uniform vec3 uHues[${AGENT_HUES.length}];

ivec2 texelOf(float agent) {
  int n = int(agent + 0.5);
  return ivec2(n % ${TEXELS}, n / ${TEXELS});
}
vec4 placeOf(float agent) { return texelFetch(uPlaces, texelOf(agent), 0); }
vec4 stateOf(float agent) { return texelFetch(uState, texelOf(agent), 0); }
vec3 hueOf(vec4 state) { return uHues[int(state.x + 0.5)]; }
int outlineOf(vec4 state) { return (int(state.w + 0.5) >> 4) & 3; }
/** How much larger an agent is for the messages that wait for it. */
float swollen(vec4 state) { return 1.0 + 0.09 * float((int(state.w + 0.5) >> ${WAITING_SHIFT}) & 7); }
bool has(vec4 state, int flag) { return (int(state.w + 0.5) & flag) != 0; }
vec3 fogged(vec3 colour, float distance) {
  return mix(colour, uGround, 0.7 * smoothstep(uFog.x, uFog.y, distance));
}
/** One soft key light from the upper left of the camera, sky and ground. */
vec3 lit(vec3 colour, vec3 normal) {
  float key = max(0.0, dot(normal, normalize(vec3(-0.45, 0.8, 0.55))));
  float sky = 0.5 + 0.5 * normal.y;
  return colour * (mix(0.42, 0.6, uLight) + 0.2 * sky + 0.42 * key);
}
`

/** The path of a message; \`pathPoint\` in app/scene/path.ts is the same on the CPU. */
export const GLSL_PATH = /* glsl */ `
uniform float uTrim, uArc;
uniform vec2 uWrap;
float around(float d, float size) {
  return size > 0.0 && abs(d) > 0.5 * size ? d - sign(d) * size : d;
}
/** From agent to agent; on a sheet whose edges meet, the short way. */
vec3 wayOf(vec4 a, vec4 b) {
  vec3 d = b.xyz - a.xyz;
  return vec3(around(d.x, uWrap.x), d.y, around(d.z, uWrap.y));
}
/** Ends are trimmed to the rims of the two agents; majors are joined by an arc, others by a straight line. */
vec3 pathPoint(vec4 a, vec4 b, float t) {
  vec3 d = wayOf(a, b);
  float len = max(length(d), 1e-4);
  float trimA = a.w < 0.0 ? -a.w * uTrim : a.w;
  float trimB = b.w < 0.0 ? -b.w * uTrim : b.w;
  float room = max(len - trimA - trimB, 0.1 * len);
  float start = min(trimA, 0.45 * len) / len;
  float s = start + t * room / len;
  float rise = a.w < 0.0 && b.w < 0.0 ? 0.5 * len * uArc : 0.0;
  vec3 at = s > 0.5 ? b.xyz - d * (1.0 - s) : a.xyz + d * s;
  return vec3(at.x, a.y + d.y * s + rise * 4.0 * t * (1.0 - t), at.z);
}
/** Which side of the edge a point of the path is on, 0 or 1; always 0 where the path crosses none. */
float sideOf(vec4 a, vec4 b, float t) {
  vec3 way = wayOf(a, b);
  vec3 d = b.xyz - a.xyz;
  if (abs(way.x - d.x) + abs(way.z - d.z) < 1e-3) return 0.0;
  float len = max(length(way), 1e-4);
  float trimA = a.w < 0.0 ? -a.w * uTrim : a.w;
  float trimB = b.w < 0.0 ? -b.w * uTrim : b.w;
  float s = min(trimA, 0.45 * len) / len + t * max(len - trimA - trimB, 0.1 * len) / len;
  return s > 0.5 ? 1.0 : 0.0;
}
`

/** The uniforms of GLSL_PATH. */
export const pathUniforms = ({ trim, arc, wrap }: PathShape) => ({
  uTrim: { value: trim },
  uArc: { value: arc },
  uWrap: { value: new THREE.Vector2(...wrap) },
})

export function material(
  shared: Shared,
  uniforms: Record<string, THREE.IUniform>,
  vertexShader: string,
  fragmentShader: string,
  options: THREE.ShaderMaterialParameters = {},
): THREE.ShaderMaterial {
  return new THREE.ShaderMaterial({
    uniforms: { ...shared.uniforms, ...uniforms },
    vertexShader: GLSL_SHARED + vertexShader,
    fragmentShader: GLSL_SHARED + fragmentShader,
    toneMapped: false,
    ...options,
  })
}

export function mesh(geometry: THREE.BufferGeometry, shader: THREE.Material, order: number): THREE.Mesh {
  const object = new THREE.Mesh(geometry, shader)
  // Vertices are placed in the shader: three's own bounds would be wrong.
  object.frustumCulled = false
  object.renderOrder = order
  return object
}
