import { useEffect, useState } from 'react'
import { newSeed, setSeed } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import type { Theme } from '../state/panels.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { digestText } from './format.ts'

export function Header() {
  return (
    <header className="header">
      <BrandMark />
      <Title />
      <SeedField />
      <Digest />
      <WorkersBadge />
      <span className="spacer" />
      <ThemeButton />
      <DialogButton dialog="keys" label="All keys" icon="keys" className="wide-only" />
      <DialogButton dialog="compare" label="Compare" icon="compare" />
      <DialogButton dialog="info" label="Info" icon="info" />
      <DialogButton dialog="share" label="Share link" icon="share" primary />
    </header>
  )
}

function BrandMark() {
  return (
    <span className="brand">
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="7.2" fill="none" stroke="var(--accent)" strokeWidth="1.6" />
        <circle cx="9" cy="9" r="3" fill="var(--accent)" />
      </svg>
      <span className="brand-name">Swarm Lab</span>
    </span>
  )
}

function Title() {
  const title = useLab((s) => s.scenario?.title ?? '…')
  const open = useLab((s) => s.left === 'scenarios')
  const toggle = useLab((s) => s.toggleLeft)
  return (
    <h1 className="title">
      <Button look="quiet" aria-expanded={open} aria-controls="panel-left" onClick={() => toggle('scenarios')}>
        <span className="title-text">{title}</span>
        <Icon name="chevron" size={13} />
      </Button>
    </h1>
  )
}

export function SeedField({ id = 'seed' }: { id?: string }) {
  const seed = useLab((s) => s.scenario?.seed)
  const [text, setText] = useState('')
  useEffect(() => setText(seed === undefined ? '' : `${seed}`), [seed])
  const value = Number(text)
  const valid = /^\d+$/.test(text) && value <= 0xffffffff
  return (
    <form
      className="seed"
      onSubmit={(e) => {
        e.preventDefault()
        if (valid) void setSeed(value)
        else useLab.getState().toast('error', `Seed: ${text || 'nothing'} is not a whole number in 0..4294967295.`)
      }}
    >
      <label htmlFor={id} className="quiet">
        seed
      </label>
      <input
        id={id}
        className="field mono"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        aria-invalid={text !== '' && !valid}
        title="Enter starts again with this seed"
        onChange={(e) => setText(e.currentTarget.value.trim())}
      />
      <Button icon look="quiet" tip="New seed" tipSide="below" onClick={() => void newSeed()}>
        <Icon name="dice" />
      </Button>
    </form>
  )
}

function Digest() {
  const digest = useLab((s) => s.facts.digest?.value)
  return (
    <span className="digest quiet">
      digest <output className="mono">{digest ? digestText(digest) : '–'}</output>
    </span>
  )
}

function WorkersBadge() {
  const opened = useLab((s) => s.opened)
  if (!opened) return null
  const workers = opened.workers === 1 ? '1 worker' : `${opened.workers} workers`
  const memory = opened.sharedMemory ? 'shared memory' : 'no shared memory'
  const why = opened.sharedMemory
    ? opened.workersNote
    : 'This page has no SharedArrayBuffer, so one worker does everything. Results are the same.'
  return (
    <span className="badge quiet" title={why || undefined}>
      <span className={opened.sharedMemory ? 'badge-dot' : 'badge-dot badge-warn'} aria-hidden="true" />
      {workers} · {memory}
      {why && <span className="hidden-visually">. {why}</span>}
    </span>
  )
}

const NEXT: { readonly [T in Theme]: Theme } = { system: 'dark', dark: 'light', light: 'system' }
const THEME_NAME: { readonly [T in Theme]: string } = { system: 'as the system', dark: 'dark', light: 'light' }

function ThemeButton() {
  const theme = useLab((s) => s.theme)
  const setTheme = useLab((s) => s.setTheme)
  return (
    <Button
      icon
      look="quiet"
      className="wide-only"
      tip={`Colours: ${THEME_NAME[theme]}`}
      tipSide="below"
      onClick={() => setTheme(NEXT[theme])}
    >
      <Icon name="sun" />
    </Button>
  )
}

interface DialogButtonProps {
  dialog: 'info' | 'share' | 'keys' | 'compare'
  label: string
  icon: 'info' | 'share' | 'keys' | 'compare'
  primary?: boolean
  className?: string
}

function DialogButton({ dialog, label, icon, primary, className }: DialogButtonProps) {
  const open = useLab((s) => s.openDialog)
  const bare = dialog === 'keys'
  return (
    <Button
      look={primary ? 'primary' : bare ? 'quiet' : 'plain'}
      icon={bare}
      className={className}
      aria-haspopup="dialog"
      aria-label={label}
      onClick={() => open(dialog)}
    >
      <Icon name={icon} size={15} />
      {!bare && <span className="header-word">{label}</span>}
    </Button>
  )
}
