import * as THREE from 'three'
import type { Frame } from '../../../engine/frame/frame.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { material, mesh, type Shared } from '../gl/shared.ts'
import { rgb } from '../palette.ts'
import type { Theme } from '../types.ts'
import { FADE_SHARE, fieldRamp, shareOf, VIRIDIS } from './ramp.ts'
import type { World } from './world.ts'

/** Sides of the landscape's mesh; finer fields keep all their cells in its colours. */
const MESH_MAX = 256
/** What is left of a scent below this is not worth a landscape. */
const MAX_LEAST = 1e-3
/** Height of the largest value, units of the stage. */
const RELIEF = 3.4

/** What every shader that stands on the landscape reads. `uFieldMax` 0: there is none, and all is flat. */
export function fieldUniforms(info: StageInfo, cell: number) {
  const space = info.space!
  return {
    uField: {
      value: emptyTexture(space.layers.length > 0 ? space.columns : 1, space.layers.length > 0 ? space.rows : 1),
    },
    uFieldMax: { value: 0 },
    uFieldSize: { value: new THREE.Vector2(space.columns, space.rows) },
    uCellSide: { value: cell },
    uRelief: { value: 0 },
  }
}
export type FieldUniforms = ReturnType<typeof fieldUniforms>

function emptyTexture(columns: number, rows: number): THREE.DataTexture {
  return new THREE.DataTexture(new Float32Array(columns * rows), columns, rows, THREE.RedFormat, THREE.FloatType)
}

/** `shareAt` of a place of the world, 0..1: the square root of its part of the maximum, bilinear between cells. */
export const GLSL_FIELD = /* glsl */ `
uniform sampler2D uField;
uniform float uFieldMax, uCellSide, uRelief;
uniform vec2 uFieldSize;
float cellShare(vec2 cell) {
  ivec2 at = ivec2(clamp(cell, vec2(0.0), uFieldSize - 1.0));
  return sqrt(clamp(texelFetch(uField, at, 0).r / uFieldMax, 0.0, 1.0));
}
float shareAt(vec2 world) {
  if (uFieldMax <= 0.0) return 0.0;
  vec2 cell = world / uCellSide - 0.5;
  vec2 low = floor(cell), part = cell - low;
  return mix(mix(cellShare(low), cellShare(low + vec2(1.0, 0.0)), part.x),
    mix(cellShare(low + vec2(0.0, 1.0)), cellShare(low + 1.0), part.x), part.y);
}
/** The same by quadratic B-splines over nine cells: a landscape without steps. */
float smoothShareAt(vec2 world) {
  if (uFieldMax <= 0.0) return 0.0;
  vec2 cell = world / uCellSide - 0.5;
  vec2 middle = floor(cell + 0.5), f = cell - middle;
  vec2 before = 0.5 * (0.5 - f) * (0.5 - f), after = 0.5 * (0.5 + f) * (0.5 + f);
  vec2 here = 1.0 - before - after;
  float sum = 0.0;
  for (int r = -1; r <= 1; r++) {
    float row = r < 0 ? before.y : r > 0 ? after.y : here.y;
    vec2 at = middle + vec2(0.0, r);
    sum += row * (before.x * cellShare(at - vec2(1.0, 0.0)) + here.x * cellShare(at)
      + after.x * cellShare(at + vec2(1.0, 0.0)));
  }
  return sum;
}
float heightAt(vec2 world) { return uRelief > 0.0 ? uRelief * smoothShareAt(world) : 0.0; }
`

export interface FieldPicture {
  readonly object: THREE.Mesh
  readonly uniforms: FieldUniforms
  /** Largest value of the layer. */
  max: number
  /** Shows a layer of a new frame, as a landscape or flat. Returns the bytes uploaded. */
  show(frame: Frame, layer: number): number
  setLook(shown: boolean, relief: boolean, contours: boolean): void
  /** Height of the landscape at a place of the world, units of the stage: what the shaders see. */
  heightAt(x: number, y: number): number
  setTheme(theme: Theme): void
  dispose(): void
}

