import type { U32 } from '../../kernel/units.ts'

/**
 * Loads of n workers of which some are out of reach (Infinity): who has the least, and the k-th of those in reach, in
 * O(log n) whatever changes. A tournament over the places; each inner node knows the least below it, how many have it,
 * and how many are in reach. Plain state; functions mutate it and nothing else.
 */
export interface LoadTree {
  /** Leaves begin here: a power of two. Node k has the children 2k and 2k + 1; 1 is the root. */
  leaves: number
  least: Float64Array
  /** How many have that least load. */
  equals: Uint32Array
  reachable: Uint32Array
}

export const newLoadTree = (n: number): LoadTree => {
  let leaves = 1
  while (leaves < n) leaves *= 2
  const least = new Float64Array(2 * leaves).fill(Infinity)
  return { leaves, least, equals: new Uint32Array(2 * leaves), reachable: new Uint32Array(2 * leaves) }
}

export const reachableCount = (tree: LoadTree): number => tree.reachable[1]!

/** Sets the load at a place; a place beyond the last makes room for it. */
export function setLoad(tree: LoadTree, place: number, load: number): void {
  if (place >= tree.leaves) grow(tree, place + 1)
  const { least, equals, reachable } = tree
  let node = tree.leaves + place
  if (least[node] === load) return
  least[node] = load
  reachable[node] = equals[node] = load < Infinity ? 1 : 0
  for (node >>= 1; node >= 1; node >>= 1) {
    const left = 2 * node
    const right = left + 1
    reachable[node] = reachable[left]! + reachable[right]!
    const most = least[left]! < least[right]! ? left : right
    least[node] = least[most]!
    equals[node] = least[left] === least[right] ? equals[left]! + equals[right]! : equals[most]!
  }
}

function grow(tree: LoadTree, n: number): void {
  const { leaves, least } = tree
  Object.assign(tree, newLoadTree(n))
  for (let place = 0; place < leaves; place++) setLoad(tree, place, least[leaves + place]!)
}

/** A place with the least load, each of equals as likely by the word; −1 where nobody is in reach. */
export function leastPlace({ leaves, least, equals, reachable }: LoadTree, word: U32): number {
  if (reachable[1] === 0) return -1
  let k = Math.floor((word / 4_294_967_296) * equals[1]!)
  let node = 1
  while (node < leaves) {
    node *= 2
    const here = least[node] === least[1] ? equals[node]! : 0
    if (k >= here) {
      k -= here
      node++
    }
  }
  return node - leaves
}

/** The k-th place in reach, from 0 on; k < reachableCount. */
export function reachablePlace({ leaves, reachable }: LoadTree, k: number): number {
  let node = 1
  while (node < leaves) {
    node *= 2
    if (k >= reachable[node]!) {
      k -= reachable[node]!
      node++
    }
  }
  return node - leaves
}

export const isReachable = ({ leaves, reachable }: LoadTree, place: number): boolean =>
  place < leaves && reachable[leaves + place] === 1
