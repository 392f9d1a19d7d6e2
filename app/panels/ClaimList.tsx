import { useEffect, useState } from 'react'
import { measureClaims, verifiedClaims, type Measured, type Verdict } from '../../workers/claims/measureClaims.ts'
import { sentenceOf } from '../bridge/engine.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { usePresets } from './Gallery.tsx'
import './panels.css'
import './readings.css'
import './claims.css'

/** A scenario's claims: measured beside expected, in this build and, on demand, here and in the run on screen. */
export default function ClaimList() {
  const scenario = useLab((s) => s.scenario)
  const claims = usePresets().find((p) => p.scenario.name === scenario?.name)?.info.claims ?? []
  const built = useVerified()
  const { measured, share, measure } = useMeasured()
  if (!scenario || claims.length === 0) return null
  return (
    <>
      <ul className="checks">
        {claims.map((claim) => (
          <Claim
            key={claim.name}
            sentence={claim.sentence}
            source={claim.source}
            built={built.find((v) => v.claim === claim.name)}
            here={measured?.here.find((v) => v.claim === claim.name)}
            thisRun={measured?.thisRun.find((v) => v.name === claim.name)}
          />
        ))}
      </ul>
      <div className="claim-actions">
        <Button small disabled={share !== null} onClick={() => void measure()}>
          {share === null ? 'Measure here' : `Measuring, ${Math.round(share * 100)} %`}
        </Button>
      </div>
      <p className="quiet small hint">
        Claims are about many seeds; each is also run the wrong way, and must then fail. Headless:{' '}
        <code className="mono">npm run -s lab -- verify {scenario.name}</code>
      </p>
    </>
  )
}

interface ClaimProps {
  readonly sentence: string
  readonly source: string
  readonly built: Verdict | undefined
  readonly here: Verdict | undefined
  readonly thisRun: Measured['thisRun'][number] | undefined
}

function Claim({ sentence, source, built, here, thisRun }: ClaimProps) {
  const needed = here?.needs_file
  const verdict = needed === undefined ? (here ?? built) : built
  return (
    <li className="claim">
      <p className="claim-head">
        {verdict && (
          <span className={verdict.ok ? 'check-mark' : 'check-mark claim-bad'}>
            <Icon name={verdict.ok ? 'checks' : 'close'} size={15} />
            <span className="hidden-visually">{verdict.ok ? 'holds:' : 'does not hold:'}</span>
          </span>
        )}
        <span>{sentence}</span>
      </p>
      <dl>
        {built && <Row label={`in this build, ${seeds(built.seeds)}`} verdict={built} />}
        {here && needed === undefined && <Row label={`here, ${seeds(here.seeds)}`} verdict={here} />}
        {thisRun && (
          <div className="pair">
            <dt>this run, so far</dt>
            <dd className="mono">{figure(thisRun.measured, thisRun.unit)}</dd>
          </div>
        )}
        {verdict && (
          <div className="pair">
            <dt>expected</dt>
            <dd className="mono">{expectedText(verdict)}</dd>
          </div>
        )}
        {verdict && (
          <div className="pair" title={verdict.control.what}>
            <dt>run the wrong way</dt>
            <dd className="mono">
              {figure(verdict.control.measured, verdict.unit)}
              {verdict.failed_as_it_should ? ', fails as it should' : ', does not fail'}
            </dd>
          </div>
        )}
      </dl>
      {needed !== undefined && <p className="small">To be measured here it needs the file {needed}.</p>}
      <p className="quiet small">{source}</p>
    </li>
  )
}

function Row({ label, verdict }: { label: string; verdict: Verdict }) {
  return (
    <div className="pair">
      <dt>{label}</dt>
      <dd className="mono">{figure(verdict.measured, verdict.unit)}</dd>
    </div>
  )
}

const seeds = (n: number): string => (n === 1 ? '1 seed' : `${n.toLocaleString('en')} seeds`)

function figure(value: number | null, unit: string): string {
  return value === null ? 'nothing' : `${Number(value.toPrecision(5))} ${unit}`.trim()
}

function expectedText({ expected, unit, tolerance }: Verdict): string {
  const number = typeof expected === 'number' ? Number(expected.toPrecision(5)) : expected
  const bound = /^±[\d.]+(?:e[+-]?\d+)?/.exec(tolerance)
  return `${number}${bound ? ` ${bound[0]}` : ''} ${unit}`.trim()
}

function useVerified(): readonly Verdict[] {
  const [rows, setRows] = useState<readonly Verdict[]>([])
  useEffect(() => {
    let wanted = true
    verifiedClaims().then(
      (claims) => wanted && setRows(claims),
      () => {}, // without the file the claims stand without a figure
    )
    return () => {
      wanted = false
    }
  }, [])
  return rows
}

function useMeasured() {
  const [share, setShare] = useState<number | null>(null)
  const [result, setResult] = useState<{ name: string; measured: Measured } | null>(null)
  const name = useLab((s) => s.scenario?.name)
  const measure = async (): Promise<void> => {
    const { scenario, facts, toast } = useLab.getState()
    if (!scenario) return
    setShare(0)
    try {
      const measured = await measureClaims(scenario, facts.log, Math.max(1, facts.timeUs), setShare)
      setResult({ name: scenario.name, measured })
    } catch (error) {
      toast('error', sentenceOf(error))
    }
    setShare(null)
  }
  return { share, measure, measured: result?.name === name ? (result?.measured ?? null) : null }
}
