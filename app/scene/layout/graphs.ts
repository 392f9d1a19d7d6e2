import type { StageInfo } from '../../../workers/protocol.ts'
import { HEAD, NO_DISCS, POLAR, type Layout } from './Layout.ts'
import { onCircles, onWoundRing, placer } from './placing.ts'
import { ringLayout } from './simple.ts'

/** Set-outs of the regular graphs: star, torus, and rings of any length. */

/** The hub in the middle, everybody else on circles round it, with room for the spokes to be seen. */
export function starLayout(info: StageInfo, plates: boolean): Layout {
  const few = info.agents <= ONE_CIRCLE
  const headScale = few ? 1 : Math.min(5, Math.max(1.2, Math.sqrt(info.agents) / 12))
  const { places, majors, spacing, put } = placer(info, plates, headScale)
  const hub = hubOf(info)
  const others = Array.from({ length: info.agents }, (_, agent) => agent).filter((agent) => agent !== hub)
  const inner =
    (plates ? HEAD.ringRadius : HEAD.radius) * headScale + Math.max(3, 0.3 * spacing * Math.sqrt(info.agents))
  if (!few) {
    put(hub, 0, 0)
    onCircles(others.length, spacing, inner, (k, x, z) => put(others[k]!, x, z, 1.2))
    return { places, majors, plates, headScale, polar: 0.9, discs: NO_DISCS }
  }
  // A few fill one circle, wherever it then lies: so wide that what rises from the hub is not all there is to see.
  const first = Math.max(inner, FEW.radius, ((others.length + 0.5) * FEW.spacing) / (2 * Math.PI))
  put(hub, 0, 0, plates ? 1 : FEW.hub)
  onCircles(others.length, FEW.spacing, first, (k, x, z) => put(others[k]!, x, z, FEW.size))
  return { places, majors, plates, headScale, polar: 0.98, discs: NO_DISCS }
}
const ONE_CIRCLE = 48
/** Radius of that circle and room on it, world units; sizes of the hub and of the others, of their usual ones. */
const FEW = { radius: 7, spacing: 1.5, hub: 1.35, size: 2.6 } as const

/** Whoever most others are attached to. */
function hubOf(info: StageInfo): number {
  const below = new Int32Array(info.agents)
  for (const above of info.parent) if (above >= 0 && above < info.agents) below[above]!++
  let hub = 0
  for (let agent = 1; agent < info.agents; agent++) if (below[agent]! > below[hub]!) hub = agent
  return hub
}

/** Rows of `columns`, a sheet whose edges meet; who joined later stands in rows of its own in front of it. */
export function torusLayout(info: StageInfo, agents: number, columns: number, plates: boolean): Layout {
  const rows = Math.floor(agents / columns)
  if (rows < 3 || columns < 3) return longRingLayout(info, plates)
  const { places, majors, plated, spacing: step, put } = placer(info, plates)
  for (let agent = 0; agent < info.agents; agent++) {
    const row = Math.floor(agent / columns) + (agent >= agents ? 1 : 0)
    put(agent, ((agent % columns) - (columns - 1) / 2) * step, (row - (rows - 1) / 2) * step, plated ? 1 : 1.35)
  }
  const wrap = [columns * step, rows * step] as const
  return { places, majors, plates, headScale: 1, polar: 0.7, discs: NO_DISCS, wrap }
}

/** Beyond this a ring is wound, or its agents would be smaller than a pixel. */
export const PLAIN_RING_MAX = 300

/**
 * A ring in id order: one circle while it is short, else a band through which the ring winds to and fro, so that
 * neighbours stay neighbours and news is still seen going round.
 */
export function longRingLayout(info: StageInfo, plates = true): Layout {
  if (info.agents <= PLAIN_RING_MAX) return ringLayout(info, plates)
  const { places, majors, spacing, put } = placer(info, plates)
  onWoundRing(info.agents, spacing, put)
  return { places, majors, plates, headScale: 1, polar: POLAR.ground, discs: NO_DISCS }
}
