/** The sides [rows, columns] of the most nearly square rectangle of exactly n cells, rows ≤ columns; n ≥ 1. */
export function squarestSides(n: number): readonly [rows: number, columns: number] {
  let rows = Math.floor(Math.sqrt(n))
  while (n % rows !== 0) rows--
  return [rows, n / rows]
}
