import { useState } from 'react'
import { openKeptScenario } from '../../bridge/kept.ts'
import { deleteOwn, putOwn, saveOwn, type OwnScenario } from '../../bridge/library.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'

const tell = (result: { readonly ok: boolean; readonly error?: string }): void => {
  if (!result.ok) useLab.getState().toast('error', result.error ?? '')
}

interface OwnListProps {
  own: readonly OwnScenario[]
  /** Names of the built-in scenarios. */
  taken: readonly string[]
  current: string | undefined
}

/** Scenarios of one's own: open, rename, copy, delete with a way back. */
export function OwnList({ own, taken, current }: OwnListProps) {
  const [deleted, setDeleted] = useState<OwnScenario | null>(null)
  return (
    <ul>
      {own.map((item) => (
        <li key={item.id}>
          <OwnRow
            item={item}
            isCurrent={item.scenario.name === current}
            onCopy={() => void saveOwn(item.scenario, taken).then(tell)}
            onDelete={() => {
              setDeleted(item)
              void deleteOwn(item.id).then(tell)
            }}
          />
        </li>
      ))}
      {deleted && !own.some(({ id }) => id === deleted.id) && (
        <li className="own-deleted quiet small" role="status">
          <span className="row-main">“{deleted.title}” was deleted.</span>
          <Button
            small
            onClick={() => {
              setDeleted(null)
              void putOwn(deleted).then(tell)
            }}
          >
            Bring it back
          </Button>
        </li>
      )}
    </ul>
  )
}

interface OwnRowProps {
  item: OwnScenario
  isCurrent: boolean
  onCopy(): void
  onDelete(): void
}

function OwnRow({ item, isCurrent, onCopy, onDelete }: OwnRowProps) {
  const [naming, setNaming] = useState(false)
  if (naming) return <NameField item={item} onDone={() => setNaming(false)} />
  return (
    <div className="own-row">
      <button
        type="button"
        className="row-button scenario-row"
        aria-current={isCurrent}
        onClick={() => void openKeptScenario(item.scenario).then(tell)}
      >
        <span className="scenario-dot dot-custom" aria-hidden="true" />
        <span className="row-main">{item.title}</span>
      </button>
      <Button
        icon
        small
        look="quiet"
        aria-label={`Rename ${item.title}`}
        title="Rename"
        onClick={() => setNaming(true)}
      >
        <Glyph path="m3 13 .6-2.8 7-7 2.2 2.2-7 7Z" />
      </Button>
      <Button icon small look="quiet" aria-label={`Copy ${item.title}`} title="Copy" onClick={onCopy}>
        <Glyph path="M5.5 5.5h7v7h-7zM3.5 10.5v-7h7" />
      </Button>
      <Button icon small look="quiet" aria-label={`Delete ${item.title}`} title="Delete" onClick={onDelete}>
        <Glyph path="M3.5 4.5h9M6.5 4.5v-2h3v2M4.8 4.5l.6 9h5.2l.6-9" />
      </Button>
    </div>
  )
}

/** Drawn here and not with the other icons, which load before the first picture. */
const Glyph = ({ path }: { path: string }) => (
  <svg
    width={14}
    height={14}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth={1.4}
    aria-hidden="true"
  >
    <path d={path} />
  </svg>
)

const TITLE_MAX = 120

function NameField({ item, onDone }: { item: OwnScenario; onDone(): void }) {
  const [title, setTitle] = useState(item.title)
  const save = (): void => {
    const text = title.trim()
    onDone()
    if (text === '' || text === item.title) return
    void putOwn({ ...item, title: text, scenario: { ...item.scenario, title: text } }).then(tell)
  }
  return (
    <form
      className="own-row"
      onSubmit={(e) => {
        e.preventDefault()
        save()
      }}
    >
      <input
        className="field"
        aria-label="New name"
        maxLength={TITLE_MAX}
        value={title}
        ref={(field) => field?.focus()}
        onFocus={(e) => e.currentTarget.select()}
        onChange={(e) => setTitle(e.currentTarget.value)}
        onBlur={save}
        onKeyDown={(e) => e.key === 'Escape' && onDone()}
      />
    </form>
  )
}
