import './fields.css'
import { useState } from 'react'
import type { Plain } from '../../engine/kernel/plain.ts'
import { command } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { awaited, editKind, editOp, valueWord } from './stateEdit.ts'

export interface EditableValueProps {
  agent: number
  program: string
  /** Within the program's state. */
  path: string
  value: Plain
  text: string
}

/** A variable of an agent as text; a click turns it into a field, Enter makes the change a command. */
export function EditableValue({ agent, program, path, value, text }: EditableValueProps) {
  const scenario = useLab((s) => s.scenario)
  const [draft, setDraft] = useState<string | null>(null)
  const next = useLab(({ facts }) => awaited(facts.log, facts.timeUs, agent, program, path))
  if (!scenario || editKind(scenario, program, path, value) === null) return text
  if (draft === null)
    return (
      <>
        <button
          type="button"
          className="edit-value mono"
          title={`Change ${path}`}
          aria-label={`Change ${path}, now ${text}`}
          onClick={() => setDraft(value === null ? '' : text)}
        >
          {text}
        </button>
        {next !== undefined && next !== value && (
          <span className="quiet" title="Counts from the next event on">
            {' '}
            → {valueWord(next)}
          </span>
        )}
      </>
    )
  const send = (): void => {
    const made = editOp(scenario, agent, program, path, value, draft)
    if (!made.ok) return useLab.getState().toast('error', made.error)
    setDraft(null)
    void command(made.op)
  }
  return (
    <input
      className="field mono edit-field"
      aria-label={`${path}: Enter changes it, Escape leaves it`}
      autoFocus
      value={draft}
      size={Math.max(4, Math.min(18, draft.length + 1))}
      onFocus={(e) => e.currentTarget.select()}
      onChange={(e) => setDraft(e.currentTarget.value)}
      onBlur={() => setDraft(null)}
      onKeyDown={(e) => {
        if (e.key === 'Enter') send()
        else if (e.key === 'Escape') setDraft(null)
        else return
        e.preventDefault()
        e.stopPropagation()
      }}
    />
  )
}
