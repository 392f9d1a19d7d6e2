import { countText, significant } from '../format.ts'
import { queueBars } from './taskFigures.ts'

/** Figures as the panels of tasks write them. */

export function Count({ words, count, bad = false }: { words: string; count: number; bad?: boolean }) {
  return (
    <p className={bad ? 'task-count task-bad' : 'task-count'}>
      <span className="mono">{countText(count)}</span>
      <span className="quiet">{words}</span>
    </p>
  )
}

export const share = (value: number, digits = 0): string =>
  Number.isNaN(value) ? '–' : digits > 0 ? value.toFixed(digits) : `${Math.round(100 * value)} %`

export const perTask = (sum: number, tasks: number): string => (tasks === 0 ? '–' : significant(sum / tasks))

/** How much agents hold, as bars, and how much half of them hold at most. */
export function heldBars(held: readonly number[]) {
  const sorted = held.toSorted((a, b) => a - b)
  const at = (q: number): string =>
    sorted.length === 0 ? '–' : countText(sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!)
  const bars = queueBars(sorted).map(({ label, count }) => ({
    label,
    tip: `${countText(count)} hold ${label} or more`,
    count,
  }))
  return { bars, marks: [0.5, 0.95, 0.99].map((q) => `${q === 0.5 ? 'half' : `${100 * q} %`} ${at(q)}`) }
}
