import { useState } from 'react'
import { FAULT_KINDS } from '../../engine/faults/index.ts'
import type { Command } from '../../engine/scenario/Scenario.ts'
import { editLog } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useAround } from './FaultPanel.tsx'
import { FaultFields } from './FaultFields.tsx'
import { valuesOf, withValues, type ArgValues } from './faultForm.ts'
import { typed, valueWord } from './stateEdit.ts'
import { addCommand, removeCommand, snapUs, type Band } from './timelineGeometry.ts'
import { useOutside } from './useOutside.ts'

/** One command of the log, opened from its band: when, whom, how much. */
export function BandEditor({ band, left, onClose }: { band: Band; left: number; onClose(): void }) {
  // A click on the stage that gives a place is no click beside the form.
  const box = useOutside<HTMLFormElement>(() => useLab.getState().placing === null && onClose())
  const command = useLab((s) => s.facts.log[band.index])
  const around = useAround()
  const kind = FAULT_KINDS.find((k) => k.op === command?.op)
  const [at, setAt] = useState(`${band.from / 1000}`)
  const [values, setValues] = useState<ArgValues>(() => (kind && command ? valuesOf(kind, command) : {}))
  const byHand = command?.op === 'set' || command?.op === 'edit' ? command : null
  const [value, setValue] = useState(valueWord(byHand?.value))
  if (!command) return null
  const save = (): void => {
    const { log } = useLab.getState().facts
    const given = byHand && typed(byHand.value, value)
    if (given === undefined)
      return useLab
        .getState()
        .toast('error', `Value: ${value || 'nothing'} is of another type than ${valueWord(byHand!.value)}.`)
    const changed = kind ? withValues(kind, command, values) : byHand ? { ...byHand, value: given } : command
    const next: Command = { ...changed, at: snapUs(Number(at) * 1000) }
    onClose()
    void editLog(addCommand(removeCommand(log, band.index), next))
  }
  return (
    <form
      ref={box}
      className="popover band-editor"
      style={{ left: `clamp(0px, ${left}%, calc(100% - 264px))` }}
      aria-label={`Edit: ${band.label}`}
      onSubmit={(e) => {
        e.preventDefault()
        if (Number.isFinite(Number(at)) && Number(at) >= 0) save()
        else useLab.getState().toast('error', `At: ${at || 'nothing'} is not a time in milliseconds, 0 or later.`)
      }}
    >
      <p className="popup-title">{band.label}</p>
      <label className="parameter-head band-at">
        <span className="quiet">At</span>
        <span>
          <input
            className="field mono"
            inputMode="decimal"
            value={at}
            onChange={(e) => setAt(e.currentTarget.value.trim())}
          />{' '}
          ms
        </span>
      </label>
      {byHand && (
        <label className="parameter-head band-at">
          <span className="quiet">Value</span>
          <input className="field mono" value={value} onChange={(e) => setValue(e.currentTarget.value)} />
        </label>
      )}
      {kind && <FaultFields kind={kind} values={values} around={around} onChange={setValues} />}
      <div className="message-actions">
        <Button small type="submit" look="primary">
          Change
        </Button>
        <RemoveBand index={band.index} onDone={onClose} />
      </div>
    </form>
  )
}

function RemoveBand({ index, onDone }: { index: number; onDone(): void }) {
  return (
    <Button
      small
      onClick={() => {
        onDone()
        void editLog(removeCommand(useLab.getState().facts.log, index))
      }}
    >
      <Icon name="trash" size={13} />
      Remove
    </Button>
  )
}
