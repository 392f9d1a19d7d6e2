import { countText, durationText } from '../format.ts'
import type { Bucket, Spread } from './taskFigures.ts'

/** How durations are spread (of one at least), with where half, 95 and 99 of a hundred lie. */
export function Histogram({ title, spread }: { title: string; spread: Spread }) {
  const { histogram, meanUs, p50Us, p95Us, p99Us } = spread
  return (
    <Bars
      title={title}
      words={`mean ${durationText(meanUs)}`}
      bars={histogram.map(({ fromUs, toUs, count: of }: Bucket) => ({
        label: durationText(fromUs).replace(/ .*/, ''),
        tip: `${countText(of)} from ${durationText(fromUs)} to ${durationText(toUs)}`,
        count: of,
      }))}
      marks={[`half ${durationText(p50Us)}`, `95 % ${durationText(p95Us)}`, `99 % ${durationText(p99Us)}`]}
    />
  )
}

interface BarsProps {
  title: string
  words: string
  bars: readonly { readonly label: string; readonly tip: string; readonly count: number }[]
  marks: readonly string[]
}

export function Bars({ title, words, bars, marks }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <figure className="task-histogram">
      <figcaption>
        <span>{title}</span>
        <span className="mono quiet">{words}</span>
      </figcaption>
      <div
        className="task-bars"
        role="img"
        aria-label={`${title}: ${bars.map(({ tip }) => tip).join(', ') || 'none yet'}`}
      >
        {bars.map(({ label, tip, count }, k) => (
          <div key={k} className="task-bar" title={tip}>
            <span style={{ height: `${count === 0 ? 0 : Math.max(3, (100 * count) / most)}%` }} />
            <em className="mono">{label}</em>
          </div>
        ))}
      </div>
      {marks.length > 0 && (
        <p className="task-marks mono quiet">
          {marks.map((mark) => (
            <span key={mark}>{mark}</span>
          ))}
        </p>
      )}
    </figure>
  )
}
