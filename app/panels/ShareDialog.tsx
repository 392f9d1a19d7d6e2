import { useEffect, useState } from 'react'
import { openAndTell, openFile, saveRun } from '../bridge/files.ts'
import { currentCode, type Shared } from '../bridge/share.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { clockText, countText, digestText } from './format.ts'

/** This exact run as an address, a bare code or a file; and the way back in. */
export default function ShareDialog({ onClose }: { onClose(): void }) {
  const [shared, setShared] = useState<Shared | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    const { playing, setPlaying } = useLab.getState()
    setPlaying(false) // the link is of one moment: the one on screen
    let here = true
    const timer = setTimeout(() => {
      void currentCode().then((made) => {
        if (!here) return
        if (made.ok) setShared(made.value)
        else setProblem(made.error)
      })
    }, 150)
    return () => {
      here = false
      clearTimeout(timer)
      if (playing) setPlaying(true)
    }
  }, [])
  return (
    <Dialog
      title="Share this run"
      description="Whoever opens the link sees the same run, event for event, at this moment and from here."
      onClose={onClose}
    >
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {shared && (
        <>
          {shared.warning && (
            <p className="problem" role="status">
              {shared.warning}
            </p>
          )}
          <CopyLine label="Link" text={shared.address} primary />
          <CopyLine label="Code, for any lab: paste it on the page, or npm start -- CODE" text={shared.code} />
          <NeedsFile />
          <Facts shared={shared} />
        </>
      )}
      <SaveFile instead={problem !== ''} />
      <OpenHere onClose={onClose} />
    </Dialog>
  )
}

function Facts({ shared }: { shared: Shared }) {
  const timeUs = useLab((s) => s.facts.timeUs)
  const commands = useLab((s) => s.facts.log.length)
  const seed = useLab((s) => s.scenario?.seed ?? 0)
  return (
    <p className="quiet small share-facts">
      seed <span className="mono">{seed}</span> · {commands === 1 ? 'one command' : `${commands} commands`} · at{' '}
      <span className="mono">{clockText(timeUs)}</span> ·{' '}
      <span className="mono">{countText(shared.address.length)}</span> characters
      {shared.digest && (
        <>
          {' '}
          · digest <span className="mono">{digestText(shared.digest)}</span>
        </>
      )}
    </p>
  )
}

/** Rows of a job log do not fit into a link: it carries their name, size and hash. */
function NeedsFile() {
  const tasks = useLab((s) => s.scenario?.tasks)
  if (tasks?.workload.arrivals !== 'log' || tasks.workload.file === null) return null
  const { name, bytes } = tasks.workload.file
  return (
    <p className="small" role="note">
      The link names {name} ({countText(bytes)} bytes) and does not carry it: whoever opens the link is asked for the
      file.
    </p>
  )
}

function CopyLine({ label, text, primary }: { label: string; text: string; primary?: boolean }) {
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch {
      useLab.getState().toast('note', 'The browser did not allow copying; select the text and copy it by hand.')
    }
  }
  return (
    <label className="copy-line">
      <span className="quiet small">{label}</span>
      <span className="copy-row">
        <input className="field mono" readOnly value={text} onFocus={(e) => e.currentTarget.select()} />
        <Button look={primary ? 'primary' : 'plain'} onClick={() => void copy()}>
          <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
        </Button>
      </span>
    </label>
  )
}

/** `instead`: there is no link, so the file is the way. */
function SaveFile({ instead }: { instead: boolean }) {
  return (
    <p className="share-file">
      <Button look={instead ? 'primary' : 'plain'} onClick={() => void saveRun()}>
        Save as a file
      </Button>
      <span className="quiet small">The scenario with everything done to it, as JSON.</span>
    </p>
  )
}

function OpenHere({ onClose }: { onClose(): void }) {
  const [text, setText] = useState('')
  return (
    <form
      className="open-here"
      onSubmit={(e) => {
        e.preventDefault()
        void openAndTell(text).then((opened) => opened && onClose())
      }}
    >
      <h3>Open another</h3>
      <textarea
        className="field mono"
        rows={2}
        aria-label="Link, code or scenario"
        placeholder="Paste a link, a code or a scenario"
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <span className="copy-row">
        <Button type="submit" disabled={text.trim() === ''}>
          Open
        </Button>
        <label className="button file-button">
          Choose a file
          <input
            type="file"
            accept=".json,application/json"
            className="hidden-visually"
            onChange={(e) => {
              const file = e.currentTarget.files?.[0]
              if (file) void openFile(file).then(onClose)
            }}
          />
        </label>
      </span>
    </form>
  )
}
