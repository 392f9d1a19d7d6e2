import { useMemo } from 'react'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { command } from '../../bridge/actions.ts'
import { useLab } from '../../state/lab.ts'
import { book } from '../../state/tasks.ts'
import { Button } from '../../ui/Button.tsx'
import { countText, durationText, significant } from '../format.ts'
import { scenarioAt } from '../liveParameters.ts'
import { countLines, type CountLine } from './countLines.ts'
import { Histogram } from './Histogram.tsx'
import { LineChart } from './LineChart.tsx'
import type { Health, Spread } from './taskFigures.ts'
import { useMoment } from './useTaskFigures.ts'

/**
 * How long tasks wait and take: a histogram where single tasks are told, lines over time where they are only counted,
 * and a sentence where there is nothing to show.
 */
export function Spreads({ scenario, health, lateUs }: Props) {
  const { start, response } = health
  const { lines, untilUs, changesUs } = useLines()
  const over = { atUs: lines.atUs, untilUs, changesUs, lateUs }
  const onlyCounted = start.count + response.count === 0 && lines.atUs.length > 1
  const spread = (title: string, of: Spread, told: readonly CountLine[], none: string) => {
    if (of.count > 0) return <Histogram title={title} spread={of} />
    if (!hasPoints(told)) return <p className="quiet small">{none}</p>
    const words = Number.isNaN(of.meanUs) ? '' : `mean ${durationText(of.meanUs)}`
    return <LineChart {...over} title={title} words={words} lines={told} text={durationText} />
  }
  return (
    <>
      {onlyCounted && (
        <>
          <OnlyCounted scenario={scenario} />
          <LineChart
            {...over}
            title="Done a second"
            words={`mean ${significant(health.perSecond)}`}
            lines={[lines.done]}
            text={(rate) => (rate < 1_000 ? significant(rate) : countText(rate))}
          />
          <LineChart {...over} title="Under way" words="" lines={[lines.outstanding, lines.waiting]} text={countText} />
        </>
      )}
      {spread('Waiting, until the start', start, lines.waited, NO_START)}
      {spread('Response, until it is done', response, lines.took, NO_END)}
    </>
  )
}

interface Props {
  readonly scenario: Scenario
  readonly health: Health
  /** Only the last stretch is looked at; null: all. */
  readonly lateUs: number | null
}

const NO_START = 'How long tasks wait until the start will stand here: none has begun in this time.'
const NO_END = 'How long it takes until they are done will stand here: none is done in this time.'

const hasPoints = (lines: readonly CountLine[]): boolean =>
  lines.some(({ values }) => values.filter((v) => !Number.isNaN(v)).length > 1)

/** What the reports up to the time on screen tell, and when something was set by hand or by the schedule. */
function useLines() {
  const moment = useMoment()
  const log = useLab((s) => s.facts.log)
  return useMemo(() => {
    void moment
    const untilUs = useLab.getState().facts.timeUs
    const changesUs = log.filter(({ op, at }) => op === 'set' && at <= untilUs).map(({ at }) => at)
    return { lines: countLines(book.reports, untilUs), untilUs, changesUs: [...new Set(changesUs)] }
  }, [moment, log])
}

/** Why there is no histogram, no list and no Gantt chart; and what brings them. */
function OnlyCounted({ scenario }: { scenario: Scenario }) {
  const log = useLab((s) => s.facts.log)
  const timeUs = useLab((s) => s.facts.timeUs)
  const silent = scenarioAt(scenario, log, timeUs).programs.filter(({ params }) => params['verbose'] === false)
  const tell = async (): Promise<void> => {
    for (const { kind } of silent)
      if (!(await command({ op: 'set', agent: 'all', program: kind, param: 'verbose', value: true }))) return
  }
  return (
    <section className="group" aria-label="Tasks are only counted">
      <p className="quiet small">Tasks are only counted here, and the counts reported now and then.</p>
      {silent.length > 0 && (
        <Button className="wide" onClick={() => void tell()}>
          Tell of every task from now on
        </Button>
      )}
    </section>
  )
}
