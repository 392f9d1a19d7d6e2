/** Rows as aligned columns on stdout. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
}

export const millis = (us: number): string => `${(us / 1_000).toFixed(us < 10_000 ? 2 : 0)} ms`
