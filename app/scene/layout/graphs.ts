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
  put(hub, 0, 0)
  // A few fill one circle, wherever it then lies.
  const first = few ? Math.max(inner, (others.length * spacing) / (2 * Math.PI)) : inner
  onCircles(others.length, spacing, first, (k, x, z) => put(others[k]!, x, z, few ? 1.5 : 1.2))
  return { places, majors, plates, headScale, polar: 0.9, discs: NO_DISCS }
}
const ONE_CIRCLE = 48

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
