import { useState } from 'react'
import { sweepFile, useSweep } from '../../bridge/sweep.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { countText } from '../format.ts'
import { facetsOf, FACETS_MAX, mainMeasures, measuresShown, valueTextOf } from './facets.ts'
import { labelOf, measureName, measureText } from './sweepForm.ts'
import { SweepChart } from './SweepChart.tsx'
import { useChoices } from './useChoices.ts'
import { SweepTable } from './SweepTable.tsx'

/** What came out: small charts of means, and the rows behind them. */
export function SweepResults() {
  const plan = useSweep((s) => s.plan)!
  const means = useSweep((s) => s.means)!
  useSweep((s) => s.done) // the means are mutated in place: this says when
  const choices = useChoices(plan.spec.scenario)
  const [wanted, setMeasure] = useState(() => mainMeasures(plan)[0]!)
  const [selected, setSelected] = useState<number | null>(null)
  const text = valueTextOf(choices)
  const label = (path: string): string => labelOf(choices, path)
  const shown = measuresShown(plan, means)
  const measure = shown.includes(wanted) ? wanted : (shown[0] ?? means.measures[0]!)
  const facets = facetsOf(plan, means, measure, text, label)
  const { axes } = plan.spec
  const first = axes[0]
  const hidden = first === undefined ? 0 : plan.points / first.values.length - FACETS_MAX
  return (
    <>
      <section className="group" aria-label="Results">
        {axes.length !== 1 && (
          <label className="parameter">
            <span className="quiet">Measure</span>
            <Select
              label="Measure"
              value={measure}
              options={shown.map((value) => ({ value, label: measureName(value) }))}
              onChange={setMeasure}
            />
          </label>
        )}
        {first !== undefined && (
          <p className="quiet small">
            Over {label(first.path)}
            {axes.length > 1 &&
              `, one chart for each value of ${axes
                .slice(1)
                .map((a) => label(a.path))
                .join(' and ')}`}
            ; mean over the seeds and its 95&nbsp;% confidence interval. A point shows its runs.
            {hidden > 0 && ` The first ${FACETS_MAX} charts; ${countText(hidden)} more are in the table and the files.`}
          </p>
        )}
        <div className="sweep-charts">
          {facets.map((facet) => (
            <SweepChart
              key={`${facet.measure}/${facet.title}`}
              facet={facet}
              selected={selected}
              onSelect={(point) => setSelected((now) => (now === point ? null : point))}
            />
          ))}
        </div>
        {first === undefined && <Means measures={shown} />}
      </section>
      <SweepTable
        {...{ measure, selected, text, onAll: () => setSelected(null), onMeasure: setMeasure, measures: shown }}
      />
      <div className="sweep-actions">
        <Button onClick={() => void sweepFile('csv')}>Save as CSV</Button>
        <Button onClick={() => void sweepFile('parquet')}>Save as Parquet</Button>
      </div>
    </>
  )
}

/** Seeds alone have no axis to be drawn over. */
function Means({ measures }: { measures: readonly string[] }) {
  const means = useSweep((s) => s.means)!
  return (
    <dl>
      {measures.map((name) => {
        const { n, mean, half } = means.at(0, name)
        return (
          <div className="pair" key={name}>
            <dt>{measureName(name)}</dt>
            <dd className="mono">
              {measureText(name, mean)}
              {n > 1 && ` ± ${measureText(name, half)}`}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
