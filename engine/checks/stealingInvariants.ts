import type { Mark } from '../agents/Program.ts'
import type { Finding, Invariant } from './Invariant.ts'

interface Counted {
  /** Nodes that there are, once the result has been told; and the workers that know of it. */
  nodes: number
  workers: number
  /** What workers say that they worked on, and how many have said it. */
  worked: number
  told: number
  /** A thief was given up, so nodes may be worked on twice; who crashed or came later is not in the count. */
  again: boolean
  forgotten: boolean
}

/** fib(n) and the nodes of its computation, by the recursion itself: one for a leaf, two for a call that forks. */
export function fibOf(n: number): { value: number; nodes: number } {
  let [one, two] = [
    { value: 0, nodes: 1 },
    { value: 1, nodes: 1 },
  ]
  for (let i = 0; i < n; i++) [one, two] = [two, { value: one.value + two.value, nodes: one.nodes + two.nodes + 2 }]
  return one
}

/** Blumofe and Leiserson 1999: every node is executed once. Where leases ran out it is worked on at least once. */
export const everyNodeOnce: Invariant<Counted> = {
  name: 'every-node-once',
  title: 'The result is right, and every node of the computation counts once',
  on: { stealing: ['began', 'finished', 'reclaimed', 'tally'], host: ['crashed', 'left', 'joined', 'edited'] },
  init: () => ({ nodes: 0, workers: 0, worked: 0, told: 0, again: false, forgotten: false }),
  onMark(state, { program, body }: Mark): Finding {
    if (program === 'host' || (body.kind === 'began' && body['attempt'] !== 0)) state.forgotten = true
    else if (body.kind === 'reclaimed') state.again = true
    else if (body.kind === 'finished') return result(state, body)
    else if (body.kind === 'tally') return tally(state, body['worked'] as number)
    return false
  },
}

function result(state: Counted, body: Mark['body']): Finding {
  const n = body['n'] as number
  const { value, nodes } = fibOf(n)
  state.nodes = nodes
  state.workers = body['workers'] as number
  if (body['value'] !== value) return `fib(${n}) comes out as ${String(body['value'])}, and is ${value}`
  if (body['nodes'] === nodes) return true
  return `the result counts ${String(body['nodes'])} nodes of fib(${n}), which has ${nodes}`
}

function tally(state: Counted, worked: number): Finding {
  state.worked += worked
  state.told++
  if (state.forgotten || state.told < state.workers || state.told === 0 || state.nodes === 0) return false
  if (state.worked === state.nodes || (state.again && state.worked > state.nodes)) return true
  return `${state.worked} nodes were worked on, of ${state.nodes} that there are`
}

export const STEALING: readonly Invariant[] = [everyNodeOnce]
