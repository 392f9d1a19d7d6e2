import { NONE, type AgentId } from '../kernel/units.ts'
import type { Adjacency } from './adjacency.ts'

/** What the tables of one set of routes may take; the oldest goes when another is made. */
const TABLES_BYTES_MAX = 64 * 1_048_576

/**
 * Shortest ways through a graph, by destination: tables are made when first asked for, and what is kept changes nothing
 * but the time an answer takes.
 */
export class Routes {
  private readonly tables = new Map<AgentId, Int32Array>()
  private readonly tablesMax: number
  private readonly queue: Int32Array
  private readonly hops: Int32Array

  constructor(private readonly graph: Adjacency) {
    const capacity = graph.start.length - 1
    this.tablesMax = Math.max(2, Math.floor(TABLES_BYTES_MAX / (4 * Math.max(1, capacity))))
    this.queue = new Int32Array(capacity)
    this.hops = new Int32Array(capacity)
  }

  /**
   * By agent: its neighbour with the smallest id of those one hop nearer to `to`; `to` at `to`; NONE where no way
   * leads. Read at once: a later call may write over it.
   */
  towards(to: AgentId): Int32Array {
    const known = this.tables.get(to)
    if (known !== undefined) return known
    const table = this.recycled()
    this.search(to, table)
    this.tables.set(to, table)
    return table
  }

  /** Hops from `from` to each agent, −1 where no way leads; valid until the next search. Also the farthest. */
  distances(from: AgentId): { hops: Int32Array; farthest: number; reached: number } {
    const reached = this.search(from, null)
    return { hops: this.hops, farthest: this.hops[this.queue[reached - 1]!]!, reached }
  }

  /** Breadth first; fills `next` where given. Returns how many were reached, `from` included; `queue` holds them. */
  private search(from: AgentId, next: Int32Array | null): number {
    const { queue, hops } = this
    const { start, list } = this.graph
    hops.fill(-1)
    next?.fill(NONE)
    hops[from] = 0
    if (next !== null) next[from] = from
    queue[0] = from
    let count = 1
    for (let head = 0; head < count; head++) {
      const at = queue[head]!
      const beyond = hops[at]! + 1
      for (let k = start[at]!; k < start[at + 1]!; k++) {
        const id = list[k]!
        if (hops[id] === -1) {
          hops[id] = beyond
          queue[count++] = id
          if (next !== null) next[id] = at
        } else if (next !== null && hops[id] === beyond && at < next[id]!) next[id] = at
      }
    }
    return count
  }

  /** An array for a new table: the oldest table's once there are enough. */
  private recycled(): Int32Array {
    if (this.tables.size < this.tablesMax) return new Int32Array(this.hops.length)
    const [oldest, table] = this.tables.entries().next().value!
    this.tables.delete(oldest)
    return table
  }
}
