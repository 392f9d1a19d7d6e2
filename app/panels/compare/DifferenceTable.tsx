import { useMemo } from 'react'
import {
  measuresOf,
  pairedDifference,
  touchesMessages,
  type Measure,
  type PairedDifference,
} from '../../../workers/compare/comparison.ts'
import { compared, repeat, stopRepeating } from '../../bridge/compareRuns.ts'
import { LETTERS, letterOf, useCompare, type Repetition, type Side } from '../../state/compare.ts'
import { Button } from '../../ui/Button.tsx'
import { figuresInOrder } from '../chartData.ts'
import { durationText } from '../format.ts'
import { differenceText, figureAt, figureText, titleOf } from './figures.ts'
import { IntervalMark } from './IntervalMark.tsx'

/** Seeds by a press: enough for an interval, few enough to wait for. */
const SEEDS = 20

export interface DifferenceTableProps {
  first: Side
  other: Side
  titles: readonly string[]
}

/** Every figure of the runs on screen, and what repetition over seeds says of its difference. */
export function DifferenceTable({ first, other, titles }: DifferenceTableProps) {
  const sides = useCompare((s) => s.sides)
  const timeUs = useCompare((s) => s.timeUs)
  const repetition = useRepetition(sides)
  const all = useMemo(() => measuresInOrder(sides), [sides])
  // A model shows only some of the figures there are.
  const measures = all.filter(
    (measure) => measure.unit !== 'own' || sides.some((side) => figureAt(side, measure, timeUs) !== null),
  )
  const letter = letterOf(sides, other.id)
  /** Columns that go first where there is no room. */
  const spare = (side: Side): string => (side === first || side === other ? '' : 'spare')
  const paired = useMemo(() => pairs(repetition, all, first.id, other.id), [repetition, all, first.id, other.id])
  return (
    <section className="differences" aria-label="Figures">
      <div className="differences-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="quiet">up to {durationText(timeUs)}</span>
              </th>
              {sides.map((side, i) => (
                <th
                  key={side.id}
                  scope="col"
                  className={`figure side-${LETTERS[i]!.toLowerCase()} ${spare(side)}`}
                  title={titles[i]}
                >
                  <span className="side-letter">{LETTERS[i]}</span>
                </th>
              ))}
              <th scope="col" className="figure">
                {letter} − A
              </th>
              <th scope="col" className="figure interval-head" colSpan={2}>
                <Seeds repetition={repetition} letter={letter} />
              </th>
            </tr>
          </thead>
          <tbody>
            {measures.map((measure) => (
              <tr key={measure.name}>
                <th scope="row">{titleOf(measure)}</th>
                {sides.map((side) => (
                  <td key={side.id} className={`figure mono ${spare(side)}`}>
                    {figureText(figureAt(side, measure, timeUs), measure.unit)}
                  </td>
                ))}
                <td className="figure mono">
                  {differenceText(
                    minus(figureAt(other, measure, timeUs), figureAt(first, measure, timeUs)),
                    measure.unit,
                  )}
                </td>
                <Interval measure={measure} paired={paired?.get(measure.name) ?? null} />
              </tr>
            ))}
          </tbody>
        </table>
        {repetition && sides.some(({ log }) => touchesMessages(log)) && (
          <p className="quiet small">
            What was done to single messages is left out of the repetitions: under another seed they are other messages.
          </p>
        )}
      </div>
    </section>
  )
}

/** Of what moves, the figures that say most first. */
function measuresInOrder(sides: readonly Side[]): readonly Measure[] {
  const scenarios = sides.map(({ scenario }) => scenario)
  const order = scenarios.flatMap(({ space }) => (space === null ? [] : figuresInOrder(space)))
  return measuresOf(scenarios).toSorted((a, b) => order.indexOf(a.title) - order.indexOf(b.title))
}

const minus = (y: number | null, x: number | null): number | null => (x === null || y === null ? null : y - x)

/** Repetitions of exactly the set-ups on screen; null where there are none, or something was done since. */
function useRepetition(sides: readonly Side[]): Repetition | null {
  const repetition = useCompare((s) => s.repetition)
  return repetition !== null && repetition.of === compared(sides) ? repetition : null
}

/** By measure; null where the two are not in it. */
function pairs(
  repetition: Repetition | null,
  measures: readonly Measure[],
  first: number,
  other: number,
): ReadonlyMap<string, PairedDifference> | null {
  if (repetition === null || repetition.rows.length === 0) return null
  const [x, y] = [repetition.sides.indexOf(first), repetition.sides.indexOf(other)]
  if (x < 0 || y < 0) return null
  const column = (side: number, name: string): (number | null)[] =>
    repetition.rows.map((runs) => runs[side]!.figures[name] ?? null)
  return new Map(measures.map(({ name }) => [name, pairedDifference(column(x, name), column(y, name))]))
}

/** How many seeds the intervals are over, and the way to more. */
function Seeds({ repetition, letter }: { repetition: Repetition | null; letter: string }) {
  const stale = useCompare((s) => s.repetition !== null) && repetition === null
  const k = repetition?.rows.length ?? 0
  if (repetition?.running)
    return (
      <span className="seeds" role="status">
        {letter} − A after <span className="mono">{durationText(repetition.untilUs)}</span> over
        <span className="mono">{k}</span> of <span className="mono">{repetition.wanted}</span> seeds
        <Button small look="quiet" onClick={stopRepeating}>
          Stop
        </Button>
      </span>
    )
  if (repetition && k > 0)
    return (
      <span
        className="seeds"
        title={`Whole runs of ${durationText(repetition.untilUs)}; 95 % interval of the paired mean`}
      >
        {letter} − A after <span className="mono">{durationText(repetition.untilUs)}</span> over
        <span className="mono">{k}</span> seeds, 95 %
        <Button small look="quiet" onClick={() => void repeat(SEEDS)}>
          {SEEDS} more
        </Button>
      </span>
    )
  return (
    <span className="seeds">
      {repetition?.problem && <span className="quiet">{repetition.problem}</span>}
      <Button
        small
        title="Runs all set-ups to their end under the same seeds: is the difference more than chance?"
        onClick={() => void repeat(SEEDS)}
      >
        {stale ? `Repeat again over ${SEEDS} seeds` : `Repeat over ${SEEDS} seeds`}
      </Button>
    </span>
  )
}

function Interval({ measure, paired }: { measure: Measure; paired: PairedDifference | null }) {
  if (paired === null || paired.k === 0)
    return (
      <td colSpan={2} className="figure quiet">
        {paired && '–'}
      </td>
    )
  const { unit } = measure
  const { mean, half, excludesZero, k } = paired
  const verdict = k < 2 ? '' : mean === 0 && half === 0 ? 'the same' : excludesZero ? 'differs' : 'may be chance'
  return (
    <>
      <td className={`figure mono ${excludesZero ? 'sure' : ''}`}>
        {differenceText(mean, unit)}
        {k > 1 && <span className="quiet"> ± {figureText(half, unit)}</span>}
      </td>
      <td className="interval">
        {k > 1 && <IntervalMark mean={mean} half={half} sure={excludesZero} title={titleOf(measure)} />}
        <span className={excludesZero ? 'verdict sure' : 'verdict quiet'}>{verdict}</span>
      </td>
    </>
  )
}
