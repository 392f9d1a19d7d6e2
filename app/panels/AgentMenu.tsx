import './panels.css'
import './overlays.css'
import type { Op } from '../../engine/scenario/Scenario.ts'
import { command } from '../bridge/actions.ts'
import { engine } from '../bridge/engine.ts'
import { useLab } from '../state/lab.ts'
import type { AgentAt } from '../state/selection.ts'
import { agentRow } from './agentRow.ts'
import { placeAt, useOutside } from './useOutside.ts'

const SHORT_US = 1_000_000

interface Choice {
  readonly label: string
  readonly op: Op
}

/** What can be done to one agent with one click; the faults with settings are under Faults. */
function choicesFor(agent: number, status: string, hasPrograms: boolean, isBody: boolean): readonly Choice[] {
  if (status === 'down') return [{ label: 'Restart', op: { op: 'restart', agent } }]
  if (status === 'paused') return [{ label: 'Let it go on', op: { op: 'resume', agent } }]
  return [
    { label: 'Crash', op: { op: 'crash', agent } },
    { label: 'Crash for 1 s', op: { op: 'crash', agent, forUs: SHORT_US } },
    { label: 'Pause for 1 s', op: { op: 'pause', agent, forUs: SHORT_US } },
    ...(isBody ? bodyChoices(agent) : []),
    ...(hasPrograms ? messageChoices(agent) : []),
    { label: 'Take out of the swarm', op: { op: 'leave', agent } },
  ]
}

const messageChoices = (agent: number): readonly Choice[] => [
  { label: 'Slow down ten times', op: { op: 'slow', agent, factor: 10 } },
  { label: 'Cut off for 1 s', op: { op: 'partition', side: agent, forUs: SHORT_US } },
]

const bodyChoices = (agent: number): readonly Choice[] =>
  (
    [
      ['Make it blind', 'blind'],
      ['Make it deaf', 'deaf'],
      ['Hold it in place', 'stuck'],
      ['Let it mislead others', 'rogue'],
    ] as const
  ).map(([label, effect]) => ({ label, op: { op: 'afflict', whom: { agents: [agent] }, effect } }))

export default function AgentMenu({ at }: { at: AgentAt }) {
  const { openAgentMenu, showRight } = useLab.getState()
  const close = (): void => openAgentMenu(null)
  const box = useOutside<HTMLDivElement>(close)
  const names = useLab((s) => s.names)
  const status = agentRow(engine.client?.frames.acquire() ?? null, at.agent)?.status ?? 'up'
  const hasPrograms = useLab((s) => (s.scenario?.programs.length ?? 0) > 0)
  const isBody = useLab((s) => (s.scenario?.space ?? null) !== null)
  const choices = choicesFor(at.agent, status, hasPrograms, isBody)
  return (
    <div
      ref={box}
      className="popover floating menu"
      role="menu"
      aria-label={`Faults of ${names.agent(at.agent)}`}
      style={placeAt(at.x, at.y, 210, 60 + 32 * (choices.length + 2))}
      onKeyDown={(e) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[e.key]
        if (by === undefined) return
        e.preventDefault()
        const items = [...e.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
        const here = items.indexOf(document.activeElement as HTMLElement)
        items[(here + by + items.length) % items.length]?.focus()
      }}
    >
      <p className="popup-title menu-title">{names.agent(at.agent)}</p>
      {choices.map(({ label, op }) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          className="menu-item"
          onClick={() => {
            close()
            void command(op)
          }}
        >
          {label}
        </button>
      ))}
      <hr />
      <button
        type="button"
        role="menuitem"
        className="menu-item"
        onClick={() => {
          close()
          showRight('inspect')
        }}
      >
        Inspect
      </button>
      <button
        type="button"
        role="menuitem"
        className="menu-item"
        onClick={() => {
          close()
          showRight('faults')
        }}
      >
        More faults
      </button>
    </div>
  )
}
