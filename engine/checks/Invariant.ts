import type { Mark } from '../agents/Program.ts'
import type { Plain } from '../kernel/plain.ts'
import type { AgentId } from '../kernel/units.ts'
import type { WorkloadSpec } from '../scenario/Scenario.ts'
import type { RaftView } from './RaftView.ts'

/** What a run is checked against; constant but for `quietFromUs`. */
export interface CheckContext {
  /** Agents that run raft, ascending. */
  readonly members: readonly AgentId[]
  /** Virtual time of the last command's end; what is still on after it the host's marks tell. */
  readonly quietFromUs: number
  /** The largest election timeout of the scenario. */
  readonly electionMaxUs: number
  /** Absent where nobody hands out tasks. */
  readonly tasks?: TaskSetting
  /** The scenario's programs, defaults filled in; absent in histories by hand that need none. */
  readonly programs?: readonly ProgramSetting[]
  /** Most that a clock drifts from the start on, as a share; absent where all run true. */
  readonly drift?: number
}

export interface ProgramSetting {
  readonly kind: string
  readonly params: Params
}

/** What the checks of tasks must know of a scenario; taskTerms.ts has what follows from it. */
export interface TaskSetting {
  /** Parameters, defaults filled in, of each program of the kind that the scenario has. */
  readonly distributors: readonly Params[]
  readonly workers: readonly Params[]
  /** Agents that work from the start on, ascending. */
  readonly working: readonly AgentId[]
  readonly workload: WorkloadSpec
  /** No message is lost but by a fault. */
  readonly lossless: boolean
  /** What a message takes from one agent to any other, about, µs; 0 where nothing is said of it. */
  readonly messageUs?: number
  /** What a write takes, about, where distributors write down what they take in; 0 where nothing is said of it. */
  readonly diskUs?: number
  /** Most that a clock drifts from the start on, as a share. */
  readonly drift: number
}
type Params = { readonly [name: string]: Plain }

/** Not this check's concern, examined and held, or one sentence that says what went wrong. */
export type Finding = false | true | string

/**
 * A property of the whole history, decided from marks in their total order, about O(1) a mark. `view` is the cluster as
 * it was before this mark. `state` is plain and belongs to one run; only the invariant's own functions change it.
 */
export interface Invariant<State = any> {
  /** kebab-case, unique. */
  readonly name: string
  /** In plain words. */
  readonly title: string
  /** Which marks it needs: program → kinds. */
  readonly on: { readonly [program: string]: readonly string[] }
  init(ctx: CheckContext): State
  onMark(state: State, mark: Mark, view: RaftView, ctx: CheckContext): Finding
  /** Called with a time that has been reached, before the marks at that time; for what must happen in bounded time. */
  onTime?(state: State, timeUs: number, view: RaftView, ctx: CheckContext): Finding
}
