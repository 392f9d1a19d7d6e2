import { cos, TAU } from '../../kernel/math.ts'
import { squarestSides } from '../../kernel/sides.ts'
import type { Scenario } from '../../scenario/Scenario.ts'
import { algebraicConnectivity } from './eigenvalues.ts'

/** What theory says of a topology of n agents. */
export interface Shape {
  readonly links: number
  /** Most hops between two agents. */
  readonly diameter: number
  /** λ₂ of the Laplacian; NaN where links lead one way. */
  connectivity(): number
}

const ringConnectivity = (n: number): number => 2 - 2 * cos(TAU / n)

/**
 * Closed forms, the tree's eigenvalue computed from its own definition; null where a topology is drawn from the seed,
 * is made of parts, or is too small for its form.
 */
export function shapeOf({ swarm, topology }: Pick<Scenario, 'swarm' | 'topology'>): Shape | null {
  const n = swarm.agents
  if (n < 3) return null
  switch (topology.kind) {
    case 'mesh':
      return { links: (n * (n - 1)) / 2, diameter: 1, connectivity: () => n }
    case 'ring':
      return topology.oneWay
        ? { links: n, diameter: n - 1, connectivity: () => NaN }
        : { links: n, diameter: Math.floor(n / 2), connectivity: () => ringConnectivity(n) }
    case 'star':
      return { links: n - 1, diameter: 2, connectivity: () => 1 }
    case 'torus': {
      const width = topology.columns === 0 ? squarestSides(n)[1] : topology.columns
      const rows = n / width
      if (rows < 3 || width < 3) return null
      const diameter = Math.floor(rows / 2) + Math.floor(width / 2)
      return { links: 2 * n, diameter, connectivity: () => ringConnectivity(Math.max(rows, width)) }
    }
    case 'hierarchical':
      return treeShape(n, topology.branching)
    default:
      return null
  }
}

/** Place i hangs on place ⌊(i − 1) / branching⌋. */
function treeShape(n: number, branching: number): Shape {
  const links = Array.from({ length: n - 1 }, (_, k) => [Math.floor(k / branching), k + 1] as const)
  const height = new Array<number>(n).fill(0)
  let diameter = 0
  for (let k = n - 2; k >= 0; k--) {
    const [above, below] = links[k]!
    diameter = Math.max(diameter, height[above]! + height[below]! + 1)
    height[above] = Math.max(height[above]!, height[below]! + 1)
  }
  return { links: n - 1, diameter, connectivity: () => algebraicConnectivity(n, links) }
}
