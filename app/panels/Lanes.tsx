import { useState } from 'react'
import { jumpTo, switchBranch } from '../bridge/actions.ts'
import { enqueue } from '../bridge/engine.ts'
import { useLab } from '../state/lab.ts'
import type { Branch, Difference } from '../../workers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { durationText } from './format.ts'
import { fractionOf, type View } from './timelineGeometry.ts'

/** One line a branch, newest first; the first event that differs is named and can be jumped to. */
export function Lanes({ view }: { view: View }) {
  const branches = useLab((s) => s.facts.branches)
  const current = useLab((s) => s.facts.branch)
  if (branches.length < 2) return null
  return (
    <ul className="lanes" aria-label="Lanes">
      {[...branches].reverse().map((b) => (
        <Lane key={b.id} branch={b} current={current} view={view} />
      ))}
    </ul>
  )
}

function Lane({ branch, current, view }: { branch: Branch; current: number; view: View }) {
  const [difference, setDifference] = useState<Difference | null | 'none'>(null)
  const here = branch.id === current
  const left = 100 * fractionOf(view, branch.forkUs)
  const width = 100 * (fractionOf(view, branch.frontierUs) - fractionOf(view, branch.forkUs))
  const compare = async (): Promise<void> => {
    const found = await enqueue((client) => client.firstDifference(current, branch.id))
    setDifference(found ?? 'none')
  }
  return (
    <li className={here ? 'lane lane-here' : 'lane'}>
      <span className="lane-line" style={{ left: `${left}%`, width: `${Math.max(0.4, width)}%` }} aria-hidden="true" />
      <span className="lane-words">
        <Icon name="branch" size={13} />
        {branch.parent === null ? 'first run' : `forked at ${durationText(branch.forkUs)}`}
        {here ? (
          <span className="quiet">on screen</span>
        ) : (
          <>
            <Button small look="quiet" onClick={() => void switchBranch(branch.id)}>
              Show
            </Button>
            <Button small look="quiet" onClick={() => void compare()}>
              First difference
            </Button>
          </>
        )}
        {difference === 'none' && <span className="quiet">no difference as far as both have run</span>}
        {difference && difference !== 'none' && !here && (
          <Button small look="quiet" className="lane-difference" onClick={() => void jumpTo(difference.key)}>
            {durationText(difference.key.time)}: {difference.what}; there: {difference.instead}
          </Button>
        )}
      </span>
    </li>
  )
}
