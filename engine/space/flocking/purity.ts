import { unit } from '../../kernel/philox.ts'
import type { NeighbourGrid } from './neighbourGrid.ts'
import type { Space } from '../SpaceModel.ts'

/** How well bodies are sorted by group. */
export interface Purity {
  /** Mean over all bodies with neighbours of the share of these that are of their group; 0 where nobody has any. */
  readonly purity: number
  /** What that is on average where the same labels are dealt out to the same places by chance: a closed form. */
  readonly byChance: number
  /** Mean and standard deviation of it over labellings that were so dealt out. */
  readonly shuffled: number
  readonly shuffledDeviation: number
}

/**
 * Given any labelling drawn at random with n_k labels of kind k, two bodies share a label with probability
 * Σ n_k (n_k − 1) / (n (n − 1)): so every share of neighbours has that mean, and their mean too. (The sum of squared
 * shares is its limit for many bodies.)
 */
export function purityByChance(counts: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0)
  return n < 2 ? 0 : counts.reduce((sum, count) => sum + count * (count - 1), 0) / (n * (n - 1))
}

/**
 * Measures how well bodies that are up are sorted by group, within `radius`, and what chance would do. The grid is of
 * the present positions. Labellings are dealt out by addressed draws of `purpose` and those behind it, four to a draw.
 */
export function measurePurity(
  space: Space,
  grid: NeighbourGrid,
  radius: number,
  shuffles: number,
  purpose: number,
): Purity {
  const { position, status, group, count, spec } = space
  const rows: number[] = []
  for (let row = 0; row < count; row++) if (status[row] === 1) rows.push(row)
  const labels = shuffledLabels(space, rows, shuffles, purpose)
  const totals = new Float64Array(shuffles + 1)
  const same = new Float64Array(shuffles + 1)
  let lookers = 0
  for (const row of rows) {
    const at = 3 * row
    const found = grid.near(position[at]!, position[at + 1]!, spec.dimensions === 3 ? position[at + 2]! : 0, radius)
    if (found < 2) continue
    lookers++
    same.fill(0)
    for (let k = 0; k < found; k++) {
      const other = grid.rowAt[grid.nearSlot[k]!]!
      if (other === row) continue
      for (let s = 0; s <= shuffles; s++) if (labels[s]![other] === labels[s]![row]) same[s]!++
    }
    for (let s = 0; s <= shuffles; s++) totals[s]! += same[s]! / (found - 1)
  }
  const counts = new Array<number>(256).fill(0)
  for (const row of rows) counts[group[row]!]!++
  const means = [...totals].map((total) => (lookers === 0 ? 0 : total / lookers))
  return { purity: means[0]!, byChance: purityByChance(counts), ...spreadOf(means.slice(1)) }
}

function spreadOf(values: readonly number[]): { shuffled: number; shuffledDeviation: number } {
  const n = values.length
  if (n === 0) return { shuffled: 0, shuffledDeviation: 0 }
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  return { shuffled: mean, shuffledDeviation: n === 1 ? 0 : Math.sqrt(squares / (n - 1)) }
}

/** First the labels as they are, by row; then as often as asked dealt out anew among `rows` (Fisher and Yates). */
function shuffledLabels(space: Space, rows: readonly number[], shuffles: number, purpose: number): Uint8Array[] {
  const labels = Array.from({ length: shuffles + 1 }, () => space.group.slice(0, space.count))
  const words = new Uint32Array(4)
  for (let k = rows.length - 1; k > 0; k--) {
    for (let s = 0; s < shuffles; s++) {
      if (s % 4 === 0) space.draw(words, k, purpose + s / 4)
      const list = labels[s + 1]!
      const [a, b] = [rows[k]!, rows[Math.floor(unit(words[s % 4]!) * (k + 1))]!]
      const kept = list[a]!
      list[a] = list[b]!
      list[b] = kept
    }
  }
  return labels
}
