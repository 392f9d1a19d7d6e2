import { durationText } from '../format.ts'
import type { CountLine } from './countLines.ts'

export interface LineChartProps {
  readonly title: string
  /** Beside the title: the figure now. */
  readonly words: string
  /** µs, ascending; one for each value of each line. */
  readonly atUs: readonly number[]
  readonly lines: readonly CountLine[]
  readonly text: (value: number) => string
  /** The right edge; and times at which a person changed how things are done, as thin lines. */
  readonly untilUs: number
  readonly changesUs: readonly number[]
  /** Only this last stretch is looked at; null: all. */
  readonly lateUs: number | null
}

/** Of the drawing, which is stretched to the width of the panel. */
const WIDTH = 300
const HEIGHT = 52
/** Room for the line itself along the edges. */
const ROOM = 2
/** Told apart without their colours as well. */
const DASHES = [undefined, '5 3', '1.5 2.5', '7 2 1.5 2']
const COLOURS = ['--chart-1', '--chart-2', '--leader', '--byzantine']

const style = (k: number): { stroke: string; strokeDasharray: string | undefined } => ({
  stroke: `var(${COLOURS[k % COLOURS.length]})`,
  strokeDasharray: DASHES[k % DASHES.length],
})

/** A few figures over time, small. */
export function LineChart({ title, words, atUs, lines, text, untilUs, changesUs, lateUs }: LineChartProps) {
  const most = lines.reduce((m, { values }) => values.reduce((n, v) => Math.max(n, v || 0), m), 0)
  const x = (us: number): number => (WIDTH * us) / Math.max(1, untilUs)
  const y = (value: number): number => HEIGHT - ROOM - ((HEIGHT - 2 * ROOM) * value) / (most || 1)
  const late = lateUs === null ? 0 : x(Math.max(0, untilUs - lateUs))
  return (
    <figure className="task-histogram">
      <figcaption>
        <span>{title}</span>
        <span className="mono quiet">{words}</span>
      </figcaption>
      <svg
        className="count-lines"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${lines.map((line) => spoken(line, lines.length > 1, text)).join('; ')}`}
      >
        {late > 0 && <rect className="count-late" x={late} width={WIDTH - late} height={HEIGHT} />}
        {changesUs.map((us) => (
          <path key={us} className="count-change" d={`M${x(us)} 0V${HEIGHT}`} />
        ))}
        {lines.map(({ label, values }, k) => (
          <path key={label} className="count-line" style={style(k)} d={pathOf(values, (i) => x(atUs[i]!), y)} />
        ))}
      </svg>
      <p className="count-axis mono quiet" aria-hidden="true">
        <span>0</span>
        <span>most {text(most)}</span>
        <span>{durationText(untilUs)}</span>
      </p>
      {lines.length > 1 && (
        <p className="count-keys">
          {lines.map(({ label, values }, k) => (
            <span key={label}>
              <svg width="16" height="6" aria-hidden="true">
                <path className="count-line" style={style(k)} d="M0 3H16" />
              </svg>
              {label} <span className="mono quiet">{text(values.findLast((v) => !Number.isNaN(v)) ?? 0)}</span>
            </span>
          ))}
        </p>
      )}
    </figure>
  )
}

/** Gaps where nothing is known. */
function pathOf(values: readonly number[], x: (k: number) => number, y: (value: number) => number): string {
  let on = false
  let path = ''
  values.forEach((value, k) => {
    const known = !Number.isNaN(value)
    // A point with nothing beside it would not be seen.
    if (known) path += `${on ? 'L' : 'M'}${x(k).toFixed(1)} ${y(value).toFixed(1)}${on ? '' : 'h.1'}`
    on = known
  })
  return path
}

function spoken({ label, values }: CountLine, named: boolean, text: (value: number) => string): string {
  const known = values.filter((v) => !Number.isNaN(v))
  if (known.length === 0) return 'nothing yet'
  const [first, last] = [known[0]!, known.at(-1)!]
  return `${named ? `${label} ` : ''}${text(first)} at first, at most ${text(Math.max(...known))}, ${text(last)} now`
}
