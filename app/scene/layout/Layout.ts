import type { StageInfo } from '../../../workers/protocol.ts'

/** Where everything stands. World units; y up; one unit is about three small agents. Never feeds the engine. */
export interface Layout {
  /** 4·capacity: x, y, z of the anchor (where links end) and the radius; a negative radius marks a major agent. */
  readonly places: Float32Array
  /** Agents with a plate, a column and a label: replicas, heads of groups, roots. Ascending, at most HEADS_MAX. */
  readonly majors: Int32Array
  readonly plates: boolean
  /** Size of a major agent against the plain one; large swarms need larger heads to stay readable. */
  readonly headScale: number
  /** How steeply the home view looks, radians from straight above. */
  readonly polar: number
  /** 3 a group: x, z and radius of the ground its agents cover; empty where nothing is grouped. At most DISCS_MAX. */
  readonly discs: Float32Array
  /**
   * A sheet whose opposite edges meet: its size along x and z. What goes over an edge leaves the picture there and
   * comes in on the other side. Left out: plain ground.
   */
  readonly wrap?: readonly [number, number]
}

/** More agents than this that are all alike bear no plates and no labels of their own. */
export const MAJORS_MAX = 128
export const HEADS_MAX = 512
export const DISCS_MAX = 16
/** The home view: high enough to see the ground's pattern; lower where height carries the levels. */
export const POLAR = { ground: 1.06, levels: 1.24 } as const
export const NO_DISCS = new Float32Array(0)
export const MEMBER_RADIUS = 0.21
export const MEMBER_SPACING = 0.82
/** At headScale 1. */
export const HEAD = { radius: 0.6, plateRadius: 1.55, plateHeight: 0.26, ringRadius: 2.0 } as const

export const emptyPlaces = (info: StageInfo): Float32Array =>
  new Float32Array(4 * Math.max(1, info.capacity, info.agents))

export function setPlace(places: Float32Array, agent: number, x: number, y: number, z: number, radius: number): void {
  places[4 * agent] = x
  places[4 * agent + 1] = y
  places[4 * agent + 2] = z
  places[4 * agent + 3] = radius
}

const CONSENSUS = /raft|pbft|paxos|consensus|replica|quorum/

/**
 * Who deserves a plate: those who run consensus; else the head of each group; else everybody where they are few; else
 * roots.
 */
export function findMajors(info: StageInfo): Int32Array {
  const all = Array.from({ length: info.agents }, (_, agent) => agent)
  let mask = 0
  info.programKinds.forEach((kind, bit) => {
    if (CONSENSUS.test(kind)) mask |= 1 << bit
  })
  const replicas = all.filter((agent) => (info.programs[agent]! & mask) !== 0)
  if (replicas.length > 0 && replicas.length <= MAJORS_MAX) return Int32Array.from(replicas)
  const heads = headsOf(info)
  if (heads.length > 1 && heads.length < info.agents && heads.length <= HEADS_MAX) return Int32Array.from(heads)
  // Who is down and routed round has no parent either, but heads nobody.
  const heading = new Set(info.parent)
  const roots = all.filter((agent) => info.parent[agent]! < 0 && heading.has(agent))
  if (roots.length > 0 && roots.length <= 4 && roots.length < info.agents) return Int32Array.from(roots)
  return Int32Array.from(info.agents <= MAJORS_MAX ? all : [])
}

/** Whether agents stand for something that a plate carries: a log, a vote. */
export const votes = (info: StageInfo): boolean =>
  info.programKinds.some((kind) => CONSENSUS.test(kind) || /election/.test(kind))

/** First agent of each group, groups in order; its parent lies outside its group. */
export function headsOf(info: StageInfo): number[] {
  const heads: number[] = []
  for (let agent = 0; agent < info.agents; agent++) {
    const group = info.group[agent]!
    if (group < 0) continue
    const above = info.parent[agent]!
    const isRoot = above < 0 || info.group[above] !== group
    if (heads[group] === undefined || (isRoot && !rooted(info, heads[group]!))) heads[group] = agent
  }
  return heads.filter((agent) => agent !== undefined)
}

function rooted(info: StageInfo, agent: number): boolean {
  const above = info.parent[agent]!
  return above < 0 || info.group[above] !== info.group[agent]
}
