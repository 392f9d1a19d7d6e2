import { useMemo, useState } from 'react'
import { FAULT_KINDS } from '../../engine/faults/index.ts'
import { command } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { FaultFields } from './FaultFields.tsx'
import { buildOp, firstTarget, startValues, type Around, type FaultKind } from './faultForm.ts'

/** Programs in which an agent can lead, so that a fault can be aimed at whoever does. */
export const hasLeaders = (programs: readonly string[]): boolean => programs.some((p) => /raft|election|pbft/.test(p))

export function useAround(): Around {
  const selected = useLab((s) => s.selected)
  const groups = useLab((s) => s.names.groups)
  const stage = useLab((s) => s.stage)
  return useMemo(
    () => ({
      selected,
      leads: hasLeaders(stage?.programKinds ?? []),
      groups,
      groupOf: (agent: number) => stage?.group[agent] ?? 0,
    }),
    [selected, groups, stage],
  )
}

/** First click: which fault; second click: do it. What it is aimed at can be changed in between. */
export default function FaultPanel() {
  const [kind, setKind] = useState<FaultKind>(FAULT_KINDS[0]!)
  const selected = useLab((s) => s.selected)
  const names = useLab((s) => s.names)
  const target = firstTarget(useAround())
  const whom = target === 'leader' ? 'the leader' : names.agent(Number(target))
  return (
    <div className="panel-body">
      <p className="quiet small">
        {`Aimed at ${whom}.`}
        {selected === null && ' Select an agent to aim elsewhere.'}
      </p>
      <div className="palette" role="radiogroup" aria-label="Fault">
        {FAULT_KINDS.map((k) => (
          <Button
            key={k.op}
            role="radio"
            aria-checked={k.op === kind.op}
            className={k.op === kind.op ? 'chosen' : undefined}
            onClick={() => setKind(k)}
          >
            {k.label}
          </Button>
        ))}
      </div>
      <FaultForm key={`${kind.op}/${selected}`} kind={kind} />
      <FaultsNow />
    </div>
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
      <FaultFields kind={kind} values={values} around={around} onChange={setValues} />
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
