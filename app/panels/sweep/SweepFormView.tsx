import { useMemo, useState } from 'react'
import { create } from 'zustand'
import { initialLog } from '../../../engine/scenario/initialLog.ts'
import { planSweep, STOP_NAMES, type SweepSpec } from '../../../workers/sweep/sweepClient.ts'
import { PAGE_RUNS_MAX, startSweep, useSweep } from '../../bridge/sweep.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { countText } from '../format.ts'
import { usePresets } from '../Gallery.tsx'
import { AxisFields } from './AxisFields.tsx'
import {
  AXES_MAX,
  axisForm,
  commandText,
  firstForm,
  isUntouched,
  specOf,
  stopName,
  type SweepForm,
} from './sweepForm.ts'
import { useChoices } from './useChoices.ts'

/** Points that are checked while the person types; all are before anything runs. */
const POINTS_CHECKED = 200

/** What was typed, by scenario, so that closing the panel loses nothing. */
const useTyped = create<{ readonly [scenario: string]: SweepForm }>(() => ({}))

export function SweepFormView({ onStarted, onBack }: { onStarted(): void; onBack?(): void }) {
  const scenario = useLab((s) => s.scenario)
  const log = useLab((s) => s.facts.log)
  const choices = useChoices(scenario)
  const typed = useTyped()
  const [problem, setProblem] = useState('')
  const form = useMemo(
    () => (scenario === null ? null : (typed[scenario.name] ?? firstForm(scenario, choices))),
    [typed, scenario, choices],
  )
  const made = useMemo(() => (form && scenario ? specOf(form, scenario, log) : null), [form, scenario, log])
  if (scenario === null || form === null || made === null) return null
  const change = (next: Partial<SweepForm>): void => {
    useTyped.setState({ [scenario.name]: { ...form, ...next } })
    setProblem('')
  }
  const start = async (): Promise<void> => {
    if (!made.ok) return setProblem(made.error)
    const refused = await startSweep(made.value)
    if (refused === null) onStarted()
    else setProblem(refused)
  }
  return (
    <form
      className="sweep-form"
      onSubmit={(e) => {
        e.preventDefault()
        void start()
      }}
    >
      <p className="quiet small">
        Runs <strong>{scenario.title}</strong> again and again, with other values and other seeds, and shows what comes
        out on average.
        {!isUntouched(scenario, log) && ` With the ${doneText(log.length - initialLog(scenario).length)} so far.`}
      </p>
      {form.axes.map((axis, i) => (
        <AxisFields
          key={i}
          {...{ axis, choices, scenario }}
          taken={form.axes.filter((_, k) => k !== i).map(({ path }) => path)}
          onChange={(next) => change({ axes: form.axes.map((a, k) => (k === i ? next : a)) })}
          onRemove={() => change({ axes: form.axes.filter((_, k) => k !== i) })}
        />
      ))}
      {form.axes.length < AXES_MAX && (
        <Button
          small
          onClick={() => {
            const free = choices.find(({ path }) => form.axes.every((a) => a.path !== path)) ?? choices[0]!
            change({ axes: [...form.axes, axisForm(free.path, free.values)] })
          }}
        >
          {form.axes.length === 0 ? 'Change a parameter' : 'Change another parameter as well'}
        </Button>
      )}
      <Often {...{ form, change }} />
      <Size made={made} problem={problem} />
      <div className="sweep-actions">
        <Button look="primary" type="submit">
          Start
        </Button>
        {onBack && <Button onClick={onBack}>Back to the results</Button>}
      </div>
      {made.ok && <Command spec={made.value} />}
    </form>
  )
}

const doneText = (many: number): string =>
  many > 1 ? `${many} things that you did to it` : many === 1 ? 'one thing that you did to it' : 'changes that you made'

function Often({ form, change }: { form: SweepForm; change(next: Partial<SweepForm>): void }) {
  return (
    <div className="sweep-often">
      <label className="parameter">
        <span className="quiet">Seeds for each</span>
        <input
          className="field mono"
          inputMode="numeric"
          value={form.repeat}
          onChange={(e) => change({ repeat: e.currentTarget.value })}
        />
      </label>
      <label className="parameter">
        <span className="quiet">Length, virtual s</span>
        <input
          className="field mono"
          inputMode="decimal"
          value={form.seconds}
          onChange={(e) => change({ seconds: e.currentTarget.value })}
        />
      </label>
      <div className="parameter sweep-stop">
        <span className="quiet">End a run early</span>
        <Select
          label="End a run early"
          value={form.stop ?? 'never'}
          options={[
            { value: 'never', label: 'never' },
            ...STOP_NAMES.map((value) => ({ value, label: stopName(value) })),
          ]}
          onChange={(value) => change({ stop: STOP_NAMES.find((name) => name === value) ?? null })}
        />
      </div>
    </div>
  )
}

/** How many runs it is, or why it cannot be. */
function Size({ made, problem }: { made: ReturnType<typeof specOf>; problem: string }) {
  const replaces = useSweep((s) => s.done)
  const checked = useMemo(() => (made.ok ? checkedNow(made.value) : made.error), [made])
  const wrong = problem || checked
  if (wrong !== null)
    return (
      <p className="problem sweep-problem" role="status">
        {wrong}
      </p>
    )
  if (!made.ok) return null
  const { axes, repeat } = made.value
  const points = axes.reduce((product, { values }) => product * values.length, 1)
  const factors = [...axes.map(({ values }) => countText(values.length)), countText(repeat)].join(' × ')
  return (
    <p className="sweep-size">
      <span className="mono">{factors}</span> = <span className="mono">{countText(points * repeat)}</span>{' '}
      {points * repeat === 1 ? 'run' : 'runs'}
      <span className="quiet small">
        The run on the stage is paused for it; play it, and the sweep waits.
        {replaces > 0 &&
          ` The ${countText(replaces)} rows of the last sweep give way; download them first if you want them.`}
      </span>
    </p>
  )
}

function checkedNow(spec: SweepSpec): string | null {
  const points = spec.axes.reduce((product, { values }) => product * values.length, 1)
  if (points * spec.repeat > PAGE_RUNS_MAX)
    return `${countText(points * spec.repeat)} runs are above the ${countText(PAGE_RUNS_MAX)} that the page holds; the headless command takes more.`
  if (points > POINTS_CHECKED) return null
  const planned = planSweep(spec)
  return planned.ok ? null : planned.error
}

function Command({ spec }: { spec: SweepSpec }) {
  const preset = usePresets().find((p) => p.scenario.name === spec.scenario.name)
  return (
    <p className="quiet small hint">
      The same rows, without a page: <code className="mono">{commandText(spec, preset?.scenario ?? null)}</code>
    </p>
  )
}