/** A layer as height and colour in one draw call; the texture is the frame's own memory. */
export function createField(shared: Shared, world: World, info: StageInfo, uniforms: FieldUniforms): FieldPicture {
  const { columns, rows } = info.space!
  const cells = columns * rows
  const shape = { uContours: { value: 0 }, uRamp: { value: VIRIDIS.map(() => new THREE.Vector3()) } }
  const own = {
    ...uniforms,
    ...shape,
    uWorld: { value: new THREE.Vector2(world.width, world.height) },
    uUnits: { value: world.scale },
    uPatch: { value: Math.max(1, columns / MESH_MAX, rows / MESH_MAX) },
  }
  const object = mesh(grid(Math.min(MESH_MAX, 2 * columns), Math.min(MESH_MAX, 2 * rows)), shaderOf(shared, own), 1)
  object.visible = false
  // One view a frame buffer and layer: frames come round, and nothing is allocated again.
  const views = new WeakMap<Float32Array, Float32Array[]>()
  const layerView = (field: Float32Array, layer: number): Float32Array => {
    let list = views.get(field)
    if (list === undefined) views.set(field, (list = []))
    return (list[layer] ??= field.subarray(layer * cells, (layer + 1) * cells))
  }
  let shown: Float32Array | null = null
  const picture: FieldPicture = {
    object,
    uniforms,
    max: 0,
    show(frame, layer) {
      if (frame.field === null || layer < 0) return 0
      shown = layerView(frame.field, layer)
      picture.max = Math.max(MAX_LEAST, largest(shown))
      uniforms.uFieldMax.value = object.visible ? picture.max : 0
      const texture = uniforms.uField.value
      texture.image.data = shown as Float32Array<ArrayBuffer>
      texture.needsUpdate = true
      return shown.byteLength
    },
    setLook(visible, relief, contours) {
      object.visible = visible
      uniforms.uFieldMax.value = visible ? picture.max : 0
      uniforms.uRelief.value = visible && relief ? RELIEF : 0
      shape.uContours.value = contours ? 1 : 0
    },
    heightAt(x, y) {
      const relief = uniforms.uRelief.value
      return relief === 0 || shown === null
        ? 0
        : relief * shareAt(shown, columns, rows, picture.max, x, y, uniforms.uCellSide.value)
    },
    setTheme: (theme) => fieldRamp(theme).forEach((hex, k) => shape.uRamp.value[k]!.set(...rgb(hex))),
    dispose: () => uniforms.uField.value.dispose(),
  }
  return picture
}

/** The landscape's height at a place of the world as a part of its highest: smoothShareAt of the shader. */
export function shareAt(
  cells: Float32Array,
  columns: number,
  rows: number,
  max: number,
  x: number,
  y: number,
  side: number,
): number {
  if (!(max > 0)) return 0
  const [cx, cy] = [x / side - 0.5, y / side - 0.5]
  const [mx, my] = [Math.floor(cx + 0.5), Math.floor(cy + 0.5)]
  let sum = 0
  for (let r = -1; r <= 1; r++)
    for (let c = -1; c <= 1; c++) {
      const column = Math.max(0, Math.min(columns - 1, mx + c))
      const row = Math.max(0, Math.min(rows - 1, my + r))
      sum += spline(cx - mx, c) * spline(cy - my, r) * shareOf(cells[row * columns + column]!, max)
    }
  return sum
}

/** Weight of the cell `offset` (−1, 0, 1) away, `f` (−½..½) from the middle one. */
function spline(f: number, offset: number): number {
  if (offset !== 0) return 0.5 * (0.5 + offset * f) ** 2
  return 1 - 0.5 * (0.5 - f) ** 2 - 0.5 * (0.5 + f) ** 2
}

function largest(cells: Float32Array): number {
  let most = 0
  for (let i = 0; i < cells.length; i++) if (cells[i]! > most) most = cells[i]!
  return most
}

