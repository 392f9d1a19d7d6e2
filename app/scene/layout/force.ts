import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force'
import type { StageInfo } from '../../../workers/protocol.ts'
import {
  emptyPlaces,
  findMajors,
  HEAD,
  MEMBER_RADIUS,
  MEMBER_SPACING,
  NO_DISCS,
  setPlace,
  type Layout,
} from './Layout.ts'
import { BALL_SPACING } from './placing.ts'

export const FORCE_AGENTS_MAX = 2_000
/** A graph drawn at random has no shape of its own that springs could find among so many. */
export const GRAPH_FORCE_MAX = 400
/** Work is bounded: about 2·10⁵ node steps, whatever the size. */
const NODE_STEPS = 200_000

/**
 * By springs and repulsion (d3-force) from explicit starting points on a sunflower spiral, a fixed number of steps: the
 * same links give the same picture. For at most FORCE_AGENTS_MAX agents.
 */
export function forceLayout(info: StageInfo, plates = true): Layout {
  const places = emptyPlaces(info)
  const majors = findMajors(info)
  const isMajor = new Set(majors)
  const reach = (agent: number): number =>
    isMajor.has(agent) ? (plates ? HEAD.ringRadius * 1.1 : 0.5 * BALL_SPACING) : MEMBER_SPACING * 0.62
  const nodes: SimulationNodeDatum[] = Array.from({ length: info.agents }, (_, agent) => {
    const r = MEMBER_SPACING * 1.4 * Math.sqrt(agent + 0.5)
    const angle = agent * Math.PI * (3 - Math.sqrt(5))
    return { index: agent, x: r * Math.cos(angle), y: r * Math.sin(angle) }
  })
  const links: { source: number; target: number }[] = []
  for (let k = 0; k + 1 < info.links.length; k += 2) links.push({ source: info.links[k]!, target: info.links[k + 1]! })
  const simulation = forceSimulation(nodes)
    .force(
      'link',
      forceLink(links)
        .distance(({ source, target }) => 1.6 * (reach(indexOf(source)) + reach(indexOf(target))))
        .iterations(2),
    )
    .force('charge', forceManyBody().strength(-1.6).distanceMax(16))
    .force(
      'collide',
      forceCollide<SimulationNodeDatum>((node) => reach(node.index!)),
    )
    .force('x', forceX(0).strength(0.035))
    .force('y', forceY(0).strength(0.035))
    .stop()
  simulation.tick(Math.min(300, Math.max(60, Math.round(NODE_STEPS / Math.max(1, info.agents)))))
  nodes.forEach((node, agent) => {
    const major = isMajor.has(agent)
    const radius = major ? HEAD.radius * (plates ? 1 : 0.8) : MEMBER_RADIUS
    const y = major && plates ? HEAD.plateHeight : radius
    setPlace(places, agent, node.x!, y, node.y!, major ? -radius : radius)
  })
  return { places, majors, plates, headScale: 1, polar: 0.9, discs: NO_DISCS }
}

const indexOf = (end: unknown): number => (typeof end === 'number' ? end : (end as SimulationNodeDatum).index!)
