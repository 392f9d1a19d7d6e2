import * as THREE from 'three'
import type { BodyColumns, Frame } from '../../../engine/frame/frame.ts'
import { rgb } from '../palette.ts'
import { GLSL_SHARED, type Shared } from '../gl/shared.ts'
import type { Theme } from '../types.ts'
import { GLSL_FIELD, type FieldUniforms } from './field.ts'
import type { BodyColour } from './look.ts'
import { CATEGORIES, DIRECTIONS, ON_FIELD, VIRIDIS } from './ramp.ts'
import { BODY_FRAGMENT, BODY_VERTEX } from './pointsShader.ts'
import { bodySize, type World } from './world.ts'

/** More bodies than this are a texture rather than individuals. */
const CROWD = 40_000
/** From so many bodies on, over a field: it is what is to be seen. */
const CROWD_ON_FIELD = 2_000
/** Least half size of a body and of a mark round one, px, up to so many bodies. */
const LEAST = [
  { bodies: 2_000, dot: 2.2, mark: 5.5 },
  { bodies: CROWD, dot: 1.5, mark: 3.8 },
  { bodies: Infinity, dot: 1.15, mark: 2.3 },
] as const
const MODES = { state: 0, group: 0, speed: 1, heading: 2, none: 3, role: 4 } as const

type Take = (next: Frame, colour: BodyColour) => number

/**
 * All bodies in one draw call: a point each, turned to its heading in the fragment shader. The card moves them on
 * between two steps. Shapes tell what colours tell: a ring is blind, a diamond deaf, a square stuck, a triangle
 * rogue, a cross dead.
 */
export class BodyPoints {
  readonly object: THREE.Points
  /** Where there is a third dimension: each body's shadow on the floor. */
  readonly shadow: THREE.Points | null
  /** Half the length of a body, units of the stage. */
  readonly size: number
  /** Takes the columns of a new frame; they are uploaded from where they lie. Returns their bytes. */
  readonly show: Take
  private readonly geometry = new THREE.BufferGeometry()
  private readonly uniforms

  constructor(
    shared: Shared,
    world: World,
    frame: Frame,
    bodies: number,
    field: FieldUniforms,
    private readonly overField: boolean,
  ) {
    this.size = bodySize(world, bodies) * (overField && bodies > CROWD_ON_FIELD ? 0.7 : 1)
    const uniforms = uniformsOf(world, bodies, this.size)
    if (overField && bodies > CROWD_ON_FIELD) uniforms.uMin.value *= 0.7
    this.uniforms = uniforms
    this.geometry.setDrawRange(0, bodies)
    const take = columnsOf(this.geometry, frame.bodies!)
    this.show = (next, colour) => {
      uniforms.uMode.value = MODES[colour]
      if (colour === 'speed') uniforms.uTop.value = fastest(next.bodies!.speed, bodies)
      return take(next, colour)
    }
    const all = { ...shared.uniforms, ...field, ...uniforms }
    this.object = this.points(all, {}, { alphaToCoverage: true }, 4)
    const shaded = !world.flat && bodies <= CROWD
    this.shadow = shaded ? this.points(all, { SHADOW: 1 }, { transparent: true, depthWrite: false }, 2) : null
  }

  private points(
    uniforms: Record<string, THREE.IUniform>,
    defines: Record<string, number>,
    options: THREE.ShaderMaterialParameters,
    order: number,
  ): THREE.Points {
    const material = new THREE.ShaderMaterial({
      uniforms,
      defines,
      vertexShader: GLSL_SHARED + GLSL_FIELD + BODY_VERTEX,
      fragmentShader: GLSL_SHARED + BODY_FRAGMENT,
      toneMapped: false,
      ...options,
    })
    const object = new THREE.Points(this.geometry, material)
    object.frustumCulled = false
    object.renderOrder = order
    return object
  }

  setPhase(phase: number): void {
    this.uniforms.uPhase.value = phase
  }

  setTheme(theme: Theme): void {
    // Over a landscape of colours only what is not among them is seen.
    const categories = this.overField ? ON_FIELD : CATEGORIES
    categories[theme].forEach((hex, k) => this.uniforms.uPalette.value[k]!.set(...rgb(hex)))
    DIRECTIONS[theme].forEach((hex, k) => this.uniforms.uTurns.value[k]!.set(...rgb(hex)))
  }

  dispose(): void {
    this.geometry.dispose()
    for (const object of [this.object, this.shadow]) (object?.material as THREE.Material | undefined)?.dispose()
  }
}

function uniformsOf(world: World, bodies: number, size: number) {
  const least = LEAST.find((row) => bodies <= row.bodies)!
  return {
    uWorld: { value: new THREE.Vector3(world.width, world.height, world.depth) },
    uUnits: { value: world.scale },
    uWrapped: { value: world.wrap ? 1 : 0 },
    uFlat: { value: world.flat ? 1 : 0 },
    uSize: { value: size },
    uMin: { value: least.dot },
    uMarkMin: { value: least.mark },
    uSolid: { value: bodies > CROWD ? 0.85 : 1 },
    uPhase: { value: 0 },
    uMode: { value: 0 },
    uTop: { value: 1 },
    uPalette: { value: CATEGORIES.dark.map(() => new THREE.Vector3()) },
    uRamp: { value: VIRIDIS.map((hex) => new THREE.Vector3(...rgb(hex))) },
    uTurns: { value: DIRECTIONS.dark.map(() => new THREE.Vector3()) },
  }
}

/** Gives `geometry` an attribute a column; the answer takes the columns of later frames. */
function columnsOf(geometry: THREE.BufferGeometry, first: BodyColumns): Take {
  const place = attribute(geometry, 'position', first.position, 3)
  const heading = attribute(geometry, 'aHeading', first.heading, 3)
  const speed = attribute(geometry, 'aSpeed', first.speed, 1)
  const value = attribute(geometry, 'aValue', first.group, 1)
  const flags = attribute(geometry, 'aFlags', first.flags, 1)
  const status = attribute(geometry, 'aStatus', first.status, 1)
  return ({ bodies, agents }, colour) => {
    const rows = bodies!
    let bytes = take(place, rows.position) + take(heading, rows.heading) + take(speed, rows.speed)
    bytes += take(flags, rows.flags) + take(status, rows.status)
    if (colour === 'role') bytes += take(value, agents.role)
    else if (colour === 'group') bytes += take(value, rows.group)
    else if (colour === 'state') bytes += take(value, rows.state)
    return bytes
  }
}

function attribute(
  geometry: THREE.BufferGeometry,
  name: string,
  column: Float32Array | Uint8Array,
  width: number,
): THREE.BufferAttribute {
  const made = new THREE.BufferAttribute(column, width)
  made.setUsage(THREE.DynamicDrawUsage)
  geometry.setAttribute(name, made)
  return made
}

/** The frame's own memory is what the card reads: nothing is copied here. */
function take(to: THREE.BufferAttribute, array: Float32Array | Uint8Array): number {
  to.array = array
  to.needsUpdate = true
  return array.byteLength
}

/** The largest speed, so that colours are a function of the frame. */
function fastest(speed: Float32Array, bodies: number): number {
  let most = 0
  for (let row = 0; row < bodies; row++) if (speed[row]! > most) most = speed[row]!
  return most > 0 ? most : 1
}
