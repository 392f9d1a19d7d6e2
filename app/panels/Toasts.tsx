import { useEffect } from 'react'
import { useLab } from '../state/lab.ts'
import type { Toast } from '../state/panels.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'

const NOTE_MS = 6_000

/** One sentence each. Errors stay until they are closed; notes leave by themselves. */
export function Toasts() {
  const toasts = useLab((s) => s.toasts)
  return (
    <div
      className="toasts"
      role="region"
      aria-label="Messages to you"
      aria-live="assertive"
      onPointerDown={(e) => e.stopPropagation()} // to close a message is not a press beside the dialog under it
    >
      {toasts.map((t) => (
        <ToastLine key={t.id} toast={t} />
      ))}
    </div>
  )
}

function ToastLine({ toast }: { toast: Toast }) {
  const dismiss = useLab((s) => s.dismiss)
  useEffect(() => {
    if (toast.kind === 'error') return
    const timer = setTimeout(() => dismiss(toast.id), NOTE_MS)
    return () => clearTimeout(timer)
  }, [toast, dismiss])
  return (
    <div className={`toast toast-${toast.kind}`} role={toast.kind === 'error' ? 'alert' : 'status'}>
      <span>{toast.text}</span>
      <Button icon small look="quiet" aria-label="Close" onClick={() => dismiss(toast.id)}>
        <Icon name="close" size={13} />
      </Button>
    </div>
  )
}
