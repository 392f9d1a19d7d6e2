import { create } from 'zustand'

/** A breaker that is not closed: at `owner`, for calls to `server`. */
export interface Breaker {
  readonly owner: number
  readonly server: number
  readonly half: boolean
}

/** What marks tell of tasks and the stage shows beside the frames; written by whoever reads the marks. */
export interface TaskView {
  /** Agents that the chosen task was at, in order, each link once; empty: none is chosen. */
  readonly path: readonly number[]
  readonly breakers: readonly Breaker[]
}
export const NO_TASK_VIEW: TaskView = { path: [], breakers: [] }

export const useTaskView = create<TaskView>()(() => NO_TASK_VIEW)
