import { philox, STREAM } from '../../kernel/philox.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import { graphAt, taskAt } from '../workload/workload.ts'

/**
 * Graphs of tasks with a place for every task, the same whatever the topology. By the workload's `dag`:
 * - random: `depth` layers of `width` tasks, each with up to three before it, and each at an agent drawn evenly
 * - fork-join: the first agent divides the work among `width` others, each of them again, and so on until everybody has
 *   a share; results are put together on the way back. Agents k·width + 1 … k·width + width are below agent k, as in a
 *   tree of that branching
 * - pipeline: `depth` tasks in a row, at one agent after the other
 */
export interface Step {
  /** Place in the graph. */
  readonly id: U32
  readonly at: AgentId
  readonly sizeUs: number
  /** Steps whose results it needs, ascending. */
  readonly after: readonly U32[]
}

/** First word of the counters of STREAM.workload, apart from those of workload.ts. */
const DRAW_PLACE = 0x6c10
const words = new Uint32Array(4)

/** How many steps a graph has among so many agents. */
export function stepsOf({ dag, width, depth }: WorkloadSpec, agents: number): number {
  if (dag === 'random') return width * depth
  if (dag === 'pipeline') return depth
  return agents + innerAgents(agents, width)
}

/** Agents that have others below them in a heap of this branching. */
const innerAgents = (agents: number, width: number): number => Math.ceil((agents - 1) / width)

/** The latest graph: all agents of a thread look up the same one, one after the other. */
let latest: { readonly of: readonly unknown[]; readonly steps: readonly Step[] } = { of: [], steps: [] }

/** Graph number `g`, steps in the order of their places, each behind those it needs. `members` is not empty. Pure. */
export function stepsAt(spec: WorkloadSpec, seed: U32, g: U32, members: readonly AgentId[]): readonly Step[] {
  const of = [spec, seed, g, members]
  if (latest.of.length === 0 || of.some((part, k) => part !== latest.of[k]))
    latest = { of, steps: drawSteps(spec, seed, g, members) }
  return latest.steps
}

function drawSteps(spec: WorkloadSpec, seed: U32, g: U32, members: readonly AgentId[]): readonly Step[] {
  const firstId = g * stepsOf(spec, members.length)
  if (spec.dag === 'fork-join') return divided(spec, seed, firstId, members)
  return graphAt(spec, seed, firstId, firstId, members[0]!, 0).map(({ sizeUs, after }, k): Step => {
    let place = k % members.length
    if (spec.dag === 'random') {
      philox(words, seed, STREAM.workload, DRAW_PLACE, g, k, 0)
      place = Math.floor((words[0]! / 4_294_967_296) * members.length)
    }
    return { id: k, at: members[place]!, sizeUs, after: after.map((id) => (id - firstId) >>> 0) }
  })
}

/** Step k is the share, or the dividing, of agent k; the rest put together, from the last inner agent to the first. */
function divided(spec: WorkloadSpec, seed: U32, firstId: U32, members: readonly AgentId[]): readonly Step[] {
  const { width } = spec
  const agents = members.length
  const inner = innerAgents(agents, width)
  const step = (id: U32, place: number, after: readonly U32[]): Step => {
    const { sizeUs } = taskAt(spec, seed, (firstId + id) >>> 0, members[0]!, 0)
    return { id, at: members[place]!, sizeUs, after }
  }
  const joined = (place: number): U32 => (place < inner ? agents + inner - 1 - place : place)
  const steps = members.map((_, k) => step(k, k, k === 0 ? [] : [Math.floor((k - 1) / width)]))
  for (let place = inner - 1; place >= 0; place--) {
    const below: U32[] = []
    for (let k = place * width + 1; k <= Math.min(place * width + width, agents - 1); k++) below.push(joined(k))
    steps.push(
      step(
        joined(place),
        place,
        below.sort((a, b) => a - b),
      ),
    )
  }
  return steps
}
