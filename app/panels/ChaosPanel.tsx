import './chaos.css'
import { useEffect, useMemo, useState } from 'react'
import { describe } from '../../engine/faults/index.ts'
import { chaosOf, profileOf } from '../../engine/scenario/chaosProfiles.ts'
import type { ChaosSpec, Command, Scenario } from '../../engine/scenario/Scenario.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import { editLog, newSeed, openRun, seek } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { Slider } from '../ui/Slider.tsx'
import {
  firstDraft,
  fromNow,
  kindLabel,
  kindsOf,
  outlookOf,
  profilesFor,
  scalesOf,
  withFrom,
  withTo,
  withWeight,
  type Outlook,
} from './chaosForm.ts'
import { clockText, durationText, significant } from './format.ts'
import type { Scale } from './scales.ts'

/** Faults out of the seed: what may go wrong and how often; the seed says when, whom and how long. */
export default function ChaosPanel() {
  const scenario = useLab((s) => s.scenario)
  return scenario && <Chaos key={`${scenario.name}/${scenario.swarm.agents}`} scenario={scenario} />
}

async function reopen(scenario: Scenario, chaos: ChaosSpec | null): Promise<void> {
  const set = assignFields(scenario, [['chaos', chaos]])
  if (set.ok) await openRun(set.value, { play: true })
  else useLab.getState().toast('error', set.error)
}

async function addFromNow(scenario: Scenario, draft: ChaosSpec): Promise<void> {
  const { facts, toast } = useLab.getState()
  const more = fromNow(scenario, facts.log, draft, facts.timeUs)
  if (more.length === 0) return toast('note', 'The seed draws no fault in that time; try more faults a second.')
  if (await editLog([...facts.log, ...more]))
    toast('note', more.length === 1 ? 'One fault is on its way.' : `${more.length} faults are on their way.`)
}

function Chaos({ scenario }: { scenario: Scenario }) {
  const [draft, setDraft] = useState(() => firstDraft(scenario))
  const { chaos } = scenario
  useEffect(() => {
    if (chaos !== null) setDraft(chaos)
  }, [chaos])
  const outlook = useMemo(() => outlookOf(scenario, draft), [scenario, draft])
  const profile = profileOf(draft)
  return (
    <div className="panel-body chaos">
      <p className="quiet small">
        Trouble out of the seed: the same seed makes the same faults, so a bad run can be replayed, shared and taken
        apart.
      </p>
      <div className="palette chaos-profiles" role="radiogroup" aria-label="Kind of trouble">
        {profilesFor(scenario).map((p) => (
          <Button
            key={p.name}
            role="radio"
            aria-checked={p === profile}
            className={p === profile ? 'chosen' : undefined}
            onClick={() => setDraft(chaosOf(p, scenario))}
          >
            {p.title}
          </Button>
        ))}
      </div>
      <p className="small">{profile?.what ?? 'A mix of your own.'}</p>
      <Amounts scenario={scenario} draft={draft} onChange={setDraft} />
      <Mix scenario={scenario} draft={draft} onChange={setDraft} />
      <div className="chaos-do">
        <Button look="primary" className="wide" onClick={() => void reopen(scenario, draft)}>
          {outlook.applied ? 'Once more from the start' : 'Let it loose'}
        </Button>
        <Button className="wide" onClick={() => void addFromNow(scenario, draft)}>
          Add to this run from now
        </Button>
        {chaos !== null && (
          <Button className="wide" onClick={() => void reopen(scenario, null)}>
            Run without chaos
          </Button>
        )}
      </div>
      <Drawn outlook={outlook} scenario={scenario} draft={draft} />
    </div>
  )
}

interface PartProps {
  scenario: Scenario
  draft: ChaosSpec
  onChange(draft: ChaosSpec): void
}

interface AmountProps {
  label: string
  scale: Scale
  value: number
  text: string
  onChange(value: number): void
}

function Amount({ label, scale, value, text, onChange }: AmountProps) {
  return (
    <div className="parameter">
      <div className="parameter-head">
        <span className="quiet">{label}</span>
        <output className="mono">{text}</output>
      </div>
      <Slider
        label={label}
        min={0}
        max={1}
        step={0.005}
        value={scale.position(value)}
        valueText={text}
        onChange={(x) => onChange(scale.value(x))}
      />
    </div>
  )
}

const BUDGETS = [
  { value: 'tolerated', label: 'as tolerated' },
  { value: 'number', label: 'a number' },
  { value: 'unlimited', label: 'no limit' },
] as const
type Budget = (typeof BUDGETS)[number]['value']

