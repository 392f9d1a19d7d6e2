import 'uplot/dist/uPlot.min.css'
import { useEffect, useMemo, useRef } from 'react'
import uPlot from 'uplot'
import { useLab } from '../state/lab.ts'
import { useMedia } from '../bridge/media.ts'
import { chartsOf, type Chart } from './chartData.ts'
import { SMALL } from './insets.ts'
import type { View } from './timelineGeometry.ts'

/** All charts together, px. */
const HEIGHT = 92
/** Room for the label above the curve. */
const HEADROOM = 1.5
/** And below a line that lies at 0. */
const FOOTROOM = 0.05

/** Small charts under the events, each exactly as wide as the timeline, so that one time is one column. */
export default function Charts({ view, width }: { view: View; width: number }) {
  const series = useLab((s) => s.series)
  const small = useMedia(SMALL)
  const frontierUs = useLab((s) => s.facts.frontierUs)
  const space = useLab((s) => s.scenario?.space ?? null)
  const charts = useMemo(() => chartsOf(series, frontierUs, small ? 1 : 2, space), [series, frontierUs, small, space])
  return (
    <div className="charts" aria-hidden="true">
      {charts.map((chart, i) => (
        <ChartRow
          key={chart.id}
          chart={chart}
          view={view}
          width={width}
          height={HEIGHT / charts.length}
          colour={i === 0 ? '--chart-1' : '--chart-2'}
        />
      ))}
    </div>
  )
}

interface ChartRowProps {
  chart: Chart
  view: View
  width: number
  height: number
  colour: '--chart-1' | '--chart-2'
}

function ChartRow({ chart, view, width, height, colour }: ChartRowProps) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const light = useMedia('(prefers-color-scheme: light)')
  const theme = useLab((s) => s.theme)
  useEffect(() => {
    if (!box.current) return
    // Canvas knows no custom properties: a probe element resolves the colour of the theme.
    box.current.style.color = `var(${colour})`
    const stroke = getComputedStyle(box.current).color
    const made = new uPlot(optionsOf(width, height, stroke, chart.fill), [[], []], box.current)
    plot.current = made
    return () => {
      made.destroy()
      plot.current = null
    }
  }, [width, height, colour, chart.fill, light, theme])
  useEffect(() => {
    const now = plot.current
    if (!now) return
    now.batch(() => {
      now.setData([chart.x as number[], chart.y as number[]], false)
      now.setScale('x', { min: view.fromUs, max: view.toUs })
      const most = chart.y.reduce<number>((m, y) => Math.max(m, y ?? 0), 0)
      const top = chart.top ?? (most > 0 ? most : 1 / HEADROOM)
      // A line along the bottom edge would be cut in half.
      now.setScale('y', { min: chart.fill ? 0 : -FOOTROOM * top, max: top * HEADROOM })
    })
  }, [chart, view.fromUs, view.toUs, width, height, light, theme])
  const last = chart.y.findLast((y) => y !== null)
  return (
    <div className="chart-row">
      <span className="chart-label quiet">
        {chart.label} <span className="mono">{last === undefined || last === null ? '' : chart.text(last)}</span>
      </span>
      <div ref={box} />
    </div>
  )
}

const optionsOf = (width: number, height: number, stroke: string, fill: boolean): uPlot.Options => ({
  width,
  height,
  padding: [0, 0, 0, 0],
  cursor: { show: false },
  legend: { show: false },
  scales: { x: { time: false, auto: false }, y: { auto: false } },
  axes: [{ show: false }, { show: false }],
  series: [
    {},
    {
      stroke,
      width: 1.4,
      points: { show: false },
      ...(fill ? { fill: stroke.replace(/^rgb\((.+)\)$/, 'rgba($1, 0.14)') } : {}),
    },
  ],
})
