import './fields.css'
import { useEffect, useMemo, useState } from 'react'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import { command, openRun } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { Select } from '../ui/Select.tsx'
import { Slider } from '../ui/Slider.tsx'
import { countText } from './format.ts'
import { usePresets } from './Gallery.tsx'
import { SeedField } from './Header.tsx'
import { isLive, possible, rangeScale, scenarioAt, setOps } from './liveParameters.ts'
import { PARAMETERS, SECTIONS, type Parameter, type Range, type Setting } from './parameters.ts'
import { programTitle } from './programLabels.ts'
import { programParameters } from './programParameters.ts'
import { spaceSections } from './spaceParameters.ts'

/** Another set-up, same seed: the run starts again at the time the scenario opens at. */
async function reopen(scenario: Scenario): Promise<void> {
  await openRun(scenario, { play: true })
}

function apply(scenario: Scenario, settings: readonly Setting[]): void {
  const set = assignFields(scenario, settings)
  if (set.ok) void reopen(set.value)
  else useLab.getState().toast('error', set.error)
}

/** On every agent at the next cut; what is refused says so. */
async function applyNow(settings: readonly Setting[]): Promise<void> {
  for (const op of setOps(settings) ?? []) if (!(await command(op))) return
}

/** What a scenario of one’s own may be dragged to; beyond that its file says the number. */
const CUSTOM_SIZES = { min: 1, max: 200 }
const WHEN = [
  { value: 'start', label: 'from the start' },
  { value: 'now', label: 'from now on' },
] as const
type When = (typeof WHEN)[number]['value']

export default function Parameters() {
  const scenario = useLab((s) => s.scenario)
  const all = usePresets()
  const [when, setWhen] = useState<When>('start')
  const sections = useMemo(() => (scenario ? sectionsOf(scenario) : []), [scenario])
  const live = useLive(scenario)
  if (!scenario || !live) return null
  const preset = all.find((p) => p.scenario.name === scenario.name)
  const sizes = all.length === 0 ? null : (preset?.sizes ?? CUSTOM_SIZES)
  const canChange = sections.some(({ parameters }) => parameters.some(isLive))
  const now = when === 'now' && canChange
  const shown = now ? live : scenario
  return (
    <div className="panel-body">
      <p className="quiet small">
        {now
          ? 'A change is a command to every agent: it is in the log, on the timeline, and can be undone.'
          : 'A change starts the run again with the same seed.'}
      </p>
      {canChange && <Choices<When> label="When a change counts" value={when} options={WHEN} onChange={setWhen} />}
      {!now && <SeedField id="seed-panel" />}
      {sizes && !now && (
        <SliderRow
          key={`agents/${scenario.swarm.agents}`}
          label="Agents"
          value={scenario.swarm.agents}
          range={{ ...sizes, step: 1, log: sizes.max > 40 * sizes.min, text: countText }}
          onCommit={(agents) => apply(scenario, [['swarm.agents', preset?.withAgents(agents).swarm.agents ?? agents]])}
        />
      )}
      {sections.map(({ title, parameters }) => {
        const some = now ? parameters.filter(isLive) : parameters
        return some.length === 0 ? null : (
          <section key={title} className="group parameters" aria-label={title}>
            <h3>{title}</h3>
            {some.map((p) => (
              <Control
                key={`${p.id}/${p.get(shown)}`}
                parameter={p}
                scenario={shown}
                change={(settings) => (now ? void applyNow(settings) : apply(scenario, settings))}
              />
            ))}
          </section>
        )
      })}
      {preset && !now && (
        <Button className="wide" onClick={() => void reopen({ ...preset.scenario, seed: scenario.seed })}>
          As the scenario came
        </Button>
      )}
    </div>
  )
}

