import type { Space } from '../space/SpaceModel.ts'
import { nearest } from './motion.ts'

/** Fewer bodies that are linked with each other are no cluster but company by chance. */
export const CLUSTER_MIN = 3

export interface Clusters {
  /** Sets of at least CLUSTER_MIN bodies linked with each other by way of others of the set. */
  readonly count: number
  /** Share of all bodies up that are in the largest; 0 where there is none. */
  readonly largest: number
  /** Members of the cluster that a body is in, on average over the bodies in clusters; 0 where there is none. */
  readonly size: number
  /** Share of the fullest group in a cluster, on average over the bodies in clusters; 0 where there is none. */
  readonly purity: number
  /** Polarisation within a cluster, on average over the bodies in clusters; 0 where there is none. */
  readonly polarisation: number
  /** Clusters by members: [i] has 2^i ≤ members < 2^(i+1). */
  readonly sizes: readonly number[]
  /** Smallest row of the largest cluster (of the smallest row, where several are), −1 none; and its members. */
  readonly fullest: number
  readonly members: number
}

/**
 * Clusters of bodies that are at most `distance` apart. Union and find over cells so small that all in one are linked;
 * between two cells one pair near enough links all, so that crowds cost no more than their number.
 * Roots are smallest rows: nothing depends on the order of visits. Keeps its own memory, which grows to what is needed.
 */
export class ClusterSearch {
  private parent = new Int32Array(0)
  private next = new Int32Array(0)
  private cells = new Int32Array(0)
  private size = new Int32Array(0)
  /** Table of occupied cells by hash: the row first met in the cell, −1 free. */
  private heads = new Int32Array(0)
  /** Cells along each side of a world that wraps; 0 otherwise. */
  private sides: readonly [number, number, number] = [0, 0, 0]
  /** How many cells on a linked body can be, along each axis. */
  private reach = 2

  /** Finds them anew. Reads the space, writes only its own memory. */
  find(space: Space, distance: number): void {
    this.reserve(space.count)
    this.fill(space, distance)
    this.link(space, distance)
    this.settle(space)
  }

  /** By row: the smallest row of those it is linked with, −1 where it is not up. Valid after `find`; read only. */
  get roots(): Int32Array {
    return this.parent
  }

  /** What was found last. `groups` > 1 where the model tells bodies apart. */
  summary(space: Space, groups: number): Clusters {
    const { status, count } = space
    let [clusters, inside, alive, squares, fullest, members] = [0, 0, 0, 0, -1, 0]
    const sizes: number[] = []
    const place = this.next // no longer needed: now the number of a root's cluster
    for (let row = 0; row < count; row++) {
      if (status[row] !== 1) continue
      alive++
      const size = this.size[row]!
      if (this.parent[row] !== row || size < CLUSTER_MIN) continue
      place[row] = clusters++
      inside += size
      squares += size * size
      const octave = 31 - Math.clz32(size)
      while (sizes.length <= octave) sizes.push(0)
      sizes[octave]!++
      if (size > members) [fullest, members] = [row, size]
    }
    if (clusters === 0) return { ...NO_CLUSTERS }
    const [largest, size] = [members / alive, squares / inside]
    const { purity, polarisation } = this.within(space, clusters, groups, place)
    return { count: clusters, largest, size, purity, polarisation, sizes, fullest, members }
  }

  /** What the members of a cluster have in common. @param place number of a cluster by the row of its root */
  private within(space: Space, clusters: number, groups: number, place: Int32Array) {
    const { status, count, group, heading } = space
    const counts = new Uint32Array(clusters * groups)
    const sums = new Float64Array(3 * clusters)
    let inside = 0
    for (let row = 0; row < count; row++) {
      if (status[row] !== 1) continue
      const root = this.parent[row]!
      if (this.size[root]! < CLUSTER_MIN) continue
      inside++
      const c = place[root]!
      counts[c * groups + Math.min(group[row]!, groups - 1)]!++
      for (let axis = 0; axis < 3; axis++) sums[3 * c + axis]! += heading[3 * row + axis]!
    }
    let [pure, aligned] = [0, 0]
    for (let c = 0; c < clusters; c++) {
      let most = 0
      for (let g = 0; g < groups; g++) most = Math.max(most, counts[c * groups + g]!)
      pure += most
      const [x, y, z] = [sums[3 * c]!, sums[3 * c + 1]!, sums[3 * c + 2]!]
      aligned += Math.sqrt(x * x + y * y + z * z)
    }
    return { purity: pure / inside, polarisation: aligned / inside }
  }

  private reserve(count: number): void {
    if (this.parent.length >= count) return
    this.parent = new Int32Array(count)
    this.next = new Int32Array(count)
    this.size = new Int32Array(count)
    this.cells = new Int32Array(3 * count)
    let slots = 16
    while (slots < 2 * count) slots *= 2
    this.heads = new Int32Array(slots)
  }

