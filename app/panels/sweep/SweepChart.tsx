import { measureText } from './sweepForm.ts'
import { pointText, type ChartPoint, type Facet, type Place } from './facets.ts'

const [WIDTH, HEIGHT] = [236, 128]
const PAD = { left: 46, right: 10, top: 8, bottom: 22 }
/** Steps between labels below the axis, at most. */
const LABEL_STEPS_MAX = 3
/** A letter of a label is about so wide. */
const LETTER = 6

export interface SweepChartProps {
  readonly facet: Facet
  readonly selected: number | null
  onSelect(point: number): void
}

/** Mean over the seeds with its 95 % band, one point a value; a point opens its runs. */
export function SweepChart({ facet, selected, onSelect }: SweepChartProps) {
  const { points, places, measure, title, isNumeric, ticks } = facet
  const { x, y } = scales(facet)
  const labels = labelled(places, x)
  return (
    <figure className="sweep-chart">
      <figcaption className="sweep-chart-title" title={title}>
        {title}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={`${title}: mean and 95 % confidence band`}>
        {ticks.map((tick) => (
          <g key={tick} aria-hidden="true">
            <line className="sweep-grid" x1={PAD.left} x2={WIDTH - PAD.right} y1={y(tick)} y2={y(tick)} />
            <text className="sweep-tick" x={PAD.left - 6} y={y(tick) + 3} textAnchor="end">
              {measureText(measure, tick)}
            </text>
          </g>
        ))}
        {labels.map((p, i) => (
          <text
            key={p.label}
            aria-hidden="true"
            className="sweep-tick"
            x={x(p)}
            y={HEIGHT - 6}
            textAnchor={anchorOf(i, labels.length)}
          >
            {shortened(p.label)}
          </text>
        ))}
        {isNumeric ? (
          <>
            <polygon className="sweep-band" points={bandOf(points, x, y)} />
            <polyline className="sweep-line" points={points.map((p) => `${x(p)},${y(p.mean)}`).join(' ')} />
          </>
        ) : (
          points.map((p) => (
            <line
              key={p.point}
              className="sweep-whisker"
              x1={x(p)}
              x2={x(p)}
              y1={y(p.mean - p.half)}
              y2={y(p.mean + p.half)}
            />
          ))
        )}
        {points.map((p) => (
          <Dot
            key={p.point}
            {...{ x: x(p), y: y(p.mean), broken: p.broken > 0, selected: selected === p.point }}
            label={pointText(facet, p)}
            onSelect={() => onSelect(p.point)}
          />
        ))}
      </svg>
    </figure>
  )
}

interface DotProps {
  readonly x: number
  readonly y: number
  readonly label: string
  readonly broken: boolean
  readonly selected: boolean
  onSelect(): void
}

function Dot({ x, y, label, broken, selected, onSelect }: DotProps) {
  return (
    <g
      className={['sweep-dot', broken && 'sweep-broken', selected && 'sweep-selected'].filter(Boolean).join(' ')}
      role="button"
      tabIndex={0}
      aria-label={label}
      aria-pressed={selected}
      transform={`translate(${x} ${y})`}
      onClick={onSelect}
      onKeyDown={(e) => {
        if (e.key !== 'Enter' && e.key !== ' ') return
        e.preventDefault()
        onSelect()
      }}
    >
      <title>{label}</title>
      <circle className="sweep-hit" r={11} />
      {broken ? <path d="M-4 -4 4 4M4 -4-4 4" /> : <circle r={3.2} />}
    </g>
  )
}

type Scale<T> = (value: T) => number

function scales({ places, ticks }: Facet): { x: Scale<Place>; y: Scale<number> } {
  const xs = places.map(({ x }) => x)
  const [from, to] = [Math.min(...xs), Math.max(...xs)]
  const [lo, hi] = [ticks[0]!, ticks.at(-1)!]
  const width = WIDTH - PAD.left - PAD.right - 12
  const height = HEIGHT - PAD.top - PAD.bottom
  return {
    x: (p) => PAD.left + 6 + (to > from ? ((p.x - from) / (to - from)) * width : width / 2),
    y: (value) => PAD.top + (1 - Math.max(0, (value - lo) / (hi - lo))) * height,
  }
}

const bandOf = (points: readonly ChartPoint[], x: Scale<ChartPoint>, y: Scale<number>): string =>
  [
    ...points.map((p) => `${x(p)},${y(p.mean + p.half)}`),
    ...points.toReversed().map((p) => `${x(p)},${y(p.mean - p.half)}`),
  ].join(' ')

const shortened = (label: string): string => (label.length > 11 ? `${label.slice(0, 10)}…` : label)

/** Every so many of the places, as far as labels have room: numbers stand where they lie, and may lie close. */
function labelled(places: readonly Place[], x: Scale<Place>): readonly Place[] {
  const every = Math.max(1, Math.ceil((places.length - 1) / LABEL_STEPS_MAX))
  const chosen: Place[] = []
  for (const place of places.filter((_, i) => i % every === 0)) {
    const before = chosen.at(-1)
    const room = before === undefined ? 0 : x(place) - x(before)
    const needed = before === undefined ? 0 : (LETTER * (shortened(before.label) + shortened(place.label)).length) / 1.5
    if (room >= needed) chosen.push(place)
  }
  return chosen
}

/** The first and the last label stay inside the chart. */
function anchorOf(i: number, many: number): 'start' | 'middle' | 'end' {
  if (many === 1 || (i > 0 && i < many - 1)) return 'middle'
  return i === 0 ? 'start' : 'end'
}
