import { create } from 'zustand'
import { TaskBook } from '../panels/tasks/TaskBook.ts'
import { useLab } from './lab.ts'

/** Tasks of the run on screen; loaded with the first scenario that has any, and listening from then on. */

export const book = new TaskBook()

export interface TasksSlice {
  /** Of `book`: grows with it. */
  version: number
  chosen: number | null
  /** What stands on the timeline. */
  chart: 'gantt' | 'charts'
  /** How much of the run the Gantt chart shows, µs; null: what suits its bars. */
  widthUs: number | null
}

export const useTasks = create<TasksSlice>()(() => ({ version: 0, chosen: null, chart: 'gantt', widthUs: null }))

/** Shows a task's life, and its way on the stage. */
export function chooseTask(task: number | null): void {
  useTasks.setState({ chosen: task })
  if (task !== null) useLab.getState().showRight('tasks')
}

const { takeFacts } = useLab.getState()
// The book hears every mark: the lists of the store keep but the newest.
useLab.setState({
  takeFacts: (facts) => {
    book.take(facts.marks, facts.reset)
    takeFacts(facts)
    if (facts.reset) useTasks.setState({ version: book.version, chosen: null })
    else if (book.version !== useTasks.getState().version) useTasks.setState({ version: book.version })
  },
})
book.take(useLab.getState().marks.recent, true)
useTasks.setState({ version: book.version })
