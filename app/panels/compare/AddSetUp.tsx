import { useMemo, useState, type FormEvent } from 'react'
import { namesOf } from '../../../engine/faults/names.ts'
import { describe } from '../../../engine/faults/describe.ts'
import { initialLog } from '../../../engine/scenario/initialLog.ts'
import { parseLog } from '../../../engine/scenario/parse.ts'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { assignFields } from '../../../engine/scenario/set.ts'
import { addSide } from '../../bridge/compare.ts'
import { readSetUp, underLog } from '../../bridge/compareWork.ts'
import { LETTERS, useCompare, type SetUp, type Side } from '../../state/compare.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { durationText } from '../format.ts'
import { usePresets } from '../Gallery.tsx'
import { ParameterField, useParameters } from './ParameterField.tsx'

const WAYS = {
  parameter: 'A parameter',
  without: 'A fault less',
  lane: 'Another lane',
  seed: 'The seed',
  scenario: 'The scenario',
  code: 'A link or file',
  nothing: 'Nothing yet',
} as const
type Way = keyof typeof WAYS

/** Where the next set-up will stand: what shall differ in it. Everything else stays as in the first. */
export function AddSetUp() {
  const first = useCompare((s) => s.sides[0])
  const letter = useCompare((s) => LETTERS[s.sides.length] ?? '')
  const alone = useCompare((s) => s.sides.length < 2)
  const lanes = useLab((s) => s.facts.branches.length)
  const [way, setWay] = useState<Way>('parameter')
  if (!first) return null
  const offered = (Object.keys(WAYS) as Way[]).filter(
    (w) => (w !== 'without' || first.log.length > 0) && (w !== 'lane' || lanes > 1),
  )
  return (
    <section className="side side-new" aria-label={`Set-up ${letter}`}>
      <div className="add-setup">
        <h2>What shall differ in {letter}?</h2>
        <p className="quiet">Seed and workload are the same in all, so that only this makes the difference.</p>
        <div className="ways" role="radiogroup" aria-label={`What shall differ in ${letter}?`}>
          {offered.map((w) => (
            <Button
              key={w}
              role="radio"
              aria-checked={w === way}
              className={w === way ? 'chosen' : undefined}
              onClick={() => setWay(w)}
            >
              {WAYS[w]}
            </Button>
          ))}
        </div>
        <WayForm key={way} way={way} first={first} />
        {!alone && (
          <Button look="quiet" onClick={() => useCompare.setState({ adding: false })}>
            Not now
          </Button>
        )}
      </div>
    </section>
  )
}

function WayForm({ way, first }: { way: Way; first: Side }) {
  switch (way) {
    case 'parameter':
      return <ByParameter first={first} />
    case 'without':
      return <WithoutFault first={first} />
    case 'lane':
      return <ByLane first={first} />
    case 'seed':
      return <BySeed first={first} />
    case 'scenario':
      return <ByScenario first={first} />
    case 'code':
      return <ByCode />
    case 'nothing':
      return (
        <Submit make={() => first}>
          <p className="quiet small">The same once more: then break only one of them.</p>
        </Submit>
      )
  }
}

/** The way's fields above, and the button; what cannot be is one sentence. */
function Submit({ make, children }: { make(): SetUp | string | Promise<SetUp | string>; children: React.ReactNode }) {
  const [problem, setProblem] = useState('')
  const submit = async (e: FormEvent): Promise<void> => {
    e.preventDefault()
    const made = await make()
    if (typeof made === 'string') return setProblem(made)
    const allowed = parseLog(made.log, made.scenario, 'log')
    // Another scenario may have no such agent or group: then it has its own schedule alone.
    const log = allowed.ok ? made.log : initialLog(made.scenario)
    if (!allowed.ok) useLab.getState().toast('note', `What was done to the run is left out there: ${allowed.error}.`)
    await addSide({ scenario: made.scenario, log })
  }
  return (
    <form className="way-form" onSubmit={(e) => void submit(e)}>
      {children}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <Button type="submit" look="primary">
        Set it beside
      </Button>
    </form>
  )
}

