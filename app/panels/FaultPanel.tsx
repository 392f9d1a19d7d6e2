import { useMemo, useState } from 'react'
import { faultKindsFor } from '../../engine/faults/index.ts'
import { command } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { FaultFields } from './FaultFields.tsx'
import { buildOp, firstTarget, startValues, type Around, type FaultKind } from './faultForm.ts'
import { worldOf } from './spaceForm.ts'

/** Programs in which an agent can lead, so that a fault can be aimed at whoever does. */
export const hasLeaders = (programs: readonly string[]): boolean => programs.some((p) => /raft|election|pbft/.test(p))

export function useAround(): Around {
  const selected = useLab((s) => s.selected)
  const groups = useLab((s) => s.names.groups)
  const stage = useLab((s) => s.stage)
  const scenario = useLab((s) => s.scenario)
  return useMemo(
    () => ({
      selected,
      leads: hasLeaders(stage?.programKinds ?? []),
      groups,
      groupOf: (agent: number) => stage?.group[agent] ?? 0,
      world: worldOf(scenario),
    }),
    [selected, groups, stage, scenario],
  )
}

/** First click: which fault; second click: do it. What it is aimed at can be changed in between. */
export default function FaultPanel() {
  const scenario = useLab((s) => s.scenario)
  const kinds = useMemo(() => (scenario ? faultKindsFor(scenario) : []), [scenario])
  const [op, setOp] = useState<FaultKind['op'] | null>(null)
  const selected = useLab((s) => s.selected)
  const kind = kinds.find((k) => k.op === op) ?? kinds[0]
  if (kind === undefined) return null
  return (
    <div className="panel-body">
      <Aim kind={kind} />
      <div className="palette" role="radiogroup" aria-label="Fault">
        {kinds.map((k) => (
          <Button
            key={k.op}
            role="radio"
            aria-checked={k.op === kind.op}
            className={k.op === kind.op ? 'chosen' : undefined}
            onClick={() => setOp(k.op)}
          >
            {k.label}
          </Button>
        ))}
      </div>
      <FaultForm key={`${scenario?.name}/${kind.op}/${selected}`} kind={kind} />
      <FaultsNow />
    </div>
  )
}

/** Whom a fault that is for one agent would hit. */
function Aim({ kind }: { kind: FaultKind }) {
  const selected = useLab((s) => s.selected)
  const names = useLab((s) => s.names)
  const target = firstTarget(useAround())
  if (!kind.args.some((arg) => arg.kind === 'agent' || arg.kind === 'set')) return null
  return (
    <p className="quiet small">
      {`Aimed at ${target === 'leader' ? 'the leader' : names.agent(Number(target))}.`}
      {selected === null && ' Select an agent to aim elsewhere.'}
    </p>
  )
}

function FaultForm({ kind }: { kind: FaultKind }) {
  const around = useAround()
  const [values, setValues] = useState(() => startValues(kind, around))
  return (
    <form
      className="fault-form"
      onSubmit={(e) => {
        e.preventDefault()
        void command(buildOp(kind, values))
      }}
    >
      <p className="small">{kind.help}</p>
      <FaultFields
        kind={kind}
        values={values}
        around={around}
        onChange={setValues}
        onPlaced={(placed) => void command(buildOp(kind, placed))}
      />
      <Button type="submit" look="primary" className="wide">
        {kind.label} now
      </Button>
    </form>
  )
}

/** The way back, where there is one. */
function FaultsNow() {
  const last = useLab((s) => s.facts.log.length)
  return last === 0 ? null : (
    <p className="quiet small">
      {last === 1 ? 'One command is' : `${last} commands are`} in the log. They can be moved, changed and removed on the
      timeline.
    </p>
  )
}
