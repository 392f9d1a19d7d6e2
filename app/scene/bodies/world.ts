import type { BodyColumns } from '../../../engine/frame/frame.ts'
import type { SpaceSpec } from '../../../engine/scenario/Scenario.ts'

/** Longest side of any world on the stage, in the stage's units: shapes, messages and fog are made for this size. */
const SIDE = 44

/**
 * How a world lies on the stage: as a plot seen from above. x runs to the right, y away from the viewer, and the third
 * dimension, where there is one, upwards; the middle of the ground is the stage's middle.
 */
export interface World {
  readonly scale: number
  readonly width: number
  readonly height: number
  /** 0 in two dimensions. */
  readonly depth: number
  readonly flat: boolean
  readonly wrap: boolean
  readonly stepUs: number
}

export function worldOf(space: SpaceSpec): World {
  const flat = space.dimensions === 2
  const { width, height, stepUs } = space
  const depth = flat ? 0 : space.depth
  const wrap = space.edges === 'wrap'
  return { scale: SIDE / Math.max(width, height, depth), width, height, depth, flat, wrap, stepUs }
}

/** Half the length of a body, units of the stage: less where there are more, but not as fast as the room for each. */
export function bodySize({ scale, width, height, depth, flat }: World, bodies: number): number {
  const n = Math.max(1, bodies)
  const spacing = scale * (flat ? Math.sqrt((width * height) / n) : Math.cbrt((width * height * depth) / n))
  return Math.max(0.03, Math.min(0.85, (flat ? 0.36 : 0.26) * spacing ** 0.6))
}

/** A place of the world on the stage. */
export function toStage(world: World, x: number, y: number, z: number, out: Float32Array): void {
  out[0] = (x - world.width / 2) * world.scale
  out[1] = world.flat ? 0 : z * world.scale
  out[2] = (world.height / 2 - y) * world.scale
}

/**
 * How many steps past its last one the picture is: bodies are moved on by so much of their velocity. Never more than
 * one step either way, since nothing is known of what comes then.
 */
export const phaseOf = ({ stepUs }: World, clockUs: number, steppedUs: number): number =>
  Math.max(-1, Math.min(1, (clockUs - steppedUs) / stepUs))

const UP = 1
const STUCK = 4

/**
 * Place of a body in world units: `phase` steps on in the direction of its heading. Where that leaves a wrapped world
 * it stays where the last step left it; at walls it stops. The vertex shader of the bodies does the same.
 */
export function bodyAt(bodies: BodyColumns, row: number, phase: number, world: World, out: Float32Array): void {
  const { position, heading, speed, flags, status } = bodies
  const moves = status[row] === UP && (flags[row]! & STUCK) === 0
  const ahead = moves ? speed[row]! * phase : 0
  const i = 3 * row
  const x = position[i]! + heading[i]! * ahead
  const y = position[i + 1]! + heading[i + 1]! * ahead
  const z = position[i + 2]! + heading[i + 2]! * ahead
  const inside = x >= 0 && y >= 0 && z >= 0 && x <= world.width && y <= world.height && z <= world.depth
  if (world.wrap && !inside) {
    out[0] = position[i]!
    out[1] = position[i + 1]!
    out[2] = position[i + 2]!
    return
  }
  out[0] = Math.max(0, Math.min(world.width, x))
  out[1] = Math.max(0, Math.min(world.height, y))
  out[2] = Math.max(0, Math.min(world.depth, z))
}

/** A round number of about a tenth of the world: one square of its grid, world units. */
export function gridCell({ width, height }: Pick<World, 'width' | 'height'>): number {
  const rough = Math.max(width, height) / 10
  const ten = 10 ** Math.floor(Math.log10(rough))
  const lead = rough / ten
  return ten * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10)
}
