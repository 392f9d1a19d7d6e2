import { useEffect, useMemo, useState } from 'react'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Select } from '../../ui/Select.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { countText } from '../format.ts'
import { usePresets } from '../Gallery.tsx'
import { possible, rangeScale } from '../liveParameters.ts'
import { PARAMETERS, type ChoiceParameter, type Parameter, type Setting, type SliderParameter } from '../parameters.ts'
import { programParameters, programTitle } from '../programParameters.ts'
import { spaceSections } from '../spaceParameters.ts'
import { labelOf } from './titles.ts'

const KNOWN = new Set([...PARAMETERS.map((p) => p.path), 'programs.raft.params.electionMaxUs'])
const CUSTOM_SIZES = { min: 1, max: 200 }
/** More choices than this become a list. */
const VISIBLE_CHOICES = 3

/**
 * Everything of a scenario that a control can change: how its bodies move, its topology, its size, its network, its
 * programs. Of bodies alone nothing is asked about a network.
 */
export function useParameters(scenario: Scenario): readonly Parameter[] {
  const presets = usePresets()
  return useMemo(() => {
    const preset = presets.find((p) => p.scenario.name === scenario.name)
    const sizes = preset?.sizes ?? CUSTOM_SIZES
    const agents: SliderParameter = {
      id: 'agents',
      type: 'slider',
      label: 'Agents',
      path: 'swarm.agents',
      ...{ ...sizes, step: 1, log: sizes.max > 40 * sizes.min, text: countText },
      applies: () => true,
      get: (s) => s.swarm.agents,
      sets: (_, value) => [['swarm.agents', preset?.withAgents(value).swarm.agents ?? value]],
    }
    const own = scenario.programs.flatMap(({ kind }) =>
      programParameters(scenario, kind, KNOWN).map((p) => ({ ...p, label: `${programTitle(kind)}: ${p.label}` })),
    )
    const general = PARAMETERS.filter((p) => p.applies(scenario)).map((p) => ({ ...p, label: labelOf(p) }))
    const moving = spaceSections(scenario).flatMap(({ parameters }) => parameters)
    const network = scenario.programs.length === 0 ? [] : general
    return [...moving, ...network.slice(0, 1), agents, ...network.slice(1), ...own].filter(
      (p) => p.type === 'slider' || possible(scenario, p).length > 1,
    )
  }, [scenario, presets])
}

export interface ParameterFieldProps {
  parameter: Parameter
  scenario: Scenario
  /** The fields that the control says, also at the start; the same function every time. */
  onChange(settings: readonly Setting[]): void
}

/** One parameter with another value than the scenario has. */
export function ParameterField({ parameter, scenario, onChange }: ParameterFieldProps) {
  return parameter.type === 'slider' ? (
    <SliderField parameter={parameter} scenario={scenario} onChange={onChange} />
  ) : (
    <ChoiceField parameter={parameter} scenario={scenario} onChange={onChange} />
  )
}

function ChoiceField({ parameter: p, scenario, onChange }: ParameterFieldProps & { parameter: ChoiceParameter }) {
  const now = p.get(scenario)
  const options = useMemo(() => possible(scenario, p).filter(({ value }) => value !== now), [p, scenario, now])
  const [value, setValue] = useState(options[0]?.value ?? now)
  useEffect(() => onChange(p.sets(scenario, value)), [p, scenario, value, onChange])
  const props = { label: labelOf(p), value, options, onChange: setValue }
  return (
    <div className="parameter">
      <span className="quiet small">instead of {p.options.find((o) => o.value === now)?.label ?? now}</span>
      {options.length <= VISIBLE_CHOICES ? <Choices {...props} /> : <Select {...props} />}
    </div>
  )
}

/** Far enough from what it is to see a difference: twice as much, or a tenth of the way where it is nothing. */
function another(p: SliderParameter, now: number): number {
  const scale = rangeScale(p)
  const doubled = now > p.min ? Math.min(p.max, 2 * now) : scale.value(0.3)
  return doubled === now ? scale.value(0.5) : doubled
}

function SliderField({ parameter: p, scenario, onChange }: ParameterFieldProps & { parameter: SliderParameter }) {
  const now = p.get(scenario)
  const scale = useMemo(() => rangeScale(p), [p])
  const [value, setValue] = useState(() => another(p, now))
  useEffect(() => onChange(p.sets(scenario, value)), [p, scenario, value, onChange])
  return (
    <div className="parameter">
      <div className="parameter-head">
        <span className="quiet small">instead of {p.text(now)}</span>
        <output className="mono">{p.text(value)}</output>
      </div>
      <Slider
        label={p.label}
        min={0}
        max={1}
        step={0.005}
        value={scale.position(value)}
        valueText={p.text(value)}
        onChange={(x) => setValue(scale.value(x))}
      />
    </div>
  )
}
