import { useEffect, useRef, useState } from 'react'
import { compareTime, endUs, onTime } from '../../bridge/compare.ts'
import { LETTERS, useCompare, type Side } from '../../state/compare.ts'
import { Select } from '../../ui/Select.tsx'
import { chartsOf, type Chart } from '../chartData.ts'
import { significant } from '../format.ts'

const HEIGHT = 84
/** Measures that can be chosen: more than any program has. */
const CHARTS_MAX = 16
/** Beyond this many points a line is no finer on the screen. */
const POINTS_MAX = 400

/** One measure of all set-ups over the whole run, laid over each other. */
export function OverlaidChart() {
  const sides = useCompare((s) => s.sides)
  const untilUs = useCompare(() => endUs())
  const charts = sides.map(chartsFor)
  const [chosen, setChosen] = useState('')
  const kinds = [...new Map(charts.flat().map((chart) => [chart.id, chart.label])).entries()]
  // Of what moves the first says most; messages are the last.
  const usual = kinds.at(sides.some(({ scenario }) => scenario.space !== null) ? 0 : -1)
  const id = kinds.some(([known]) => known === chosen) ? chosen : (usual?.[0] ?? '')
  const shown = charts.map((list) => list.find((chart) => chart.id === id) ?? null)
  const most = Math.max(1e-9, ...shown.flatMap((chart) => chart?.y.map((y) => y ?? 0) ?? []))
  return (
    <section className="overlaid" aria-label="Over time">
      <div className="overlaid-head">
        <Select
          label="Measure over time"
          value={id}
          options={kinds.map(([value, label]) => ({ value, label }))}
          onChange={setChosen}
        />
        <span className="quiet small">
          up to <span className="mono">{significant(most)}</span>
        </span>
      </div>
      <Lines charts={shown} untilUs={untilUs} most={most} />
    </section>
  )
}

const made = new WeakMap<object, readonly Chart[]>()
/** Made once for each list of buckets: there is a new one whenever there is more to draw. */
function chartsFor({ series, facts, scenario }: Side): readonly Chart[] {
  const charts = made.get(series) ?? chartsOf(series, facts?.frontierUs ?? 0, CHARTS_MAX, scenario.space)
  made.set(series, charts)
  return charts
}

function Lines({ charts, untilUs, most }: { charts: readonly (Chart | null)[]; untilUs: number; most: number }) {
  const head = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const place = (timeUs: number): void => {
      if (head.current) head.current.style.left = `${(100 * timeUs) / untilUs}%`
    }
    place(compareTime())
    return onTime(place)
  }, [untilUs])
  return (
    <div className="overlaid-lines" aria-hidden="true">
      <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none">
        {charts.map(
          (chart, i) =>
            chart && <path key={i} className={`line-${LETTERS[i]!.toLowerCase()}`} d={pathOf(chart, untilUs, most)} />,
        )}
      </svg>
      <span ref={head} className="overlaid-head-line" />
    </div>
  )
}

function pathOf({ x, y }: Chart, untilUs: number, most: number): string {
  const every = Math.max(1, Math.ceil(x.length / POINTS_MAX))
  let pen = 'M'
  let path = ''
  for (let i = 0; i < x.length; i += every) {
    const value = y[i]
    if (value === null || value === undefined) {
      pen = 'M'
      continue
    }
    path += `${pen}${((1_000 * x[i]!) / untilUs).toFixed(1)} ${((HEIGHT - 3) * (1 - value / most) + 1.5).toFixed(1)}`
    pen = 'L'
  }
  return path
}
