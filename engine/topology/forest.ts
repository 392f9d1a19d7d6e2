import { NONE, type AgentId } from '../kernel/units.ts'

/**
 * Heap-ordered trees over ids, routed round the absent. Columns by agent id; −2 (NONE) where there is nothing.
 * Preorder numbers make "is it below me" two comparisons, so that a route needs no climbing.
 */
export interface Forest {
  /** The tree's root; NONE for an absent agent. */
  readonly root: Int32Array
  readonly parent: Int32Array
  readonly level: Int32Array
  /** Agents in the subtree, itself included; 0 for an absent agent. */
  readonly size: Int32Array
  /** The subtree of a has the numbers preorder[a] … preorder[a] + size[a] − 1, unique within its tree. */
  readonly preorder: Int32Array
  /** Children of a: child[childStart[a]] … child[childStart[a + 1] − 1], ascending. */
  readonly childStart: Int32Array
  readonly child: Int32Array
  /** Roots in the order of their trees; trees without a present agent left out. */
  readonly roots: Int32Array
}

/**
 * Each tree's agents, ascending, take the places 0, 1, 2 … of a complete b-ary heap: the parent of place i is
 * ⌊(i−1)/b⌋. The children of an absent agent attach to its nearest present ancestor; for an absent root its smallest
 * present agent stands in. So a parent's id is always smaller than its child's, and one ascending pass suffices.
 * @param present 1 = takes part; its length is the capacity
 * @param treeOf  tree of each agent, 0…trees−1
 */
export function buildForest(present: Uint8Array, treeOf: Int32Array, trees: number, branching: number): Forest {
  const capacity = present.length
  const column = (): Int32Array => new Int32Array(capacity).fill(NONE)
  const root = column()
  const parent = column()
  const level = new Int32Array(capacity)
  const rootOfTree = new Int32Array(trees).fill(NONE)
  const memberAt = membersByTree(treeOf, trees)
  /** The agent itself if present, else its nearest present ancestor, else NONE. */
  const standIn = column()

  for (let id = 0; id < capacity; id++) {
    const tree = treeOf[id]!
    const place = memberAt.place[id]!
    const above =
      place === 0 ? NONE : standIn[memberAt.ids[memberAt.start[tree]! + Math.floor((place - 1) / branching)]!]!
    standIn[id] = present[id] === 1 ? id : above
    if (present[id] !== 1) continue
    if (rootOfTree[tree] === NONE) rootOfTree[tree] = id
    else {
      parent[id] = above === NONE ? rootOfTree[tree]! : above
      level[id] = level[parent[id]!]! + 1
    }
    root[id] = rootOfTree[tree]!
  }
  return { root, parent, level, roots: rootOfTree.filter((id) => id !== NONE), ...numberSubtrees(root, parent) }
}

/** Places in heap order, and who has each: the k-th agent of tree t is ids[start[t] + k]. */
function membersByTree(treeOf: Int32Array, trees: number): { place: Int32Array; start: Int32Array; ids: Int32Array } {
  const start = new Int32Array(trees + 1)
  const place = new Int32Array(treeOf.length)
  for (let id = 0; id < treeOf.length; id++) place[id] = start[treeOf[id]! + 1]!++
  for (let tree = 0; tree < trees; tree++) start[tree + 1]! += start[tree]!
  const ids = new Int32Array(treeOf.length)
  for (let id = 0; id < treeOf.length; id++) ids[start[treeOf[id]!]! + place[id]!] = id
  return { place, start, ids }
}

function numberSubtrees(
  root: Int32Array,
  parent: Int32Array,
): Pick<Forest, 'size' | 'preorder' | 'childStart' | 'child'> {
  const capacity = root.length
  const size = new Int32Array(capacity)
  const childStart = new Int32Array(capacity + 1)
  for (let id = capacity - 1; id >= 0; id--) {
    if (root[id] === NONE) continue
    size[id]!++
    const above = parent[id]!
    if (above === NONE) continue
    size[above]! += size[id]!
    childStart[above + 1]!++
  }
  for (let id = 0; id < capacity; id++) childStart[id + 1]! += childStart[id]!

  const child = new Int32Array(childStart[capacity]!)
  const filled = childStart.slice(0, capacity)
  const preorder = new Int32Array(capacity)
  const nextNumber = new Int32Array(capacity)
  for (let id = 0; id < capacity; id++) {
    if (root[id] === NONE) continue
    const above = parent[id]!
    if (above !== NONE) {
      child[filled[above]!++] = id
      preorder[id] = nextNumber[above]!
      nextNumber[above]! += size[id]!
    }
    nextNumber[id] = preorder[id]! + 1
  }
  return { size, preorder, childStart, child }
}

/** One hop along the tree from `from` towards `to` ≠ from, both in the same tree: down if `to` is below, else up. */
export function treeStep(forest: Forest, from: AgentId, to: AgentId): AgentId {
  const { preorder, child, childStart } = forest
  const target = preorder[to]!
  if (target < preorder[from]! || target >= preorder[from]! + forest.size[from]!) return forest.parent[from] as AgentId
  // the last child whose number is not above the target's
  let low = childStart[from]!
  let high = childStart[from + 1]! - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (preorder[child[middle]!]! <= target) low = middle
    else high = middle - 1
  }
  return child[low] as AgentId
}
