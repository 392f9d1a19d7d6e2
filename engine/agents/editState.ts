import { clonePlain, type Plain } from '../kernel/plain.ts'
import type { AgentState, ProgramState } from './agentState.ts'

/**
 * What a person changes by hand in an agent: a parameter, or a variable of its state. Both at a cut, both in the log.
 */

type Box = { [key: string]: unknown }
const isBox = (value: unknown): value is Box =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)

const running = (agent: AgentState, program: number): ProgramState | undefined =>
  agent.programs.find((p) => p.program === program)

/**
 * Gives `param` of a program the value from now on, restarts included. False where the agent does not run it. The
 * convention: a program's state keeps its parameters under `params`, as the scenario names them. Mutates `agent`.
 */
export function setParam(agent: AgentState, program: number, param: string, value: Plain): boolean {
  const p = running(agent, program)
  if (p === undefined) return false
  p.overrides = { ...p.overrides, [param]: value }
  if (isBox(p.state) && isBox(p.state.params)) p.state.params = { ...p.state.params, [param]: clonePlain(value) }
  return true
}

/**
 * Overwrites the variable at `path` (keys and indices by dots) of a program's state. Mutates `agent`. Returns why not,
 * as the end of a sentence, or null. A value keeps its type: a number stays a finite number, a text a text.
 */
export function editState(agent: AgentState, program: number, path: string, value: Plain): string | null {
  const p = running(agent, program)
  if (p === undefined) return 'the agent does not run that program'
  if (p.state === null) return 'the agent is down'
  const keys = path.split('.')
  const last = keys.pop()!
  const holder = holderOf(p, keys)
  // The length of a list is no variable: cutting a list short is giving it a new value.
  const known = holder !== null && Object.hasOwn(holder, last) && !(Array.isArray(holder) && last === 'length')
  if (!known) return `there is no ${path}`
  const before = holder[last]
  const problem = typeProblem(before, value)
  if (problem !== null) return `${path} ${problem}`
  holder[last] = clonePlain(value)
  return null
}

/** The object or list that holds the variable; what checkpoints may share is copied on the way. Mutates `p.state`. */
function holderOf(p: ProgramState, keys: readonly string[]): Box | null {
  if (!isBox(p.state)) return null
  let holder: Box = Array.isArray(p.state) ? (p.state.slice() as unknown as Box) : { ...p.state }
  p.state = holder
  for (const key of keys) {
    const next = Object.hasOwn(holder, key) ? holder[key] : undefined
    if (!isBox(next)) return null
    const copy = (Array.isArray(next) ? next.slice() : { ...next }) as Box
    holder[key] = copy
    holder = copy
  }
  return holder
}

function typeProblem(before: unknown, after: Plain): string | null {
  const [was, is] = [typeWord(before), typeWord(after)]
  if (was !== is && before !== null && before !== undefined) return `is ${was}, not ${is}`
  return typeof after === 'number' && Number.isInteger(before) && !Number.isInteger(after) ? 'is a whole number' : null
}

function typeWord(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return 'a text'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
