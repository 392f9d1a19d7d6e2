import { LEFT_PANELS, RIGHT_PANELS, type LeftPanel, type RightPanel } from '../state/panels.ts'
import { hasTasks } from '../state/hasTasks.ts'
import { useLab } from '../state/lab.ts'
import { Icon } from '../ui/Icon.tsx'
import { SMALL } from './insets.ts'

export const PANEL_TITLES: { readonly [P in LeftPanel | RightPanel]: string } = {
  scenarios: 'Scenarios',
  parameters: 'Parameters',
  sweep: 'Sweep',
  inspect: 'Inspect',
  agents: 'Agents',
  faults: 'Faults',
  chaos: 'Chaos',
  checks: 'Checks',
  log: 'Log',
  messages: 'Messages',
  tasks: 'Tasks',
  channel: 'Channel',
}

/** Where panels are sheets there is room for one. */
function alone(other: 'left' | 'right', toggle: () => void): void {
  if (matchMedia(SMALL).matches) useLab.setState({ [other]: null })
  toggle()
}

/** The collapsed form of the panels: always in reach, never in the way. */
export function Rail({ side }: { side: 'left' | 'right' }) {
  const open = useLab((s) => s[side])
  const toggleLeft = useLab((s) => s.toggleLeft)
  const toggleRight = useLab((s) => s.toggleRight)
  const tasks = useLab((s) => hasTasks(s.scenario))
  const broken = useLab((s) => s.facts.checks.filter((c) => !c.ok).length)
  const watched = useLab((s) => s.facts.checks.length)
  const button = (panel: LeftPanel | RightPanel, toggle: () => void) => {
    const title = PANEL_TITLES[panel]
    return (
      <button
        key={panel}
        type="button"
        className="rail-button"
        aria-expanded={open === panel}
        aria-controls={`panel-${side}`}
        onClick={toggle}
      >
        <Icon name={panel} />
        <span className="rail-word">{title}</span>
        {panel === 'checks' && watched > 0 && (
          <>
            <span className={broken > 0 ? 'rail-count rail-bad' : 'rail-count'}> {broken > 0 ? broken : watched} </span>
            <span className="hidden-visually">{broken > 0 ? 'broken' : 'hold'}</span>
          </>
        )}
      </button>
    )
  }
  return (
    <nav className={`rail rail-${side}`} aria-label={side === 'left' ? 'Set up' : 'Watch and break'}>
      {side === 'left'
        ? LEFT_PANELS.map((p) => button(p, () => alone('right', () => toggleLeft(p))))
        : RIGHT_PANELS.map((p) =>
            p === 'tasks' && !tasks ? null : button(p, () => alone('left', () => toggleRight(p))),
          )}
    </nav>
  )
}
