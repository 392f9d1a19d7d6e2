import { create } from 'zustand'
import type { StageInfo } from '../../../workers/protocol.ts'

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
  /** Tasks that a worker may have unfinished; 0: without limit. */
  readonly credits: number
}
export const NO_TASK_VIEW: TaskView = { path: [], breakers: [], credits: 0 }

/** By the stage that shows it: several may stand side by side. */
export interface TaskViews {
  readonly views: ReadonlyMap<StageInfo, TaskView>
}
export const useTaskViews = create<TaskViews>()(() => ({ views: new Map() }))

export const taskViewOf = (info: StageInfo | null, { views }: TaskViews = useTaskViews.getState()): TaskView =>
  (info && views.get(info)) ?? NO_TASK_VIEW

/** Gives a stage its view; null takes it away. What is told already is not told again. */
export function showTasks(info: StageInfo, view: TaskView | null): void {
  if (JSON.stringify(view ?? NO_TASK_VIEW) === JSON.stringify(taskViewOf(info))) return
  const views = new Map(useTaskViews.getState().views)
  if (view === null) views.delete(info)
  else views.set(info, view)
  useTaskViews.setState({ views })
}
