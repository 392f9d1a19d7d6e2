import { useMemo } from 'react'
import { columnsOf, type Row } from '../../../workers/sweep/sweepClient.ts'
import { openSweptRun, useSweep } from '../../bridge/sweep.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import { countText } from '../format.ts'
import type { ValueText } from './facets.ts'
import { measureName, measureText } from './sweepForm.ts'

export interface SweepTableProps {
  readonly measure: string
  readonly measures: readonly string[]
  /** A point whose runs are listed alone. */
  readonly selected: number | null
  readonly text: ValueText
  onAll(): void
  onMeasure(measure: string): void
}

/** One row a run; each can be opened on the stage. */
export function SweepTable({ measure, measures, selected, text, onAll, onMeasure }: SweepTableProps) {
  const plan = useSweep((s) => s.plan)!
  const rows = useSweep((s) => s.rows)
  const done = useSweep((s) => s.done)
  const names = useMemo(() => columnsOf(plan.spec).map(({ name }) => name), [plan])
  const { repeat, axes } = plan.spec
  const from = selected === null ? 0 : selected * repeat
  const count = selected === null ? done : Math.max(0, Math.min(done - from, repeat))
  const [seedAt, measureAt, brokenAt] = ['seed', measure, 'violated'].map((name) => names.lastIndexOf(name)) as [
    number,
    number,
    number,
  ]
  const line = (row: Row) => (
    <div key={row[0] as number} className="sweep-row" role="listitem">
      <span className="sweep-row-what">
        {axes.length > 0 &&
          `${plan
            .valuesAt(plan.pointOf(row[0] as number))
            .map((value, i) => text(axes[i]!.path, value))
            .join(' · ')} · `}
        <span className="quiet">seed</span> <span className="mono">{row[seedAt]}</span>
        {row[brokenAt] !== null && <span className="sweep-violated"> broke {row[brokenAt]}</span>}
      </span>
      <span className="mono">{measureText(measure, (row[measureAt] as number | null) ?? NaN)}</span>
      <Button
        small
        aria-label={`Open run ${(row[0] as number) + 1}`}
        onClick={() => void openSweptRun(row[0] as number)}
      >
        Open
      </Button>
    </div>
  )
  return (
    <section className="group" aria-label="Runs">
      <div className="sweep-runs-head">
        <h3>
          {selected === null
            ? `${countText(count)} ${count === 1 ? 'run' : 'runs'}`
            : `${countText(count)} ${count === 1 ? 'run' : 'runs'}: ${plan
                .valuesAt(selected)
                .map((value, i) => text(axes[i]!.path, value))
                .join(' · ')}`}
        </h3>
        {selected !== null && (
          <Button small onClick={onAll}>
            All runs
          </Button>
        )}
        {axes.length === 1 && (
          <Select
            label="Measure in the list"
            value={measure}
            options={measures.map((value) => ({ value, label: measureName(value) }))}
            onChange={onMeasure}
          />
        )}
      </div>
      <VirtualList
        label="Runs"
        className="sweep-rows"
        count={count}
        rowHeight={34}
        row={(i) => line(rows[from + i]!)}
      />
    </section>
  )
}
