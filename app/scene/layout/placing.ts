import type { StageInfo } from '../../../workers/protocol.ts'
import { emptyPlaces, findMajors, HEAD, MEMBER_RADIUS, MEMBER_SPACING, setPlace } from './Layout.ts'

/** Agents of a swarm without trees or regions: everybody is major where they are few, nobody where they are many. */
export interface Placer {
  readonly places: Float32Array
  readonly majors: Int32Array
  /** Everybody is major. */
  readonly plated: boolean
  /** Comfortable distance of neighbours. */
  readonly spacing: number
  put(agent: number, x: number, z: number, scale?: number): void
}

/** Room for a ball with its label where nobody bears a plate. */
export const BALL_SPACING = 2.9

/** @param plates whether majors bear plates; without them links are seen from ball to ball. */
export function placer(info: StageInfo, plates: boolean, headScale = 1): Placer {
  const places = emptyPlaces(info)
  const majors = findMajors(info)
  const isMajor = new Set(majors)
  const plated = majors.length === info.agents
  return {
    places,
    majors,
    plated,
    spacing: !plated ? MEMBER_SPACING * 1.4 : plates ? HEAD.ringRadius * 2.3 : BALL_SPACING,
    put(agent, x, z, scale = 1) {
      const radius = (isMajor.has(agent) ? HEAD.radius * headScale * (plates ? 1 : 0.8) : MEMBER_RADIUS) * scale
      const y = isMajor.has(agent) && plates ? HEAD.plateHeight * headScale : radius
      setPlace(places, agent, x, y, z, isMajor.has(agent) ? -radius : radius)
    },
  }
}

/**
 * Places for n on circles `spacing` apart, the innermost at `inner` (0: one in the middle), each as full as the others.
 * @param place called n times, from the inside out; with x and z.
 */
export function onCircles(
  n: number,
  spacing: number,
  inner: number,
  place: (k: number, x: number, z: number) => void,
): number {
  const room = (circle: number): number => Math.max(1, Math.floor((2 * Math.PI * (inner + circle * spacing)) / spacing))
  let last = 0
  let capacity = room(0)
  while (capacity < n) capacity += room(++last)
  let k = 0
  for (let circle = 0; k < n; circle++) {
    // Each circle gets its share, so that the outermost is as full as the rest.
    const here = circle === last ? n - k : Math.min(n - k, Math.max(1, Math.round(((n - k) * room(circle)) / capacity)))
    capacity -= room(circle)
    const radius = inner + circle * spacing
    for (let i = 0; i < here; i++, k++) {
      const angle = Math.PI + (2 * Math.PI * (i + 0.5 * (circle % 2))) / here
      place(k, radius * Math.cos(angle), radius * Math.sin(angle))
    }
  }
  return inner + last * spacing
}

/** Width of a wound ring's band against its inner radius. */
const BAND = 0.5

/**
 * A long closed chain as a band through which it winds to and fro, so that neighbours stay neighbours and news is still
 * seen going round. `place` is called n times, in order.
 */
export function onWoundRing(n: number, spacing: number, place: (k: number, x: number, z: number) => void): void {
  // n/turns runs of `turns` places: 2π·inner = spacing·n/turns, and the band is turns·spacing = BAND·inner wide.
  const turns = Math.max(2, Math.round(Math.sqrt((BAND * n) / (2 * Math.PI))))
  const runs = Math.ceil(n / turns)
  const inner = Math.max(spacing, (spacing * runs) / (2 * Math.PI))
  for (let k = 0; k < n; k++) {
    const run = Math.floor(k / turns)
    const along = k % turns
    const radius = inner + spacing * (run % 2 === 0 ? along : turns - 1 - along)
    const angle = Math.PI + (2 * Math.PI * run) / runs
    place(k, radius * Math.cos(angle), radius * Math.sin(angle))
  }
}