  /** Puts every body into its cell, linked with the first that was there. */
  private fill({ position, status, count, spec }: Space, distance: number): void {
    const { parent, next, cells, heads } = this
    // The diagonal of a cell is at most the distance; in a world that wraps whole cells fill it. Below a 2³⁰th of the
    // world positions in single precision are the same or further apart.
    const least = Math.max(spec.width, spec.height, spec.dimensions === 3 ? spec.depth : 0) / 0x4000_0000
    const most = Math.max((distance / Math.sqrt(spec.dimensions)) * 0.999_999, least)
    const whole = spec.edges === 'wrap'
    const per = (side: number): number => (whole ? Math.max(1, Math.ceil(side / most)) : 0)
    this.sides = [per(spec.width), per(spec.height), per(spec.depth)]
    const wide = whole ? spec.width / this.sides[0] : most
    const high = whole ? spec.height / this.sides[1] : most
    const deep = whole ? spec.depth / this.sides[2] : most
    const narrowest = Math.min(wide, high, spec.dimensions === 3 ? deep : wide)
    // In a small world that wraps cells are narrower still; three either way are then all there are.
    this.reach = Math.min(3, Math.ceil(distance / narrowest))
    heads.fill(-1)
    for (let row = 0; row < count; row++) {
      parent[row] = -1
      next[row] = -1
      if (status[row] !== 1) continue
      const i = 3 * row
      cells[i] = this.cellAt(position[i]! / wide, 0)
      cells[i + 1] = this.cellAt(position[i + 1]! / high, 1)
      cells[i + 2] = spec.dimensions === 3 ? this.cellAt(position[i + 2]! / deep, 2) : 0
      const slot = this.slotOf(cells[i]!, cells[i + 1]!, cells[i + 2]!)
      const head = heads[slot]!
      if (head < 0) {
        heads[slot] = row
        parent[row] = row
      } else {
        parent[row] = head
        next[row] = next[head]!
        next[head] = row
      }
    }
  }

  private cellAt(at: number, axis: 0 | 1 | 2): number {
    const cell = Math.floor(at)
    const side = this.sides[axis]
    return side > 0 && cell >= side ? side - 1 : cell
  }

  /** The slot of a cell, or the free one where it would be. */
  private slotOf(x: number, y: number, z: number): number {
    const { heads, cells } = this
    const mask = heads.length - 1
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b) ^ Math.imul(z, 0xc2b2ae35)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    let slot = (hash ^ (hash >>> 13)) & mask
    for (;;) {
      const head = heads[slot]!
      if (head < 0 || (cells[3 * head] === x && cells[3 * head + 1] === y && cells[3 * head + 2] === z)) return slot
      slot = (slot + 1) & mask
    }
  }

  /** Links cells that have a pair near enough; each pair of cells is looked at once. */
  private link(space: Space, distance: number): void {
    const { heads, cells, reach } = this
    const [wide, high, deep] = this.sides
    const layers = space.spec.dimensions === 3 ? reach : 0
    const around = (cell: number, side: number): number =>
      side === 0 ? cell : cell < 0 ? ((cell % side) + side) % side : cell % side
    for (let slot = 0; slot < heads.length; slot++) {
      const head = heads[slot]!
      if (head < 0) continue
      const [x, y, z] = [cells[3 * head]!, cells[3 * head + 1]!, cells[3 * head + 2]!]
      for (let dz = 0; dz <= layers; dz++)
        for (let dy = dz > 0 ? -reach : 0; dy <= reach; dy++)
          for (let dx = dz > 0 || dy > 0 ? -reach : 1; dx <= reach; dx++) {
            const other = heads[this.slotOf(around(x + dx, wide), around(y + dy, high), around(z + dz, deep))]!
            if (other >= 0 && other !== head) this.join(space, head, other, distance)
          }
    }
  }

  /** Links the cells of two heads if any two of their bodies are at most `distance` apart. */
  private join({ position, spec }: Space, one: number, other: number, distance: number): void {
    const [a, b] = [this.root(one), this.root(other)]
    if (a === b) return
    const { next, parent } = this
    const wraps = spec.edges === 'wrap'
    const r2 = distance * distance
    for (let i = one; i >= 0; i = next[i]!)
      for (let j = other; j >= 0; j = next[j]!) {
        let dx = position[3 * i]! - position[3 * j]!
        let dy = position[3 * i + 1]! - position[3 * j + 1]!
        let dz = position[3 * i + 2]! - position[3 * j + 2]!
        if (wraps) {
          dx = nearest(dx, spec.width)
          dy = nearest(dy, spec.height)
          dz = nearest(dz, spec.depth)
        }
        if (dx * dx + dy * dy + dz * dz > r2) continue
        parent[Math.max(a, b)] = Math.min(a, b)
        return
      }
  }

  private root(row: number): number {
    const { parent } = this
    let at = row
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }

  /** Every body points to its root, and roots know how many they are. */
  private settle({ status, count }: Space): void {
    const { parent, size } = this
    size.fill(0, 0, count)
    for (let row = 0; row < count; row++) {
      if (status[row] !== 1) continue
      const root = this.root(row)
      parent[row] = root
      size[root]!++
    }
  }
}

const NO_CLUSTERS: Clusters = {
  ...{ count: 0, largest: 0, size: 0, purity: 0, polarisation: 0 },
  ...{ sizes: [], fullest: -1, members: 0 },
}
