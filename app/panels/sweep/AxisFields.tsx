import { useId, useMemo } from 'react'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { Button } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Select } from '../../ui/Select.tsx'
import { valueTextOf } from './facets.ts'
import { axisForm, axisOf, leaves, valueAt, type AxisForm, type Choice } from './sweepForm.ts'

const OTHER = 'other field'
/** Values that are read out below the fields. */
const PREVIEWED = 12

export interface AxisFieldsProps {
  readonly axis: AxisForm
  readonly choices: readonly Choice[]
  readonly scenario: Scenario
  /** Paths of the other rows. */
  readonly taken: readonly string[]
  onChange(axis: AxisForm): void
  onRemove(): void
}

/** One parameter: which, and the values it takes. */
export function AxisFields({ axis, choices, scenario, taken, onChange, onRemove }: AxisFieldsProps) {
  const free = choices.filter(({ path }) => path === axis.path || !taken.includes(path))
  const chosen = axis.other ? undefined : choices.find(({ path }) => path === axis.path)
  return (
    <fieldset className="sweep-axis">
      <legend className="hidden-visually">{chosen?.label ?? (axis.path || 'A parameter')}</legend>
      <div className="sweep-axis-head">
        <Select
          label="Parameter"
          value={chosen?.path ?? OTHER}
          options={[
            ...free.map(({ path, label }) => ({ value: path, label })),
            { value: OTHER, label: 'Another field, by its path' },
          ]}
          onChange={(path) => {
            const next = choices.find((c) => c.path === path)
            onChange(next ? axisForm(next.path, next.values) : { ...axisForm('', '', true), mode: axis.mode })
          }}
        />
        <Button
          icon
          look="quiet"
          aria-label={`Leave out ${chosen?.label ?? (axis.path || 'this parameter')}`}
          onClick={onRemove}
        >
          <Icon name="close" size={14} />
        </Button>
      </div>
      {!chosen && <PathField {...{ axis, scenario, onChange }} />}
      <Choices
        label="Values as"
        value={axis.mode}
        options={[
          { value: 'range', label: 'From, to, step' },
          { value: 'list', label: 'List' },
        ]}
        onChange={(mode) => onChange({ ...axis, mode })}
      />
      {axis.mode === 'range' ? (
        <div className="sweep-range">
          {(['from', 'to', 'step'] as const).map((part) => (
            <label key={part} className="parameter">
              <span className="quiet small">{part[0]!.toUpperCase() + part.slice(1)}</span>
              <input
                className="field mono"
                inputMode="decimal"
                value={axis[part]}
                onChange={(e) => onChange({ ...axis, [part]: e.currentTarget.value })}
              />
            </label>
          ))}
        </div>
      ) : (
        <input
          className="field mono"
          aria-label="Values, with commas between"
          placeholder="values, with commas between"
          value={axis.list}
          onChange={(e) => onChange({ ...axis, list: e.currentTarget.value })}
        />
      )}
      <Preview {...{ axis, choices, scenario }} />
    </fieldset>
  )
}

function PathField({ axis, scenario, onChange }: Pick<AxisFieldsProps, 'axis' | 'scenario' | 'onChange'>) {
  const list = useId()
  const known = useMemo(() => leaves(scenario), [scenario])
  return (
    <>
      <input
        className="field mono"
        aria-label="Path of the field"
        placeholder="network.latency.meanUs"
        list={list}
        value={axis.path}
        onChange={(e) => onChange({ ...axis, path: e.currentTarget.value })}
      />
      <datalist id={list}>
        {known.map(([path, value]) => (
          <option key={path} value={path}>
            {`now ${value}`}
          </option>
        ))}
      </datalist>
    </>
  )
}

/** The values as they are meant, and what the field is now. */
function Preview({ axis, choices, scenario }: Pick<AxisFieldsProps, 'axis' | 'choices' | 'scenario'>) {
  const made = axisOf(axis)
  if (!made.ok) return null // the form says it once for all rows
  const text = valueTextOf(choices)
  const { path, values } = made.value
  const now = valueAt(scenario, path)
  const shown = values.slice(0, PREVIEWED).map((value) => text(path, value))
  const more = values.length - PREVIEWED
  return (
    <p className="quiet small sweep-preview">
      {shown.join(', ')}
      {more > 0 && ` and ${more} more`}
      {now !== undefined && `; on the stage ${text(path, now)}`}
    </p>
  )
}
