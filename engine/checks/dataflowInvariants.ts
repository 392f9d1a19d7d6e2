import type { Mark } from '../agents/Program.ts'
import type { Finding, Invariant } from './Invariant.ts'

/** Steps of a graph that are done, by whom; a step's number has its graph's above the lowest 16 bits. */
interface Graphs {
  readonly done: { [graph: number]: { [step: number]: true } }
  /** Whose steps of a graph may have been done by an earlier life. */
  readonly lost: { [graph: number]: { [agent: number]: true } }
  /** The one that the first member began last; −1 before. */
  newest: number
  /** The first member; its next life counts graphs anew. */
  first: number
  /** Some were told to say no more of their steps, or began to during the run. */
  silent: boolean
}
const NUMBERS = 65_536
const graphOf = (task: number): number => Math.floor(task / NUMBERS)

const ON = { dataflow: ['began', 'started', 'worked', 'ended'], host: ['crashed', 'set', 'edited'] } as const
const newGraphs = (): Graphs => ({ done: {}, lost: {}, newest: -1, first: -1, silent: false })

/** What is done, and which graphs there are; those before the last two are forgotten. Mutates `state`. */
function follow(state: Graphs, { agent, program, body }: Mark): void {
  if (program === 'host') {
    if (body.kind === 'crashed') {
      if (agent === state.first) state.silent = true
      for (const lost of Object.values(state.lost)) lost[agent] = true
    } else if (body.kind === 'edited' || body['program'] === 'dataflow') state.silent = true
    return
  }
  if (body.kind === 'began') {
    const graph = (body['graph'] as number) % NUMBERS
    for (const old of Object.keys(state.done).map(Number))
      if (old !== state.newest) {
        delete state.done[old]
        delete state.lost[old]
      }
    state.newest = graph
    state.first = agent
    state.done[graph] = {}
    state.lost[graph] = {}
  } else if (body.kind === 'worked') {
    const task = body['task'] as number
    const done = state.done[graphOf(task)]
    if (done !== undefined) done[task] = true
  }
}

const stepText = (task: number): string => `step ${task % NUMBERS} of graph ${graphOf(task)}`

/** The firing rule of dataflow (Dennis 1974): a result is there once whoever makes it says that it is done. */
export const inputsFirst: Invariant<Graphs> = {
  name: 'inputs-first',
  title: 'No step begins before all the results that it needs are there',
  on: ON,
  init: newGraphs,
  onMark(state, mark): Finding {
    follow(state, mark)
    if (mark.body.kind !== 'started' || state.silent) return false
    const task = mark.body['task'] as number
    const done = state.done[graphOf(task)]
    if (done === undefined) return false
    const missing = (mark.body['needs'] as readonly number[]).find((one) => done[one] !== true)
    return (
      missing === undefined || `agent ${mark.agent} begins ${stepText(task)}, and step ${missing % NUMBERS} is not done`
    )
  },
}

/** Who crashed in the middle of a graph may do again what it did: the graph is given up anyway. */
export const everyStepOnce: Invariant<Graphs> = {
  name: 'every-step-once',
  title: 'Every step of a graph is done once, and all of them when it ends',
  on: ON,
  init: newGraphs,
  onMark(state, mark): Finding {
    const { agent, body } = mark
    if (body.kind === 'worked' && !state.silent) {
      const task = body['task'] as number
      const [done, lost] = [state.done[graphOf(task)], state.lost[graphOf(task)]]
      if (done?.[task] === true && lost?.[agent] !== true) return `agent ${agent} does ${stepText(task)} a second time`
    }
    follow(state, mark)
    if (state.silent) return false
    return body.kind === 'worked' || (body.kind === 'ended' && isWhole(state, body))
  },
}

/** Not judged where steps are not told. */
function isWhole({ done }: Graphs, { graph, steps }: Mark['body']): Finding {
  const count = Object.keys(done[(graph as number) % NUMBERS] ?? {}).length
  if (count === 0) return false
  return count === steps || `graph ${String(graph)} has ended with ${count} of ${String(steps)} steps done`
}

export const DATAFLOW: readonly Invariant[] = [inputsFirst, everyStepOnce]
