import { lazy, Suspense, useEffect } from 'react'
import { useKeys } from './bridge/keys.ts'
import { useDroppedFiles } from './bridge/dropped.ts'
import { Foreground } from './panels/Foreground.tsx'
import { Header } from './panels/Header.tsx'
import { Legend } from './panels/Legend.tsx'
import { Rail } from './panels/Rail.tsx'
import { Toasts } from './panels/Toasts.tsx'
import { Dock } from './panels/Dock.tsx'
import { StageHost } from './panels/StageHost.tsx'
import { sentenceOf } from './bridge/engine.ts'
import { pictured } from './bridge/pictured.ts'
import { useLab } from './state/lab.ts'
import { Boundary } from './ui/Boundary.tsx'

const PanelFrame = lazy(() => import('./panels/PanelFrame.tsx'))
const Dialogs = lazy(() => import('./panels/Dialogs.tsx'))
const LiveSummary = lazy(() => pictured().then(() => import('./panels/LiveSummary.tsx')))
const MessagePopup = lazy(() => import('./panels/MessagePopup.tsx'))
const AgentMenu = lazy(() => import('./panels/AgentMenu.tsx'))

export function App() {
  const theme = useLab((s) => s.theme)
  const left = useLab((s) => s.left)
  const right = useLab((s) => s.right)
  const message = useLab((s) => s.message)
  const menu = useLab((s) => s.agentMenu)
  const dialog = useLab((s) => s.dialog)
  const run = useLab((s) => s.run)
  const toast = useLab((s) => s.toast)
  useKeys()
  useDroppedFiles()
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
  return (
    <>
      <div className="shell">
        <Header />
        <main className="main" aria-label="Swarm">
          <StageHost />
          <div className="over-stage">
            <Legend />
            <Rail side="left" />
            <Rail side="right" />
            <Suspense>
              {left && <PanelFrame side="left" />}
              {right && <PanelFrame side="right" />}
            </Suspense>
            <Foreground />
          </div>
          <Suspense>
            <LiveSummary />
          </Suspense>
        </main>
        <Dock />
        <Boundary key={run} fallback={null} onError={(error) => toast('error', sentenceOf(error))}>
          <Suspense>
            {message && <MessagePopup key={`${message.src}/${message.seq}`} at={message} />}
            {menu && <AgentMenu key={menu.agent} at={menu} />}
            {dialog && <Dialogs dialog={dialog} />}
          </Suspense>
        </Boundary>
      </div>
      {/* Outside the shell, so that a dialog does not lie over what it says. */}
      <Toasts />
    </>
  )
}
