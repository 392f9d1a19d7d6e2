import type { Disc, Scenario, Whom } from '../../engine/scenario/Scenario.ts'
import { linear, logarithmic, rough, signed, type Scale } from './scales.ts'

/** The world in which a fault has a place, and how fast things happen there. */
export interface World {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly isDeep: boolean
  readonly stepUs: number
}
export interface Vector {
  readonly x: number
  readonly y: number
  readonly z?: number
}

export const worldOf = (scenario: Scenario | null): World | null => {
  if (!scenario?.space) return null
  const { width, height, depth, dimensions, stepUs } = scenario.space
  return { width, height, depth, isDeep: dimensions === 3, stepUs }
}

export const smallestSide = ({ width, height, depth, isDeep }: World): number =>
  Math.min(width, height, isDeep ? depth : width)

/** A disc in the middle of the world, a twelfth of it wide. */
export const firstDisc = (world: World): Disc => ({
  x: rough(world.width / 2),
  y: rough(world.height / 2),
  ...(world.isDeep && { z: rough(world.depth / 2) }),
  radius: rough(smallestSide(world) / 12),
})

/** Along x, so that it blows a body across in 200 steps. */
export const firstWind = (world: World): Vector => ({
  x: rough((world.width * 1_000_000) / (200 * world.stepUs)),
  y: 0,
  ...(world.isDeep && { z: 0 }),
})

/** From a corner to the opposite one along this side. */
export const sideScale = (side: number): Scale => linear(0, side, side / 200)
/** At most half the smallest side: what a command may hold. */
export function radiusScale(world: World): Scale {
  const most = smallestSide(world) / 2
  return logarithmic(most / 200, most, rough)
}
/** Both ways; at most across the world in ten steps. */
export function windScale(world: World): Scale {
  const most = (smallestSide(world) * 1_000_000) / (10 * world.stepUs)
  return signed(most / 1_000, most, rough)
}

/** How long a fault can be asked to last: a thousand steps, where that is more than a minute. */
export const longestUs = (world: World | null): number => Math.max(60_000_000, 1_000 * (world?.stepUs ?? 0))

export const WHOM_MODES = ['place', 'share', 'agents'] as const
export type WhomMode = (typeof WHOM_MODES)[number]
export const modeOf = (whom: Whom): WhomMode => ('disc' in whom ? 'place' : 'share' in whom ? 'share' : 'agents')

/** The first of its kind where another way to say whom is chosen. */
export function whomOf(mode: WhomMode, world: World, agent: number | null): Whom {
  if (mode === 'place') return { disc: firstDisc(world) }
  return mode === 'share' ? { share: 0.2 } : { agents: [agent ?? 0] }
}

/** A place or a size as people say it. */
export const lengthText = (value: number): string => `${Number(value.toPrecision(3))}`
