import './panels.css'
import './overlays.css'
import './readings.css'
import { lazy, Suspense } from 'react'
import { useLab } from '../state/lab.ts'
import type { LeftPanel, RightPanel } from '../state/panels.ts'
import { Boundary } from '../ui/Boundary.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PANEL_TITLES } from './Rail.tsx'

const PANELS = {
  scenarios: lazy(() => import('./Gallery.tsx')),
  parameters: lazy(() => import('./Parameters.tsx')),
  sweep: lazy(() => import('./sweep/SweepPanel.tsx')),
  inspect: lazy(() => import('./Inspector.tsx')),
  agents: lazy(() => import('./table/AgentsPanel.tsx')),
  faults: lazy(() => import('./FaultPanel.tsx')),
  chaos: lazy(() => import('./ChaosPanel.tsx')),
  checks: lazy(() => import('./ChecksPanel.tsx')),
  log: lazy(() => import('./LogPanel.tsx')),
  messages: lazy(() => import('./MessagesPanel.tsx')),
  tasks: lazy(() => import('./tasks/TasksPanel.tsx')),
  channel: lazy(() => import('./ChannelPanel.tsx')),
} as const

/** A card beside its rail; a sheet on small screens. */
export default function PanelFrame({ side }: { side: 'left' | 'right' }) {
  const panel = useLab((s): LeftPanel | RightPanel | null => s[side])
  const toggleLeft = useLab((s) => s.toggleLeft)
  const toggleRight = useLab((s) => s.toggleRight)
  if (panel === null) return null
  const Body = PANELS[panel]
  const close = (): void => {
    // Who closed it by a key goes on at the button that opens it.
    document.querySelector<HTMLElement>(`.rail-${side} [aria-expanded='true']`)?.focus()
    if (side === 'left') toggleLeft(panel as LeftPanel)
    else toggleRight(panel as RightPanel)
  }
  return (
    <section id={`panel-${side}`} className={`panel panel-${side} panel-${panel}`} aria-label={PANEL_TITLES[panel]}>
      <div className="panel-head">
        <h2>{PANEL_TITLES[panel]}</h2>
        <Button icon small look="quiet" aria-label={`Close ${PANEL_TITLES[panel]}`} onClick={close}>
          <Icon name="close" size={14} />
        </Button>
      </div>
      <Boundary
        key={panel}
        fallback={<p className="panel-body quiet">This panel could not be shown; reload the page to try again.</p>}
      >
        <Suspense fallback={<div className="panel-body" />}>
          <Body />
        </Suspense>
      </Boundary>
    </section>
  )
}
