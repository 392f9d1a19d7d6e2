import { useLab } from '../state/lab.ts'
import type { AgentSet, Disc, Whom } from '../../engine/scenario/Scenario.ts'
import { Select } from '../ui/Select.tsx'
import { Slider } from '../ui/Slider.tsx'
import './fields.css'
import { PlaceField, VectorField, WhomField, WordField } from './SpaceFields.tsx'
import type { Vector, World } from './spaceForm.ts'
import {
  scaleOf,
  setToken,
  tokenSet,
  valueText,
  type ArgValue,
  type ArgValues,
  type Around,
  type FaultArg,
  type FaultKind,
  type FlagArg,
  type NumberArg,
} from './faultForm.ts'

export interface FaultFieldsProps {
  kind: FaultKind
  values: ArgValues
  around: Around
  onChange(values: ArgValues): void
  /** A click on the stage that gives a place is the deed itself; left out, it only fills in the form. */
  onPlaced?: (values: ArgValues) => void
}

/** One control for each argument of a fault. */
export function FaultFields({ kind, values, around, onChange, onPlaced }: FaultFieldsProps) {
  const { world, selected } = around
  return kind.args.map((arg) => {
    const value = values[arg.name]
    const change = (next: ArgValue): void => onChange({ ...values, [arg.name]: next })
    const place = onPlaced && ((next: ArgValue) => onPlaced({ ...values, [arg.name]: next }))
    switch (arg.kind) {
      case 'word':
        return <WordField key={arg.name} arg={arg} value={value as string} onChange={change} />
      case 'whom':
        return world ? (
          <WhomField
            key={arg.name}
            label={arg.label}
            whom={value as Whom}
            onPlaced={place}
            {...{ world, selected }}
            onChange={change}
          />
        ) : null
      case 'place':
        return world ? (
          <PlaceField
            key={arg.name}
            what={kind.label}
            deed="Place it by a click on the stage"
            disc={value as Disc}
            world={world}
            onPlaced={place}
            onChange={change}
          />
        ) : null
      case 'vector':
        return world ? <VectorField key={arg.name} vector={value as Vector} world={world} onChange={change} /> : null
      case 'agent':
      case 'set':
        return <AgentField key={arg.name} arg={arg} value={value as AgentSet} around={around} onChange={change} />
      case 'flag':
        return <FlagField key={arg.name} arg={arg} value={value === true} onChange={change} />
      default:
        return (
          <NumberField key={arg.name} arg={arg} world={world} value={Number(value ?? arg.default)} onChange={change} />
        )
    }
  })
}

function FlagField({ arg, value, onChange }: { arg: FlagArg; value: boolean; onChange(value: boolean): void }) {
  return (
    <label className="flag-field">
      <input type="checkbox" checked={value} onChange={(e) => onChange(e.currentTarget.checked)} />
      {arg.label}
    </label>
  )
}

interface AgentFieldProps {
  arg: Extract<FaultArg, { kind: 'agent' | 'set' }>
  value: AgentSet
  around: Around
  onChange(value: AgentSet): void
}

function AgentField({ arg, value, around, onChange }: AgentFieldProps) {
  const names = useLab((s) => s.names)
  const options = around.leads
    ? [
        { value: 'leader', label: 'the leader' },
        { value: 'follower', label: 'a follower' },
      ]
    : []
  if (around.selected !== null)
    options.unshift({ value: `agent:${around.selected}`, label: names.agent(around.selected) })
  if (arg.kind === 'set') {
    options.push({ value: 'all', label: 'everybody' })
    around.groups.forEach((name, group) => options.push({ value: `group:${group}`, label: `all of ${name}` }))
  }
  const token = setToken(value)
  if (!options.some((o) => o.value === token))
    options.unshift({ value: token, label: typeof value === 'number' ? names.agent(value) : token })
  const { label } = arg
  return (
    <div className="parameter">
      <span className="quiet">{label}</span>
      <Select label={label} value={token} options={options} onChange={(t) => onChange(tokenSet(t))} />
    </div>
  )
}

interface NumberFieldProps {
  arg: NumberArg
  world: World | null
  value: number
  onChange(value: number): void
}

function NumberField({ arg, world, value, onChange }: NumberFieldProps) {
  const scale = scaleOf(arg, world)
  const text = valueText(arg, value)
  return (
    <div className="parameter">
      <div className="parameter-head">
        <span className="quiet">{arg.label}</span>
        <output className="mono">{text}</output>
      </div>
      <Slider
        label={arg.label}
        min={0}
        max={1}
        step={0.01}
        value={scale.position(value)}
        valueText={text}
        centred={arg.kind === 'signedUs' || arg.kind === 'percent'}
        onChange={(x) => onChange(scale.value(x))}
      />
    </div>
  )
}
