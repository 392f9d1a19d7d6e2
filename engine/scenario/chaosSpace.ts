import { PURPOSE, type Draw } from './chaosDraws.ts'
import { AFFLICTIONS } from './names.ts'
import type { Op, Scenario, SpaceSpec, Whom } from './Scenario.ts'

/** Radius of what drops or strikes, as a share of the smallest side of the world. */
const RADIUS = { min: 0.03, max: 0.12 }
/** Under no budget a share of all bodies is hit at once. */
const SHARE = { min: 0.02, max: 0.3 }
/** How far a wind carries a body while it lasts, as a share of the smallest side. */
const CARRIES = { min: 0.02, max: 0.3 }

/** Three digits, so that a person can read it. */
const tidy = (x: number): number => Number(x.toPrecision(3))
const between = ({ min, max }: { readonly min: number; readonly max: number }, u: number): number =>
  min + (max - min) * u

/**
 * One fault of a space, somewhere in it. `spared` gives the bodies that the budget has room for, from now on held; it
 * is
 * asked only where somebody is to be hurt. Null where it has none.
 */
export function spaceFault(
  scenario: Scenario,
  kind: 'afflict' | 'obstacle' | 'wind',
  forUs: number,
  draw: Draw,
  spared: () => readonly number[],
): Op | null {
  const space = scenario.space!
  switch (kind) {
    case 'afflict': {
      const effect = AFFLICTIONS[Math.floor(draw(PURPOSE.shape) * AFFLICTIONS.length)]!
      const whom = whomOf(scenario, space, draw, spared)
      return whom === null ? null : { op: 'afflict', whom, effect, forUs }
    }
    case 'obstacle':
      return { op: 'obstacle', disc: discOf(space, draw), forUs }
    case 'wind':
      return windOf(space, forUs, draw)
  }
}

function whomOf({ chaos }: Scenario, space: SpaceSpec, draw: Draw, spared: () => readonly number[]): Whom | null {
  if (chaos!.budget !== 'unlimited') {
    const agents = spared()
    return agents.length === 0 ? null : { agents }
  }
  const u = draw(PURPOSE.strength)
  return u < 0.5 ? { share: tidy(between(SHARE, 2 * u)) } : { disc: discOf(space, draw) }
}

const smallest = ({ width, height, depth, dimensions }: SpaceSpec): number =>
  Math.min(width, height, dimensions === 3 ? depth : width)

function discOf(space: SpaceSpec, draw: Draw) {
  const place = { x: tidy(space.width * draw(PURPOSE.who)), y: tidy(space.height * draw(PURPOSE.second)) }
  const radius = tidy(smallest(space) * between(RADIUS, draw(PURPOSE.size)))
  return space.dimensions === 3 ? { ...place, z: tidy(space.depth * draw(PURPOSE.aim)), radius } : { ...place, radius }
}

/** From any side: a direction drawn from a square, so that it needs no sine. */
function windOf(space: SpaceSpec, forUs: number, draw: Draw): Op {
  const speed = (smallest(space) * between(CARRIES, draw(PURPOSE.strength)) * 1_000_000) / forUs
  const [x, y] = [2 * draw(PURPOSE.second) - 1, 2 * draw(PURPOSE.shape) - 1]
  const length = Math.max(0.1, Math.sqrt(x * x + y * y))
  const side = (part: number): number => tidy(Math.max(-WIND_MAX, Math.min(WIND_MAX, (part / length) * speed)))
  return { op: 'wind', x: side(x), y: side(y), forUs }
}
const WIND_MAX = 1_000_000
