import './tasks.css'
import { useMemo } from 'react'
import { useMedia } from '../../bridge/media.ts'
import { TASK_COLOURS } from '../../scene/tasks/colours.ts'
import { BOXES, STACKS_AGENTS_MAX } from '../../scene/tasks/stackShape.ts'
import { taskViewOf, useTaskViews } from '../../scene/tasks/taskView.ts'
import { useLab } from '../../state/lab.ts'
import { book, useTasks } from '../../state/tasks.ts'
import { alongTree } from './alongTree.ts'
import { pathOf } from './TaskBook.ts'
import { useStageTasks } from './useStageTasks.ts'

/** What the boxes mean; and what marks tell is brought to the stage for as long as this is there. */
export default function TaskLegend() {
  useOwnStage()
  const theme = useLab((s) => s.theme)
  const light = useMedia('(prefers-color-scheme: light)')
  const agents = useLab((s) => s.stage?.agents ?? 0)
  const stage = useLab((s) => s.stage)
  const view = useTaskViews((s) => taskViewOf(stage, s))
  const [breakers, path, credits] = [view.breakers.length > 0, view.path.length > 0, view.credits]
  const { task, waiting, full } = TASK_COLOURS[theme === 'system' ? (light ? 'light' : 'dark') : theme]
  const many = agents > STACKS_AGENTS_MAX
  return (
    <>
      <Box colour={task} words={many ? 'tasks at work' : 'a task at work, or on its way'} />
      <Box colour={waiting} words="waiting" />
      <Box colour={full} words="too many" />
      {breakers && (
        <span className="legend-item">
          <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="var(--byzantine)" aria-hidden="true">
            <path d="M3 3a5.6 5.6 0 0 1 8 0M3 11a5.6 5.6 0 0 0 8 0" strokeWidth="2" />
          </svg>
          breaker open, dashed: half open
        </span>
      )}
      {credits > 0 && (
        <span className="legend-item">
          <svg width="14" height="10" viewBox="0 0 14 10" fill="none" strokeWidth="1.8" aria-hidden="true">
            <ellipse cx="7" cy="5" rx="5.8" ry="3.8" stroke="var(--hairline-strong)" />
            <path d="M7 1.2a5.8 3.8 0 0 1 0 7.6" stroke="var(--accent)" />
          </svg>
          credits in use, of {credits}
        </span>
      )}
      {path && (
        <span className="legend-item">
          <svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
            <path d="M0 4h13M11 1l5 3-5 3Z" stroke="var(--accent)" strokeWidth="1.6" fill="var(--accent)" />
          </svg>
          way of the chosen task
        </span>
      )}
      <span className="legend-height">
        height: tasks held here{many ? ', by doublings' : `, up to ${BOXES} one by one`}
      </span>
    </>
  )
}

const Box = ({ colour, words }: { colour: string; words: string }) => (
  <span className="legend-item">
    <svg width="11" height="9" viewBox="0 0 11 9" aria-hidden="true">
      <rect width="11" height="9" rx="1.5" fill={colour} />
    </svg>
    {words}
  </span>
)

/** The chosen task's way; what else there is to be seen on the stage follows from marks alone. */
function useOwnStage(): void {
  const chosen = useTasks((s) => s.chosen)
  const version = useTasks((s) => s.version)
  const timeUs = useLab((s) => s.facts.timeUs)
  const marks = useLab((s) => s.marks)
  const stage = useLab((s) => s.stage)
  const scenario = useLab((s) => s.scenario)
  const log = useLab((s) => s.facts.log)
  const path = useMemo((): readonly number[] => {
    void version
    const life = chosen === null ? undefined : book.lives.get(chosen)
    return life && stage ? alongTree(pathOf(life, timeUs), stage.parent) : []
  }, [chosen, version, timeUs, stage])
  useStageTasks(stage, { scenario, log, marks, timeUs, path })
}
