import './findings.css'
import { useEffect, useMemo, useState } from 'react'
import { jumpTo } from '../../bridge/compare.ts'
import { search, stopSearch } from '../../bridge/compareRuns.ts'
import { letterOf, otherSide, useCompare, type Search, type Side } from '../../state/compare.ts'
import { Button } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { lineOf } from '../logLines.ts'
import { durationText } from '../format.ts'
import { DifferenceTable } from './DifferenceTable.tsx'
import { OverlaidChart } from './OverlaidChart.tsx'
import { partingWords } from './partingWords.ts'

/** How long nothing may change before the search begins, wall ms. */
const QUIET_MS = 500

/** Where two of the set-ups part, one measure of all over time, and every figure with its difference. */
export function Findings({ titles }: { titles: readonly string[] }) {
  const sides = useCompare((s) => s.sides)
  const other = useCompare(otherSide)
  if (!sides[0] || !other) return null
  return (
    <div className="findings">
      <div className="findings-words">
        {sides.length > 2 && (
          <Choices
            label="Compared with A"
            value={`${other.id}`}
            options={sides.slice(1).map((side) => ({
              value: `${side.id}`,
              label: `A and ${letterOf(sides, side.id)}`,
            }))}
            onChange={(id) => useCompare.setState({ other: Number(id) })}
          />
        )}
        <FirstDifference first={sides[0]} other={other} />
        <OverlaidChart />
      </div>
      <DifferenceTable first={sides[0]} other={other} titles={titles} />
    </div>
  )
}

/** The first event and the first fact in which two set-ups differ; a press goes there. */
function FirstDifference({ first, other }: { first: Side; other: Side }) {
  const found = useCompare((s) => s.search)
  useEffect(() => {
    const timer = setTimeout(() => void search(), QUIET_MS)
    return () => clearTimeout(timer)
  }, [first.scenario, first.log, other.scenario, other.log, first.opened, other.opened])
  return (
    <section className="parting" aria-label="First difference">
      <h3>First difference</h3>
      <Parting search={found} first={first} other={other} />
    </section>
  )
}

function Parting({ search: now, first, other }: { search: Search | null; first: Side; other: Side }) {
  const letter = useCompare((s) => letterOf(s.sides, other.id))
  const [stopped, setStopped] = useState(false)
  const words = useMemo(
    () => now?.found && partingWords(now.found, ['A', letter], [first.names, other.names], lineOf),
    [now, letter, first.names, other.names],
  )
  if (stopped) return <Button onClick={() => void (setStopped(false), search())}>Look for it</Button>
  if (now?.problem) return <p className="problem">{now.problem}</p>
  if (!now || !words)
    return (
      <p className="quiet parting-looking" role="status">
        Looking for it{now && now.reachedUs > 0 ? `: the same up to ${durationText(now.reachedUs)}` : ''}
        {now && (
          <Button small look="quiet" onClick={() => void (stopSearch(), setStopped(true))}>
            Stop
          </Button>
        )}
      </p>
    )
  return (
    <>
      <p className="parting-line">
        {words.event}
        {words.eventUs !== null && words.eventUs > 0 && (
          <Button small className="parting-go" onClick={() => void jumpTo(words.eventUs!, words.eventAgent)}>
            Go to {durationText(words.eventUs)}
          </Button>
        )}
      </p>
      {words.fact && (
        <p className="parting-line quiet">
          {words.fact}
          {words.factUs !== null && (
            <Button small className="parting-go" onClick={() => void jumpTo(words.factUs!, words.factAgent)}>
              Go to {durationText(words.factUs)}
            </Button>
          )}
        </p>
      )}
    </>
  )
}
