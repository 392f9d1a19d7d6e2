import { useState } from 'react'
import { runProbe, type Bucket, type ChannelTimes } from '../../workers/probe/probe.ts'
import { sentenceOf } from '../bridge/engine.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { countText, durationText, significant } from './format.ts'
import { Pair } from './Inspector.tsx'

/** What a message may take, one way: the budget that the swarm was asked to keep. */
const BUDGET_US = 100
/** And a task, from its submission until a worker begins it. */
const ASSIGNMENT_BUDGET_US = 10_000

/** The channel the workers really use, measured here and now; wall-clock time, unlike everything else on the page. */
export default function ChannelPanel() {
  const [result, setResult] = useState<ChannelTimes | null>(null)
  const [measuring, setMeasuring] = useState(false)
  const measure = async (): Promise<void> => {
    const { setPlaying, playing, toast } = useLab.getState()
    setMeasuring(true)
    setPlaying(false) // the run's own workers would compete for the same cores
    try {
      setResult(await runProbe())
    } catch (error) {
      toast('error', sentenceOf(error))
    }
    setMeasuring(false)
    setPlaying(playing)
  }
  return (
    <div className="panel-body">
      <p className="quiet small">
        Two workers of their own send messages through a pair of rings in shared memory, the kind that the swarm’s
        workers talk through; then a distributor hands tasks to workers through another. Times are this machine’s, not
        the swarm’s.
      </p>
      <Button look="primary" className="wide" disabled={measuring} onClick={() => void measure()}>
        {measuring ? 'Measuring, about two seconds' : result ? 'Measure again' : 'Measure'}
      </Button>
      {result && <Measured result={result} />}
    </div>
  )
}

function Measured({ result }: { result: ChannelTimes }) {
  const oneWayUs = result.p99Us / 2
  const { assignment } = result
  return (
    <>
      <p className="big-number">
        <span className="mono">{countText(result.messagesPerSecond)}</span>
        <span className="quiet"> messages a second, {result.messageBytes} bytes each</span>
      </p>
      <p className={oneWayUs < BUDGET_US ? 'budget budget-kept' : 'budget'}>
        One way, 99 of 100 take at most <span className="mono">{durationText(oneWayUs)}</span>; the budget is{' '}
        <span className="mono">{durationText(BUDGET_US)}</span>.
      </p>
      <p className={assignment.p99Us < ASSIGNMENT_BUDGET_US ? 'budget budget-kept' : 'budget'}>
        From a task’s submission to its start at one of {assignment.workers} workers, 99 of 100 take at most{' '}
        <span className="mono">{durationText(assignment.p99Us)}</span>; the budget is{' '}
        <span className="mono">{durationText(ASSIGNMENT_BUDGET_US)}</span>.
      </p>
      <Histogram
        histogram={result.histogram}
        overUs={2 * BUDGET_US}
        title={result.mode === 'spin' ? 'Round trip, short spin first' : 'Round trip'}
      />
      <Histogram histogram={assignment.histogram} overUs={ASSIGNMENT_BUDGET_US} title="Assignment of a task" />
      <dl>
        <Pair name="round trip, median" value={durationUs(result.p50Us)} />
        <Pair name="round trip, 99 %" value={durationUs(result.p99Us)} />
        {result.mode === 'spin' && (
          <Pair name="by waiting alone, median" value={durationUs(result.waitingAlone.p50Us)} />
        )}
        <Pair name="round trips" value={countText(result.trips)} />
        <Pair name="assignment, median" value={durationUs(assignment.p50Us)} />
        <Pair name="assignment, 99 %" value={durationUs(assignment.p99Us)} />
        <Pair name="tasks assigned" value={countText(assignment.tasks)} />
        <Pair name="the clock’s step here" value={durationUs(result.clockResolutionUs)} />
      </dl>
      {result.batch > 1 && (
        <p className="quiet small">
          Each bar counts means of {result.batch} trips: one alone is shorter than the clock can tell.
        </p>
      )}
    </>
  )
}

/** Below a microsecond two digits still matter. */
const durationUs = (us: number): string => (us < 100 ? `${significant(us)} µs` : durationText(us))

interface HistogramProps {
  histogram: readonly Bucket[]
  /** Bars from here on are beyond the budget. */
  overUs: number
  title: string
}

function Histogram({ histogram, overUs, title }: HistogramProps) {
  const most = Math.max(1, ...histogram.map((b) => b.count))
  const words = histogram.map((b) => `${b.count} from ${significant(b.fromUs)} to ${significant(b.toUs)} µs`).join(', ')
  return (
    <figure className="histogram">
      <figcaption className="quiet small">{title}, µs</figcaption>
      <div className="histogram-bars" role="img" aria-label={`Histogram: ${words}`}>
        {histogram.map((b) => (
          <div key={b.fromUs} className="histogram-bar" title={`${countText(b.count)}`}>
            <span
              className={b.fromUs >= overUs ? 'over-budget' : undefined}
              style={{ height: `${Math.max(b.count > 0 ? 2 : 0, (100 * b.count) / most)}%` }}
            />
            <em className="mono">{significant(b.fromUs)}</em>
          </div>
        ))}
      </div>
    </figure>
  )
}