/** The scenario as it applies at the time on screen; a new object only when a command has come into force. */
function useLive(scenario: Scenario | null): Scenario | null {
  const log = useLab((s) => s.facts.log)
  const dueUs = useLab((s) =>
    s.facts.log.reduce((last, { at }) => (at <= s.facts.timeUs ? Math.max(last, at) : last), 0),
  )
  return useMemo(() => (scenario ? scenarioAt(scenario, log, dueUs) : null), [scenario, log, dueUs])
}

interface Section {
  readonly title: string
  readonly parameters: readonly Parameter[]
}

const KNOWN = new Set([
  ...PARAMETERS.map((p) => p.path),
  'programs.raft.params.electionMaxUs', // moves with the shortest
])

/** The sections that apply, each program’s own parameters behind what is written by hand for it. */
function sectionsOf(scenario: Scenario): readonly Section[] {
  // Bodies that run nothing have nothing to send.
  const talks = scenario.programs.length > 0
  const sections: Section[] = (talks ? SECTIONS : []).map(({ title, parameters }) => ({
    title,
    // A choice of one is none, and a title stands over nothing.
    parameters: parameters.filter(
      (p) => p.applies(scenario) && (p.type !== 'choice' || possible(scenario, p).length > 1),
    ),
  }))
  for (const { kind } of scenario.programs) {
    const parameters = programParameters(scenario, kind, KNOWN)
    const title = programTitle(kind)
    const at = sections.findIndex((s) => s.title === title)
    if (at >= 0) sections[at] = { title, parameters: [...sections[at]!.parameters, ...parameters] }
    else
      sections.splice(
        sections.findIndex((s) => s.title === 'Network'),
        0,
        { title, parameters },
      )
  }
  return [...spaceSections(scenario), ...sections].filter((s) => s.parameters.length > 0)
}

interface ControlProps {
  parameter: Parameter
  scenario: Scenario
  change(settings: readonly Setting[]): void
}

/** More choices than this become a list. */
const VISIBLE_CHOICES = 3

function Control({ parameter: p, scenario, change }: ControlProps) {
  const options = useMemo(() => (p.type === 'choice' ? possible(scenario, p) : []), [p, scenario])
  if (p.type === 'slider')
    return (
      <SliderRow
        label={p.label}
        range={p}
        value={p.get(scenario)}
        onCommit={(value) => change(p.sets(scenario, value))}
      />
    )
  if (options.length < 2) return null
  const props = {
    label: p.label,
    value: p.get(scenario),
    options,
    onChange: (value: string) => change(p.sets(scenario, value)),
  }
  return (
    <div className="parameter">
      <span className="quiet">{p.label}</span>
      {options.length <= VISIBLE_CHOICES ? <Choices {...props} /> : <Select {...props} />}
    </div>
  )
}

interface RowProps {
  label: string
  range: Range
  value: number
  onCommit(value: number): void
}

/** Moves freely; the change is made only when the person lets go. */
function SliderRow({ label, range, value, onCommit }: RowProps) {
  const [now, setNow] = useState(value)
  useEffect(() => setNow(value), [value])
  const scale = useMemo(() => rangeScale(range), [range])
  // A whole number on an even scale keeps its own steps: an arrow key is one more.
  const own = !range.log
  const from = own ? (v: number) => Math.min(range.max, Math.max(range.min, v)) : scale.position
  const back = own ? (x: number) => x : scale.value
  return (
    <div className="parameter">
      <div className="parameter-head">
        <span className="quiet">{label}</span>
        <output className="mono">{range.text(now)}</output>
      </div>
      <Slider
        label={label}
        min={own ? range.min : 0}
        max={own ? range.max : 1}
        step={own ? range.step : 0.005}
        value={from(now)}
        valueText={range.text(now)}
        onChange={(x) => setNow(back(x))}
        onCommit={(x) => {
          // Letting go where the thumb already stood changes nothing, also where the value lies beyond the scale.
          if (Math.abs(x - from(value)) > 1e-9 && back(x) !== value) onCommit(back(x))
        }}
      />
    </div>
  )
}
