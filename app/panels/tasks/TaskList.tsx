import { useMemo, useState } from 'react'
import { useLab } from '../../state/lab.ts'
import { book, chooseTask, useTasks } from '../../state/tasks.ts'
import { Button } from '../../ui/Button.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import { durationText } from '../format.ts'
import { taskName } from './taskNames.ts'
import { stateOf, type TaskLife } from './TaskBook.ts'
import { useRovingRows } from './useRovingRows.ts'
import { useMoment } from './useTaskFigures.ts'

/** The newest tasks as rows: what the Gantt chart shows, for whoever does not see it. */
export function TaskList() {
  const [open, setOpen] = useState(false)
  return (
    <section className="group" aria-label="Tasks as a list">
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        Tasks as a list
      </Button>
      {open && <Rows />}
    </section>
  )
}

const ROW_PX = 30

function Rows() {
  const moment = useMoment()
  const names = useLab((s) => s.names)
  const chosen = useTasks((s) => s.chosen)
  const [timeUs, lives] = useMemo((): [number, readonly TaskLife[]] => {
    void moment
    const now = useLab.getState().facts.timeUs
    return [now, [...book.lives.values()].filter(({ steps }) => (steps[0]?.atUs ?? 0) <= now).reverse()]
  }, [moment])
  const ids = useMemo(() => lives.map(({ task }) => task), [lives])
  const rows = useRovingRows(ids, ROW_PX)
  if (lives.length === 0)
    return <p className="quiet small">No task has been told of; some programs only count, and report now and then.</p>
  return (
    <div ref={rows.box} onKeyDown={rows.onKeyDown}>
      <VirtualList
        label="Tasks, newest first"
        className="task-rows"
        count={lives.length}
        rowHeight={ROW_PX}
        row={(k) => {
          const life = lives[k]!
          const last = life.steps.findLast(({ atUs }) => atUs <= timeUs)
          const took = (last?.atUs ?? 0) - (life.steps[0]?.atUs ?? 0)
          return (
            <div role="listitem" key={life.task}>
              <button
                type="button"
                className="row-button task-row"
                {...rows.props(life.task)}
                aria-current={life.task === chosen}
                onClick={() => chooseTask(life.task)}
              >
                <span className="mono">{taskName(life.task)}</span>
                <span className="row-main">
                  {stateOf(life, timeUs)}
                  {last && `, ${names.agent(last.other >= 0 ? last.other : last.agent)}`}
                </span>
                <span className="mono quiet">{durationText(took)}</span>
              </button>
            </div>
          )
        }}
      />
    </div>
  )
}
