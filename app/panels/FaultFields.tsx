import { useLab } from '../state/lab.ts'
import type { AgentSet } from '../../engine/scenario/Scenario.ts'
import { Select } from '../ui/Select.tsx'
import { Slider } from '../ui/Slider.tsx'
import { durationText } from './format.ts'
import { setToken, tokenSet, type ArgValues, type Around, type FaultArg, type FaultKind } from './faultForm.ts'

export interface FaultFieldsProps {
  kind: FaultKind
  values: ArgValues
  around: Around
  onChange(values: ArgValues): void
}

/** One control for each argument of a fault. */
export function FaultFields({ kind, values, around, onChange }: FaultFieldsProps) {
  return kind.args.map((arg) => {
    const value = values[arg.name]
    const change = (next: AgentSet): void => onChange({ ...values, [arg.name]: next })
    return arg.kind === 'agent' || arg.kind === 'set' ? (
      <AgentField key={arg.name} arg={arg} value={(value ?? 'leader') as AgentSet} around={around} onChange={change} />
    ) : (
      <NumberField key={arg.name} arg={arg} value={Number(value ?? arg.default)} onChange={change} />
    )
  })
}

const LABELS: { readonly [name: string]: string } = {
  agent: 'Agent',
  side: 'Cut off',
  from: 'From',
  to: 'To',
  forUs: 'For',
  us: 'By',
  probability: 'Probability',
  factor: 'Factor',
  group: 'Group',
}

interface AgentFieldProps {
  arg: FaultArg
  value: AgentSet
  around: Around
  onChange(value: AgentSet): void
}

function AgentField({ arg, value, around, onChange }: AgentFieldProps) {
  const names = useLab((s) => s.names)
  const options = [
    { value: 'leader', label: 'the leader' },
    { value: 'follower', label: 'a follower' },
  ]
  if (around.selected !== null)
    options.unshift({ value: `agent:${around.selected}`, label: names.agent(around.selected) })
  if (arg.kind === 'set') {
    options.push({ value: 'all', label: 'everybody' })
    around.groups.forEach((name, group) => options.push({ value: `group:${group}`, label: `all of ${name}` }))
  }
  const token = setToken(value)
  if (!options.some((o) => o.value === token))
    options.unshift({ value: token, label: typeof value === 'number' ? names.agent(value) : token })
  const label = LABELS[arg.name] ?? arg.name
  return (
    <div className="parameter">
      <span className="quiet">{label}</span>
      <Select label={label} value={token} options={options} onChange={(t) => onChange(tokenSet(t))} />
    </div>
  )
}

interface NumberFieldProps {
  arg: FaultArg
  value: number
  onChange(value: number): void
}

function NumberField({ arg, value, onChange }: NumberFieldProps) {
  const label = LABELS[arg.name] ?? arg.name
  const [min, max] = [Number(arg.min), Number(arg.max)]
  const text =
    arg.name === 'forUs' && value <= 0
      ? 'until undone'
      : arg.kind === 'us'
        ? durationText(value)
        : arg.kind === 'probability'
          ? `${Math.round(100 * value)} %`
          : `${Number(value.toFixed(2))}×`
  // Durations and factors span decades: move over the logarithm, with the far left meaning the smallest.
  const decades = arg.kind !== 'probability' && max > 50 * Math.max(min, 1)
  const low = Math.max(min, arg.kind === 'us' ? 1_000 : 1)
  const high = arg.kind === 'us' ? Math.min(max, 60_000_000) : Math.min(max, 1_000)
  const toSlider = (x: number): number =>
    decades ? Math.log(Math.min(high, Math.max(low, x)) / low) / Math.log(high / low) : x
  const fromSlider = (x: number): number => {
    if (!decades) return x
    if (x <= 0) return min
    const raw = low * (high / low) ** x
    return arg.kind === 'us' ? Math.round(raw / 1000) * 1000 : Math.round(raw)
  }
  return (
    <div className="parameter">
      <div className="parameter-head">
        <span className="quiet">{label}</span>
        <output className="mono">{text}</output>
      </div>
      <Slider
        label={label}
        min={decades ? 0 : min}
        max={decades ? 1 : max}
        step={0.01}
        value={value <= min ? (decades ? 0 : min) : toSlider(value)}
        valueText={text}
        onChange={(x) => onChange(fromSlider(x))}
      />
    </div>
  )
}
