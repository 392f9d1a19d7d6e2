import './panels.css'
import './overlays.css'
import { lazy, Suspense } from 'react'
import { useLab } from '../state/lab.ts'
import type { DialogName } from '../state/selection.ts'

const DIALOGS = {
  info: lazy(() => import('./InfoDialog.tsx')),
  share: lazy(() => import('./ShareDialog.tsx')),
  keys: lazy(() => import('./KeysDialog.tsx')),
  compare: lazy(() => import('./compare/Compare.tsx')),
  commands: lazy(() => import('./palette/CommandPalette.tsx')),
  edit: lazy(() => import('./files/EditorDialog.tsx')),
  joblog: lazy(() => import('./files/JobLogDialog.tsx')),
} as const

export default function Dialogs({ dialog }: { dialog: DialogName }) {
  const Body = DIALOGS[dialog]
  return (
    <Suspense>
      <Body onClose={() => useLab.getState().openDialog(null)} />
    </Suspense>
  )
}
