import type { StageInfo } from '../../../workers/protocol.ts'
import { spread } from './modes.ts'
import { MEMBER_SPACING, NO_DISCS, type Layout } from './Layout.ts'
import { placer } from './placing.ts'

const GOLDEN = Math.PI * (3 - Math.sqrt(5))

/**
 * Large graphs: each connected part is a disc of its own, the largest in the middle and the others in circles round it,
 * so that what hangs together stands together. Inside a part agents are ordered by two slow modes of its links
 * (repeated averaging over neighbours; Koren 2005, "Drawing graphs by eigenvectors") and then spread evenly.
 * Deterministic.
 */
export function clusterLayout(info: StageInfo): Layout {
  const { places, majors, put } = placer(info, false)
  const spacing = MEMBER_SPACING * 1.15
  const graph = adjacency(info)
  const parts = components(info.agents, graph)
  const radii = parts.map((part) => spacing * Math.sqrt(part.length))
  const centres = packDiscs(radii, spacing)
  parts.forEach((part, p) => {
    const at = part.length < 3 ? sunflower(part.length) : spread(part, graph)
    part.forEach((agent, k) =>
      put(
        agent,
        centres[2 * p]! + 0.92 * radii[p]! * at[2 * k]!,
        centres[2 * p + 1]! + 0.92 * radii[p]! * at[2 * k + 1]!,
      ),
    )
  })
  return { places, majors, plates: false, headScale: 1, polar: 0.75, discs: NO_DISCS }
}

/** Neighbours of all agents, packed: those of i are to[from[i]..from[i + 1]). */
export interface Graph {
  readonly from: Int32Array
  readonly to: Int32Array
}

function adjacency({ agents, links }: StageInfo): Graph {
  const from = new Int32Array(agents + 1)
  for (const end of links) from[end + 1]!++
  for (let i = 0; i < agents; i++) from[i + 1]! += from[i]!
  const to = new Int32Array(links.length)
  const next = from.slice()
  for (let k = 0; k + 1 < links.length; k += 2) {
    to[next[links[k]!]!++] = links[k + 1]!
    to[next[links[k + 1]!]!++] = links[k]!
  }
  return { from, to }
}

/** Connected parts, the largest first (of equals the one with the smallest id), each in breadth-first order. */
export function components(agents: number, { from, to }: Graph): readonly (readonly number[])[] {
  const seen = new Uint8Array(agents)
  const parts: number[][] = []
  for (let first = 0; first < agents; first++) {
    if (seen[first]) continue
    const part = [first]
    seen[first] = 1
    for (let k = 0; k < part.length; k++) {
      const agent = part[k]!
      for (let e = from[agent]!; e < from[agent + 1]!; e++) {
        if (seen[to[e]!]) continue
        seen[to[e]!] = 1
        part.push(to[e]!)
      }
    }
    parts.push(part)
  }
  return parts.sort((a, b) => b.length - a.length || a[0]! - b[0]!)
}

function sunflower(n: number): Float32Array {
  const at = new Float32Array(2 * n)
  for (let k = 0; k < n; k++) {
    const radius = n === 1 ? 0 : Math.sqrt((k + 0.5) / n)
    at[2 * k] = radius * Math.cos(k * GOLDEN)
    at[2 * k + 1] = radius * Math.sin(k * GOLDEN)
  }
  return at
}

/** Centres of discs, largest first: that one in the middle, the others on circles round it. 2·n, xz. */
export function packDiscs(radii: readonly number[], gap: number): Float64Array {
  const at = new Float64Array(2 * radii.length)
  let edge = (radii[0] ?? 0) + gap
  let k = 1
  while (k < radii.length) {
    const widest = radii[k]!
    const circle = edge + widest
    const first = k
    let used = 0
    for (; k < radii.length; k++) {
      // Two discs on one circle are apart where the chord between them is as long as both radii and the gap.
      const turn = 2 * Math.asin(Math.min(1, (radii[k]! + gap / 2) / circle))
      if (k > first && used + turn > 2 * Math.PI) break
      used += turn
    }
    const slack = (2 * Math.PI - used) / (k - first)
    let angle = Math.PI
    for (let i = first; i < k; i++) {
      const turn = 2 * Math.asin(Math.min(1, (radii[i]! + gap / 2) / circle)) + slack
      at[2 * i] = circle * Math.cos(angle + turn / 2)
      at[2 * i + 1] = circle * Math.sin(angle + turn / 2)
      angle += turn
    }
    edge = circle + widest + gap
  }
  return at
}
