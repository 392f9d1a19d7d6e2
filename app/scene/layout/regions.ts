import type { StageInfo } from '../../../workers/protocol.ts'
import {
  DISCS_MAX,
  emptyPlaces,
  findMajors,
  HEAD,
  headsOf,
  MEMBER_RADIUS,
  MEMBER_SPACING,
  POLAR,
  setPlace,
  type Layout,
} from './Layout.ts'
import { onCircles, onWoundRing } from './placing.ts'
import { mds } from './mds.ts'
import { radialTree } from './radialTree.ts'

export interface RegionOptions {
  /** Latency between groups; none: groups stand on a circle. */
  readonly distance?: ((a: number, b: number) => number) | undefined
  /** Groups are joined in a ring: where they are too many for one circle, it winds. */
  readonly ring?: boolean
}
/** More groups than this on one circle would leave the middle of the picture empty. */
const CIRCLE_GROUPS_MAX = 14

/**
 * Each group is its head with its tree in rings round it. Groups stand so that the gap between their edges is
 * proportional to latency (the footprint of a group is added to every distance, or near regions would overlap).
 */
export function regionsLayout(info: StageInfo, options: RegionOptions): Layout {
  const heads = headsOf(info)
  const majors = findMajors(info)
  const members: number[][] = heads.map(() => [])
  const groupAt = new Map(heads.map((head, i) => [info.group[head]!, i]))
  for (let agent = 0; agent < info.agents; agent++) {
    const at = groupAt.get(info.group[agent]!)
    if (at !== undefined && heads[at] !== agent) members[at]!.push(agent)
  }
  const largest = Math.max(1, ...members.map((list) => list.length + 1))
  const headScale = headScaleFor(largest)
  const places = emptyPlaces(info)
  const offsets = members.map((list, i) => spreadGroup(info, heads[i]!, list, headScale, places))
  const radius = Math.max(...offsets, HEAD.ringRadius * headScale)
  const centres = groupCentres(info, heads, radius, options)
  heads.forEach((head, i) => {
    const [cx, cz] = [centres[2 * i]!, centres[2 * i + 1]!]
    setPlace(places, head, cx, HEAD.plateHeight * headScale, cz, -HEAD.radius * headScale)
    for (const agent of members[i]!) {
      places[4 * agent]! += cx
      places[4 * agent + 2]! += cz
    }
  })
  const isHead = new Set(heads)
  for (const agent of majors) if (!isHead.has(agent)) places[4 * agent + 3]! *= -1.6
  const drawn = heads.length <= DISCS_MAX && members.some((list) => list.length > 0)
  const discs = drawn
    ? heads.flatMap((_, i) => [centres[2 * i]!, centres[2 * i + 1]!, offsets[i]! + 0.5 * headScale])
    : []
  return { places, majors, plates: true, headScale, polar: POLAR.ground, discs: Float32Array.from(discs) }
}

/** Heads grow with the square root of their group's extent, so that 2,000 agents do not bury them. */
export const headScaleFor = (groupSize: number): number =>
  Math.min(5, Math.max(1, Math.sqrt((MEMBER_SPACING * Math.sqrt(groupSize)) / 5)))

function spreadGroup(
  info: StageInfo,
  head: number,
  members: readonly number[],
  headScale: number,
  places: Float32Array,
): number {
  const options = {
    innerRadius: HEAD.ringRadius * headScale + MEMBER_SPACING * 0.9,
    spacing: MEMBER_SPACING,
    phase: Math.PI / 6 + head * 0.1,
  }
  if (members.length === 0) return HEAD.ringRadius * headScale
  const radius = radialTree(head, members, info.parent, options, (agent, x, z, depth) =>
    setPlace(places, agent, x, MEMBER_RADIUS, z, MEMBER_RADIUS * (depth === 1 ? 1.3 : depth === 2 ? 1.12 : 1)),
  )
  return radius + MEMBER_RADIUS
}

/** Centres of the groups, xz. Mean gap = 1.5 group radii (8 where groups are single agents): far reads as far. */
function groupCentres(
  info: StageInfo,
  heads: readonly number[],
  radius: number,
  { distance, ring }: RegionOptions,
): Float64Array {
  const n = heads.length
  const footprint = 2.15 * radius + (radius < 3 ? 2 : 0)
  if (n === 1) return new Float64Array(2)
  if (n > (distance ? 64 : CIRCLE_GROUPS_MAX)) {
    const at = new Float64Array(2 * n)
    const place = (k: number, x: number, z: number): void => at.set([x, z], 2 * k)
    if (ring) onWoundRing(n, footprint, place)
    else onCircles(n, footprint, 0, place)
    return at
  }
  if (!distance) {
    const circle = n === 2 ? footprint : footprint / 1.75 / Math.sin(Math.PI / n)
    return Float64Array.from({ length: 2 * n }, (_, i) => {
      const angle = Math.PI + (2 * Math.PI * Math.floor(i / 2)) / n
      return circle * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle))
    })
  }
  const latency = (i: number, j: number): number =>
    Math.max(0, distance(info.group[heads[i]!]!, info.group[heads[j]!]!))
  let mean = 0
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) mean += latency(i, j) / ((n * (n - 1)) / 2)
  const perUnit = mean > 0 ? Math.max(1.5 * radius, 8) / mean : 0
  const at = mds(n, (i, j) => footprint + perUnit * latency(i, j))
  return part(at, n, 2.05 * radius)
}

/** Five latencies seldom fit a plane exactly: what still overlaps is pushed apart, least first. */
function part(at: Float64Array, n: number, least: number): Float64Array {
  for (let round = 0; round < 60; round++) {
    let moved = false
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        const dx = at[2 * j]! - at[2 * i]!
        const dz = at[2 * j + 1]! - at[2 * i + 1]!
        const seen = Math.hypot(dx, dz) || 1e-6
        if (seen >= least) continue
        const push = (least - seen) / 2 / seen
        at[2 * i]! -= dx * push
        at[2 * i + 1]! -= dz * push
        at[2 * j]! += dx * push
        at[2 * j + 1]! += dz * push
        moved = true
      }
    if (!moved) break
  }
  return at
}
