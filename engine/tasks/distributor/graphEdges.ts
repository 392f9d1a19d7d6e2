import type { U32 } from '../../kernel/units.ts'
import type { Distributor, Edges } from './distributorState.ts'

/** Tasks that come after others, by row: who is missing for whom. Functions mutate the edges only. */

const NO_EDGE = -1

export const newEdges = (): Edges => ({
  ...{ missing: new Uint16Array(0), firstEdge: new Int32Array(0), to: [], next: [], free: NO_EDGE },
})

/** The row in `later` cannot begin before the one in `earlier` has ended. */
export function addEdge({ edges, table }: Distributor, earlier: number, later: number): void {
  room(edges, table.ids.length)
  let edge = edges.free
  if (edge !== NO_EDGE) edges.free = edges.next[edge]!
  else edge = edges.to.length
  edges.to[edge] = later
  edges.next[edge] = edges.firstEdge[earlier]! - 1
  edges.firstEdge[earlier] = edge + 1
  edges.missing[later]!++
}

/** Columns as long as the table's; places are stored plus one, so that new ones are empty. */
function room(edges: Edges, rows: number): void {
  if (edges.missing.length >= rows) return
  const { missing, firstEdge } = edges
  edges.missing = new Uint16Array(rows)
  edges.missing.set(missing)
  edges.firstEdge = new Int32Array(rows)
  edges.firstEdge.set(firstEdge)
}

/** The row has ended: takes it out of the graph. Returns the rows that waited for it. */
export function takeEdges({ edges }: Distributor, row: number): number[] {
  const waited: number[] = []
  if (row >= edges.firstEdge.length) return waited
  let edge = edges.firstEdge[row]! - 1
  while (edge !== NO_EDGE) {
    const next = edges.next[edge]!
    waited.push(edges.to[edge]!)
    edges.next[edge] = edges.free
    edges.free = edge
    edge = next
  }
  edges.firstEdge[row] = 0
  for (const later of waited) edges.missing[later]!--
  return waited.reverse()
}

/** Ids of the tasks that wait for the row. */
export function laterTasks({ edges, table }: Distributor, row: number): U32[] {
  const later: U32[] = []
  for (let edge = (edges.firstEdge[row] ?? 0) - 1; edge !== NO_EDGE; edge = edges.next[edge]!)
    later.push(table.ids[edges.to[edge]!]!)
  return later
}

export const isBlocked = ({ edges }: Distributor, row: number): boolean => (edges.missing[row] ?? 0) > 0
