import './tasks.css'
import type { ReactNode } from 'react'
import { useTasks } from '../../state/tasks.ts'
import Gantt from './Gantt.tsx'

const VIEWS = { gantt: 'Who works on what', charts: 'Run and faults' } as const

/** What stands in the dock of a run with tasks: its Gantt chart, or the charts that every run has. */
export default function TaskTimeline({ charts }: { charts: ReactNode }) {
  const chart = useTasks((s) => s.chart)
  return (
    <>
      <div className="timeline-views" role="group" aria-label="What the timeline shows">
        {(['gantt', 'charts'] as const).map((view) => (
          <button
            key={view}
            type="button"
            aria-pressed={chart === view}
            onClick={() => useTasks.setState({ chart: view })}
          >
            {VIEWS[view]}
          </button>
        ))}
      </div>
      {chart === 'gantt' ? <Gantt /> : charts}
    </>
  )
}