function ByParameter({ first }: { first: Side }) {
  const parameters = useParameters(first.scenario)
  const [id, setId] = useState(parameters[0]?.id ?? '')
  const parameter = parameters.find((p) => p.id === id)
  const [settings, setSettings] = useState<readonly (readonly [string, unknown])[]>([])
  return (
    <Submit
      make={() => {
        const set = assignFields(first.scenario, settings)
        return set.ok ? underLog(set.value, first) : `${set.error}.`
      }}
    >
      <Select
        label="Parameter"
        value={id}
        options={parameters.map((p) => ({ value: p.id, label: p.label }))}
        onChange={setId}
      />
      {parameter && <ParameterField key={id} parameter={parameter} scenario={first.scenario} onChange={setSettings} />}
    </Submit>
  )
}

function WithoutFault({ first }: { first: Side }) {
  const names = useMemo(() => namesOf(first.scenario), [first.scenario])
  const [which, setWhich] = useState('all')
  const options = [
    { value: 'all', label: first.log.length === 1 ? 'Without the fault' : 'Without any fault' },
    ...(first.log.length > 1
      ? first.log.map((c, i) => ({ value: `${i}`, label: `Without “${describe(c, names)}” at ${durationText(c.at)}` }))
      : []),
  ]
  return (
    <Submit
      make={() => ({
        scenario: first.scenario,
        log: which === 'all' ? [] : first.log.filter((_, i) => i !== Number(which)),
      })}
    >
      <Select label="Which fault" value={which} options={options} onChange={setWhich} />
    </Submit>
  )
}

function ByLane({ first }: { first: Side }) {
  const branches = useLab((s) => s.facts.branches)
  const current = useLab((s) => s.facts.branch)
  const others = branches.filter(({ id }) => id !== current)
  const [id, setId] = useState(`${others.at(-1)?.id ?? ''}`)
  const options = others.map((b) => ({
    value: `${b.id}`,
    label: b.parent === null ? 'The first run' : `The lane forked at ${durationText(b.forkUs)}`,
  }))
  return (
    <Submit make={() => ({ scenario: first.scenario, log: branches.find((b) => `${b.id}` === id)?.log ?? first.log })}>
      <Select label="Lane" value={id} options={options} onChange={setId} />
    </Submit>
  )
}

function BySeed({ first }: { first: Side }) {
  const [text, setText] = useState(`${(first.scenario.seed + 1) >>> 0}`)
  return (
    <Submit
      make={() => {
        if (!/^\d+$/.test(text) || Number(text) > 0xffffffff)
          return `Seed: ${text || 'nothing'} is not a whole number in 0..4294967295.`
        return underLog({ ...first.scenario, seed: Number(text) }, first)
      }}
    >
      <label className="way-line">
        <span className="quiet">Seed</span>
        <input
          className="field mono"
          inputMode="numeric"
          value={text}
          onChange={(e) => setText(e.currentTarget.value.trim())}
        />
      </label>
    </Submit>
  )
}

function ByScenario({ first }: { first: Side }) {
  const others = usePresets().filter((p) => p.scenario.name !== first.scenario.name)
  const [name, setName] = useState('')
  const chosen = others.find((p) => p.scenario.name === name) ?? others[0]
  if (!chosen) return null
  const scenario: Scenario = { ...chosen.scenario, seed: first.scenario.seed }
  return (
    <Submit make={() => ({ scenario, log: initialLog(scenario) })}>
      <Select
        label="Scenario"
        value={chosen.scenario.name}
        options={others.map((p) => ({ value: p.scenario.name, label: p.scenario.title }))}
        onChange={setName}
      />
    </Submit>
  )
}

function ByCode() {
  const [text, setText] = useState('')
  return (
    <Submit make={() => readSetUp(text)}>
      <textarea
        className="field mono"
        rows={3}
        aria-label="Link, code or scenario"
        placeholder="Paste a link, a code or a scenario"
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <label className="button file-button">
        Choose a file
        <input
          type="file"
          accept=".json,application/json"
          className="hidden-visually"
          onChange={(e) => void e.currentTarget.files?.[0]?.slice(0, FILE_BYTES_MAX).text().then(setText)}
        />
      </label>
    </Submit>
  )
}
/** More than any scenario may have; the parser then says so. */
const FILE_BYTES_MAX = 4_000_000