/** Corners of columns × rows patches, x and y 0..1. */
function grid(columns: number, rows: number): THREE.BufferGeometry {
  const geometry = new THREE.BufferGeometry()
  const corners = new Float32Array(3 * (columns + 1) * (rows + 1))
  const index = new Uint32Array(6 * columns * rows)
  for (let r = 0, i = 0; r <= rows; r++)
    for (let c = 0; c <= columns; c++) {
      corners[i++] = c / columns
      corners[i++] = r / rows
      corners[i++] = 0
    }
  for (let r = 0, i = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const a = r * (columns + 1) + c
      const b = a + columns + 1
      index.set([a, a + 1, b, b, a + 1, b + 1], i)
      i += 6
    }
  geometry.setAttribute('position', new THREE.BufferAttribute(corners, 3))
  geometry.setIndex(new THREE.BufferAttribute(index, 1))
  return geometry
}

const shaderOf = (shared: Shared, uniforms: Record<string, THREE.IUniform>): THREE.ShaderMaterial =>
  material(shared, uniforms, GLSL_FIELD + VERTEX, GLSL_FIELD + FRAGMENT, { side: THREE.DoubleSide })

const VERTEX = /* glsl */ `
uniform vec2 uWorld;
uniform float uUnits, uPatch;
varying vec2 vWorld;
varying vec3 vNormal;
varying float vDepth;
/** The mean over what one patch of the mesh stands for. */
float smoothAt(vec2 at) {
  if (uPatch < 1.5) return smoothShareAt(at);
  float step = 0.33 * uPatch * uCellSide, sum = 0.0;
  for (int r = -1; r <= 1; r++) for (int c = -1; c <= 1; c++) sum += shareAt(at + step * vec2(c, r));
  return sum / 9.0;
}
void main() {
  vWorld = position.xy * uWorld;
  float rise = 0.0;
  vNormal = vec3(0.0, 1.0, 0.0);
  if (uRelief > 0.0) {
    float reach = 0.5 * uCellSide * max(1.0, uPatch);
    rise = uRelief * smoothAt(vWorld);
    float dx = uRelief * (smoothAt(vWorld + vec2(reach, 0.0)) - smoothAt(vWorld - vec2(reach, 0.0)));
    float dy = uRelief * (smoothAt(vWorld + vec2(0.0, reach)) - smoothAt(vWorld - vec2(0.0, reach)));
    vNormal = normalize(vec3(-dx, 2.0 * reach * uUnits, dy));
  }
  vec4 view = viewMatrix * vec4((vWorld.x - 0.5 * uWorld.x) * uUnits, rise, (0.5 * uWorld.y - vWorld.y) * uUnits, 1.0);
  vDepth = -view.z;
  gl_Position = projectionMatrix * view;
}`

const FRAGMENT = /* glsl */ `
uniform vec3 uRamp[${VIRIDIS.length}];
uniform float uContours;
varying vec2 vWorld;
varying vec3 vNormal;
varying float vDepth;
void main() {
  float share = smoothShareAt(vWorld);
  float at = share * ${(VIRIDIS.length - 1).toFixed(1)};
  int low = int(min(floor(at), ${(VIRIDIS.length - 2).toFixed(1)}));
  vec3 colour = mix(uRamp[low], uRamp[low + 1], at - float(low));
  // Where there is nothing the ground of the stage shows through.
  colour = mix(mix(uGround, colour, mix(0.3, 0.1, uLight)), colour, smoothstep(0.0, ${FADE_SHARE.toFixed(2)}, share));
  float key = dot(normalize(vNormal), normalize(vec3(-0.5, 0.8, 0.35)));
  colour *= uRelief > 0.0 ? 0.84 + 0.3 * (key - 0.55) : 1.0;
  if (uContours > 0.5) {
    float level = share * 8.0;
    float off = abs(fract(level - 0.5) - 0.5) / max(fwidth(level), 1e-4);
    float line = (1.0 - smoothstep(0.4, 1.3, off)) * step(0.25, level) * (1.0 - smoothstep(0.35, 0.8, fwidth(level)));
    colour = mix(colour, uText, 0.65 * line);
  }
  gl_FragColor = vec4(fogged(colour, vDepth), 1.0);
}`