function Amounts({ scenario, draft, onChange }: PartProps) {
  const scales = useMemo(() => scalesOf(scenario, draft), [scenario, draft])
  const { perSecond, meanUs, budget } = draft
  const kind: Budget = typeof budget === 'number' ? 'number' : budget
  const number = typeof budget === 'number' ? budget : Math.max(1, Math.floor(scenario.swarm.agents / 3))
  const set = (part: Partial<ChaosSpec>): void => onChange({ ...draft, ...part })
  return (
    <>
      <Amount
        label="Faults a second"
        scale={scales.perSecond}
        value={perSecond}
        text={significant(perSecond)}
        onChange={(value) => set({ perSecond: value })}
      />
      <Amount
        label="Each lasts, on average"
        scale={scales.meanUs}
        value={meanUs}
        text={durationText(meanUs)}
        onChange={(value) => set({ meanUs: value })}
      />
      <div className="parameter">
        <span className="quiet">Agents hurt at one time, at most</span>
        <Choices<Budget>
          label="Agents hurt at one time, at most"
          value={kind}
          options={BUDGETS}
          onChange={(value) => set({ budget: value === 'number' ? number : value })}
        />
      </div>
      {typeof budget === 'number' && (
        <Amount
          label="Agents"
          scale={scales.budget}
          value={budget}
          text={`${budget} of ${scenario.swarm.agents}`}
          onChange={(value) => set({ budget: value })}
        />
      )}
    </>
  )
}

/** From when to when, which kinds there are, and how often each is drawn against the others. */
function Mix({ scenario, draft, onChange }: PartProps) {
  const scales = useMemo(() => scalesOf(scenario, draft), [scenario, draft])
  const { on, off } = kindsOf(scenario, draft)
  const { fromUs, toUs } = draft
  return (
    <details className="chaos-mix">
      <summary>When, and what can happen</summary>
      <Amount
        label="From"
        scale={scales.timeUs}
        value={fromUs}
        text={durationText(fromUs)}
        onChange={(value) => onChange(withFrom(draft, value))}
      />
      <Amount
        label="Until"
        scale={scales.timeUs}
        value={toUs}
        text={durationText(toUs)}
        onChange={(value) => onChange(withTo(draft, value))}
      />
      {on.map((kind) => (
        <Amount
          key={kind}
          label={kindLabel(kind)}
          scale={scales.weight}
          value={draft.weights[kind]!}
          text={`× ${significant(draft.weights[kind]!)}`}
          onChange={(value) => onChange(withWeight(draft, kind, value))}
        />
      ))}
      {off.length > 0 && (
        <div className="chaos-more">
          {off.map((kind) => (
            <Button key={kind} small onClick={() => onChange(withWeight(draft, kind, 1))}>
              + {kindLabel(kind)}
            </Button>
          ))}
        </div>
      )}
      <Amount
        label="Chance that a kind is on in a run"
        scale={scales.pick}
        value={draft.pick}
        text={`${Math.round(100 * draft.pick)} %`}
        onChange={(pick) => onChange({ ...draft, pick })}
      />
    </details>
  )
}

const SHOWN_MAX = 60

/** What the seed makes of it: known before it happens. */
function Drawn({ outlook, scenario, draft }: { outlook: Outlook; scenario: Scenario; draft: ChaosSpec }) {
  const { faults, on, applied } = outlook
  const { on: wanted } = kindsOf(scenario, draft)
  const names = on.map((kind) => kindLabel(kind).toLowerCase()).join(', ')
  return (
    <section className="group chaos-drawn" aria-label="What the seed draws">
      <div className="group-head">
        <h3>{faults.length === 1 ? 'One fault' : `${faults.length} faults`}</h3>
        <span className="quiet small">{applied ? 'in this run' : 'if let loose'}</span>
      </div>
      <p className="quiet small">
        Seed {scenario.seed}
        {draft.pick < 1
          ? ` switched on ${on.length} of ${wanted.length} kinds: ${names || 'none'}.`
          : ' draws these.'}{' '}
        {applied && (
          <Button small look="quiet" onClick={() => void newSeed()}>
            Another seed
          </Button>
        )}
      </p>
      <ol className="chaos-faults">
        {faults.slice(0, SHOWN_MAX).map((fault, i) => (
          <Fault key={`${fault.at}/${i}`} fault={fault} applied={applied} />
        ))}
      </ol>
      {faults.length > SHOWN_MAX && <p className="quiet small">… and {faults.length - SHOWN_MAX} more.</p>}
    </section>
  )
}

function Fault({ fault, applied }: { fault: Command; applied: boolean }) {
  const names = useLab((s) => s.names)
  const over = useLab((s) => applied && s.facts.timeUs >= fault.at)
  const words = (
    <>
      <span className="mono quiet">{clockText(fault.at)}</span>
      <span className="row-main">{describe(fault, names)}</span>
    </>
  )
  return (
    <li className={over ? 'chaos-over' : undefined}>
      {applied ? (
        <button type="button" className="row-button" onClick={() => void seek(fault.at)}>
          {words}
        </button>
      ) : (
        <div className="chaos-fault">{words}</div>
      )}
    </li>
  )
}
