import { jumpTo } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import type { CheckStatus, SeriesBucket } from '../../workers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { countText, durationText } from './format.ts'
import ClaimList from './ClaimList.tsx'
import { gaugeOf, isLatency } from './gauge.ts'
import { usePresets } from './Gallery.tsx'

export default function ChecksPanel() {
  const checks = useLab((s) => s.facts.checks)
  const name = useLab((s) => s.scenario?.name)
  const claims = usePresets().find((p) => p.scenario.name === name)?.info.claims ?? []
  return (
    <div className="panel-body">
      <section className="group group-first">
        <div className="group-head">
          <h3>Safety</h3>
          {checks.length > 0 && <span className="quiet small">always on</span>}
        </div>
        {checks.length === 0 && <p className="quiet">This scenario has no safety conditions to watch.</p>}
        <ul className="checks">
          {checks.map((c) => (
            <Check key={c.name} check={c} />
          ))}
        </ul>
      </section>
      {claims.length > 0 && (
        <section className="group">
          <h3>Claims</h3>
          <ClaimList />
        </section>
      )}
      <Measured />
    </div>
  )
}

function Check({ check }: { check: CheckStatus }) {
  const { violation } = check
  return (
    <li className={check.ok ? 'check' : 'check check-bad'}>
      <span className="check-mark">
        <Icon name={check.ok ? 'checks' : 'close'} size={15} />
        <span className="hidden-visually">{check.ok ? 'holds:' : 'broken:'}</span>
      </span>
      <span className="row-main">{check.title}</span>
      <span className="mono quiet" title="times examined">
        {countText(check.checked)}
      </span>
      {violation && (
        <div className="violation">
          <p>{violation.sentence}</p>
          <Button small onClick={() => void jumpTo(violation.key)}>
            Show it, at {durationText(violation.key.time)}
          </Button>
        </div>
      )}
    </li>
  )
}

/** Mean of each gauge over the run so far: what this one seed measured. */
export function gaugeMeans(series: readonly SeriesBucket[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, [number, number]>()
  for (const { gauges } of series)
    for (const [name, value] of Object.entries(gauges)) {
      const sum = sums.get(name) ?? [0, 0]
      sums.set(name, [sum[0] + value, sum[1] + 1])
    }
  return [...sums].map(([name, [sum, n]]) => [name, sum / n] as const).sort((a, b) => (a[0] < b[0] ? -1 : 1))
}

function Measured() {
  const latency = useLab((s) => s.facts.latency)
  const gauges = gaugeMeans(useLab((s) => s.series))
  if (!latency && gauges.length === 0) return null
  return (
    <section className="group">
      <h3>Measured in this run, virtual time</h3>
      <dl>
        {gauges.map(([name, value]) => (
          <div className="pair" key={name}>
            <dt>{isLatency(name) ? name : gaugeOf(name).label}, mean</dt>
            <dd className="mono">{gaugeOf(name).text(value)}</dd>
          </div>
        ))}
        {latency && (
          <>
            <div className="pair">
              <dt>message latency, median</dt>
              <dd className="mono">{durationText(latency.p50Us)}</dd>
            </div>
            <div className="pair">
              <dt>message latency, 99 %</dt>
              <dd className="mono">{durationText(latency.p99Us)}</dd>
            </div>
            <div className="pair">
              <dt>queue · link · inbox</dt>
              <dd className="mono">
                {durationText(latency.queueUs)} · {durationText(latency.linkUs)} · {durationText(latency.inboxUs)}
              </dd>
            </div>
          </>
        )}
      </dl>
    </section>
  )
}
