const WIDTH = 104
const HEIGHT = 14
/** Room at both ends, so that the widest interval still has caps. */
const EDGE = 4

/** An interval round a mean against zero in the middle, each row on a scale of its own. Said in words beside it. */
export function IntervalMark({
  mean,
  half,
  sure,
  title,
}: {
  mean: number
  half: number
  sure: boolean
  title: string
}) {
  const reach = Math.max(Math.abs(mean) + half, Number.MIN_VALUE)
  const x = (value: number): number => WIDTH / 2 + (value / reach) * (WIDTH / 2 - EDGE)
  const middle = HEIGHT / 2
  return (
    <svg
      className={sure ? 'interval-mark sure' : 'interval-mark'}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-label={`${title}: interval against zero`}
      role="img"
    >
      <line x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} className="interval-zero" />
      <line x1={x(mean - half)} x2={x(mean + half)} y1={middle} y2={middle} className="interval-line" />
      <circle cx={x(mean)} cy={middle} r={3} className="interval-mean" />
    </svg>
  )
}
