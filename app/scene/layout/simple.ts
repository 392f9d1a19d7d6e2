import type { StageInfo } from '../../../workers/protocol.ts'
import {
  emptyPlaces,
  findMajors,
  HEAD,
  headsOf,
  MEMBER_RADIUS,
  MEMBER_SPACING,
  NO_DISCS,
  POLAR,
  setPlace,
  type Layout,
} from './Layout.ts'
import { BALL_SPACING, onCircles, placer } from './placing.ts'
import { radialTree } from './radialTree.ts'
import { headScaleFor } from './regions.ts'

/** All agents on one circle in id order, the first at the left; the ring's messages are seen going round. */
export function ringLayout(info: StageInfo, plates = true): Layout {
  const places = emptyPlaces(info)
  const majors = findMajors(info)
  const isMajor = new Set(majors)
  const everyMajor = majors.length === info.agents
  const plated = HEAD.ringRadius * 2 * (info.agents > 24 ? 1.25 : 1.7)
  const spacing = everyMajor ? (plates ? plated : BALL_SPACING) : MEMBER_SPACING * 1.25
  const radius = Math.max(everyMajor ? 4.5 : 3, (spacing * info.agents) / (2 * Math.PI))
  // Many on one circle are seen from afar: they fill their places.
  const headScale = everyMajor ? (info.agents > 24 ? 1.15 : 1) : headScaleFor(info.agents)
  const memberRadius = info.agents > 24 ? 0.4 * spacing : MEMBER_RADIUS
  const headRadius = HEAD.radius * headScale * (plates ? 1 : 0.8)
  for (let agent = 0; agent < info.agents; agent++) {
    const angle = Math.PI + (2 * Math.PI * agent) / info.agents
    const major = isMajor.has(agent)
    const r = major ? -headRadius : memberRadius
    const y = major && plates ? HEAD.plateHeight * headScale : Math.abs(r)
    setPlace(places, agent, radius * Math.cos(angle), y, radius * Math.sin(angle), r)
  }
  return { places, majors, plates, headScale, polar: POLAR.ground, discs: NO_DISCS }
}

/** Circles within circles in id order from the middle outwards, for many agents that all know each other. */
export function concentricLayout(info: StageInfo, plates = true): Layout {
  const { places, majors, spacing, put } = placer(info, plates)
  onCircles(info.agents, spacing, 0, put)
  return { places, majors, plates, headScale: 1, polar: 0.95, discs: NO_DISCS }
}

/** Layers by level: the root on top, each level a wider circle below it. Height is the level. */
export function treeLayout(info: StageInfo): Layout {
  const places = emptyPlaces(info)
  const majors = findMajors(info)
  const isMajor = new Set(majors)
  const heads = headsOf(info)
  const root = heads[0] ?? 0
  const members: number[] = []
  for (let agent = 0; agent < info.agents; agent++) if (agent !== root) members.push(agent)
  const found: { agent: number; x: number; z: number; depth: number }[] = [{ agent: root, x: 0, z: 0, depth: 0 }]
  const options = { innerRadius: MEMBER_SPACING * 2.4, spacing: MEMBER_SPACING * 1.15, phase: Math.PI / 6 }
  const radius = radialTree(root, members, info.parent, options, (agent, x, z, depth) =>
    found.push({ agent, x, z, depth }),
  )
  const deepest = Math.max(1, ...found.map((node) => node.depth))
  const rise = Math.min(6, Math.max(1.4, (radius * 0.75) / deepest))
  const headScale = Math.min(3, headScaleFor(info.agents))
  for (const { agent, x, z, depth } of found) {
    const major = isMajor.has(agent)
    const size = major ? -0.75 * HEAD.radius * headScale : MEMBER_RADIUS * (1.7 - Math.min(0.6, 0.2 * depth))
    setPlace(places, agent, x, (deepest - depth) * rise + Math.abs(size), z, size)
  }
  return { places, majors, plates: false, headScale, polar: POLAR.levels, discs: NO_DISCS }
}

/** Lifts every agent by its level where height means level and the set-out is flat. Mutates `layout.places`. */
export function liftByLevel(layout: Layout, info: StageInfo): Layout {
  let deepest = 0
  for (let agent = 0; agent < info.agents; agent++) deepest = Math.max(deepest, info.level[agent]!)
  if (deepest === 0) return layout
  const rise = 2.2 * layout.headScale
  for (let agent = 0; agent < info.agents; agent++)
    layout.places[4 * agent + 1]! += (deepest - info.level[agent]!) * rise
  return { ...layout, plates: false, polar: POLAR.levels }
}
