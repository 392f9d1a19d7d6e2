/**
 * A forest of one group as rings by level round its head: every node sits at the middle of its subtree's share of the
 * circle, so branches stay together; a level too full for one ring takes a band of staggered ones.
 * Source: radial drawing of Eades 1992, with bands.
 */
export interface RadialOptions {
  /** Where the first ring may begin (the head's plate ends before it). */
  readonly innerRadius: number
  /** Least distance of neighbours on a ring, and of rings. */
  readonly spacing: number
  /** Where on the circle the first branch begins, radians. */
  readonly phase: number
}
const RINGS_MAX = 96

/**
 * @param members agents of the group without its head; their parents lie in the group (or nowhere: then under the
 * head).
 * @param place   called once a member with offsets from the head and the depth (1 = child of the head).
 * @returns the radius of the whole.
 */
export function radialTree(
  head: number,
  members: readonly number[],
  parent: Int32Array,
  options: RadialOptions,
  place: (agent: number, x: number, z: number, depth: number) => void,
): number {
  const children = childrenOf(head, members, parent)
  const { leaves, order } = countLeaves(head, children)
  const start = new Map<number, number>([[head, 0]])
  const depth = new Map<number, number>([[head, 0]])
  const levels: { agent: number; angle: number }[][] = []
  const turn = (2 * Math.PI) / Math.max(1, leaves.get(head)!)
  for (const node of order) {
    let at = start.get(node)!
    const level = depth.get(node)!
    if (level > 0) (levels[level - 1] ??= []).push({ agent: node, angle: (at + leaves.get(node)! / 2) * turn })
    for (const child of children.get(node) ?? []) {
      start.set(child, at)
      depth.set(child, level + 1)
      at += leaves.get(child)!
    }
  }
  let radius = options.innerRadius
  levels.forEach((nodes, index) => {
    nodes.sort((a, b) => a.angle - b.angle)
    const rings = ringsFor(nodes, radius, options.spacing)
    nodes.forEach(({ agent, angle }, i) => {
      const r = radius + (i % rings) * options.spacing
      place(agent, r * Math.cos(angle + options.phase), r * Math.sin(angle + options.phase), index + 1)
    })
    radius += rings * options.spacing + options.spacing * 0.35
  })
  return levels.length === 0 ? options.innerRadius : radius - options.spacing * 1.35
}

function childrenOf(head: number, members: readonly number[], parent: Int32Array): Map<number, number[]> {
  const inGroup = new Set(members)
  const children = new Map<number, number[]>()
  for (const agent of members) {
    const above = inGroup.has(parent[agent] ?? -1) && parent[agent] !== agent ? parent[agent]! : head
    const list = children.get(above)
    if (list) list.push(agent)
    else children.set(above, [agent])
  }
  return children
}

/**
 * Leaves below each node, and the nodes so that parents come first. A loop of parents hangs nowhere and is dropped
 * here.
 */
function countLeaves(head: number, children: Map<number, number[]>): { leaves: Map<number, number>; order: number[] } {
  const order = [head]
  for (let i = 0; i < order.length; i++) for (const child of children.get(order[i]!) ?? []) order.push(child)
  const leaves = new Map<number, number>()
  for (let i = order.length - 1; i >= 0; i--) {
    const below = children.get(order[i]!)
    leaves.set(order[i]!, below ? below.reduce((sum, child) => sum + leaves.get(child)!, 0) : 1)
  }
  return { leaves, order }
}

/** Fewest rings on which no two neighbours of one ring are nearer than `spacing`. */
function ringsFor(nodes: readonly { angle: number }[], radius: number, spacing: number): number {
  for (let rings = 1; rings < RINGS_MAX; rings++) {
    let fits = true
    for (let i = 0; fits && i < nodes.length && nodes.length > rings; i++) {
      // The next one on the same ring; after the last comes the ring's first.
      const ahead = i + rings < nodes.length ? nodes[i + rings]!.angle : nodes[i % rings]!.angle + 2 * Math.PI
      const chord = 2 * (radius + (i % rings) * spacing) * Math.abs(Math.sin((ahead - nodes[i]!.angle) / 2))
      const alone = i < rings && i + rings >= nodes.length
      fits = alone || chord >= spacing * 0.98
    }
    if (fits) return rings
  }
  return RINGS_MAX
}
