import { bool, f64, record, u32, type Layout } from '../../kernel/codec.ts'
import type { U32 } from '../../kernel/units.ts'

/**
 * The computation of fib(n) by its own recursion, as a directed acyclic graph of unit nodes: a call with n ≥ 2 is a
 * node that forks its two calls and a node that joins their values; a call with n < 2 is one node. It is never built:
 * whoever works on a node makes the next ones. Source of the model: Blumofe and Leiserson, "Scheduling multithreaded
 * computations by work stealing", Journal of the ACM 46(5), 1999.
 */
export interface DagNode {
  /** Place of the call in the binary tree of calls: the root is 1, the calls of k are 2k and 2k + 1. */
  readonly call: U32
  readonly n: U32
  /** The second node of the call, which has its values: `value` and `nodes` are then theirs. */
  readonly join: boolean
  readonly value: number
  /** Nodes worked on below, this call's own two among them. */
  readonly nodes: number
}

export const dagNodeLayout: Layout<DagNode> = record({ call: u32, n: u32, join: bool, value: f64, nodes: f64 })

/** The largest n whose calls have 32-bit places, with one bit to spare for which node of the call it is. */
export const FIB_MAX = 30

export const rootOf = (n: U32): DagNode => callNode(1, n)
export const callNode = (call: U32, n: U32): DagNode => ({ call, n, join: false, value: 0, nodes: 0 })

/** The number that a node has in marks: unique in the computation. */
export const taskOf = ({ call, join }: DagNode): U32 => 2 * call + (join ? 1 : 0)

/** Whether `call` is `above` or below it. */
export function isBelow(call: U32, above: U32): boolean {
  let at = call
  while (at > above) at = Math.floor(at / 2)
  return at === above
}

export function fib(n: U32): number {
  let [a, b] = [0, 1]
  for (let i = 0; i < n; i++) [a, b] = [b, a + b]
  return a
}

/** T₁, all nodes: 2·fib(n + 1) − 1 calls, and a second node for the fib(n + 1) − 1 that fork; 85,969 for n = 22. */
export const workOf = (n: U32): number => 3 * fib(n + 1) - 2

/** T∞, nodes on the longest path: two for each call from n down to 2, and a leaf; 43 for n = 22. */
export const spanOf = (n: U32): number => (n < 2 ? 1 : 2 * (n - 1) + 1)
