import { useEffect, useRef } from 'react'
import { seek } from '../../bridge/actions.ts'
import { useLab } from '../../state/lab.ts'
import { book, chooseTask, useTasks } from '../../state/tasks.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { clockText, durationText } from '../format.ts'
import { taskName } from './taskNames.ts'
import { stateOf, type Step } from './TaskBook.ts'

/** Where one task came from, who had it, and how it ended; its way stays on the stage meanwhile. */
export function TaskLifeView({ task }: { task: number }) {
  const names = useLab((s) => s.names)
  const timeUs = useLab((s) => s.facts.timeUs)
  useTasks((s) => s.version)
  const here = useRef<HTMLElement>(null)
  // Chosen from a list further down, it would open out of sight; who closes it goes on where it was opened.
  useEffect(() => {
    const box = here.current
    const before = document.activeElement
    box?.scrollIntoView({ block: 'nearest' })
    box?.focus({ preventScroll: true })
    return () => {
      const left = document.activeElement
      if (before instanceof HTMLElement && (left === document.body || left === null || box?.contains(left)))
        before.focus()
    }
  }, [])
  const life = book.lives.get(task)
  if (!life) return <p className="quiet small">Nothing is known of task {taskName(task)} here.</p>
  const { steps, kind, priority, sizeUs, predictedUs, demand } = life
  const facts = [
    sizeUs > 0 && `${durationText(sizeUs)} of work`,
    predictedUs > 0 && `predicted ${durationText(predictedUs)}`,
    `kind ${kind}`,
    priority > 0 && `priority ${priority}`,
    demand > 1 && `takes ${demand} slots at its worker`,
  ].filter(Boolean)
  return (
    <section
      ref={here}
      className="group task-life"
      aria-label={`Task ${taskName(task)}`}
      tabIndex={-1}
      onKeyDown={(e) => e.key === 'Escape' && chooseTask(null)}
    >
      <div className="task-life-head">
        <h3>
          Task <span className="mono">{taskName(task)}</span>, {stateOf(life, timeUs)}
        </h3>
        <Button icon small look="quiet" aria-label="Choose no task" onClick={() => chooseTask(null)}>
          <Icon name="close" size={12} />
        </Button>
      </div>
      <p className="quiet small">{facts.join(' · ')}</p>
      <ol>
        {steps.map((step, k) => (
          <li key={k} data-ahead={step.atUs > timeUs || undefined}>
            <button type="button" className="task-step" onClick={() => void seek(step.atUs + 1)}>
              <span className="mono quiet">{clockText(step.atUs)}</span>
              <span>{stepWords(step, names.agent)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

function stepWords({ what, agent, other, why }: Step, name: (agent: number) => string): string {
  const who = name(agent)
  const because = why === '' ? '' : `: ${why}`
  switch (what) {
    case 'submitted':
      return `handed in at ${who}`
    case 'assigned':
      return `${who} gave it to ${name(other)}`
    case 'queued':
      return `waits at ${who}`
    case 'started':
      return other < 0 ? `${who} began` : `${who} began, with what it took from ${name(other)}`
    case 'preempted':
      return `${who} put it aside`
    case 'released':
      return `${who} gave it up`
    case 'worked':
      return `${who} finished`
    case 'done':
      return `${who} knows that it is done`
    case 'again':
      return `done a second time, ${who} noted`
    case 'failed':
      return `${who} gave up${because}`
    case 'unassignable':
      return `nobody can do it${because}`
    default:
      return `${what} at ${who}`
  }
}
