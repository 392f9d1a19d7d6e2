/** One line of `bench --json`. */
export interface BenchRow {
  readonly name: string
  /** Median over `runs`. */
  readonly value: number
  readonly unit: string
  readonly runs: number
  /** The same measure, taken in the same run. */
  readonly peers: readonly BenchPeer[]
  /** Set-up, target, and what the number does not say. */
  readonly note: string
}

export interface BenchPeer {
  readonly name: string
  readonly version: string
  readonly value: number
}

/** A benchmark: one measurement that yields one row or several. */
export interface Bench {
  readonly name: string
  /** What it measures, in one sentence. */
  readonly title: string
  run(): Promise<readonly BenchRow[]>
}

/** Middle value, or the mean of the two in the middle. @throws RangeError for no values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('median: no values')
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** At most four significant digits: more would be noise. */
export const significant = (value: number): number => Number(value.toPrecision(4))

/** The benches called `names`, or all; in the list's order. An unknown name is an error that lists the known ones. */
export function selectBenches(
  benches: readonly Bench[],
  names: readonly string[],
): { readonly ok: true; readonly value: readonly Bench[] } | { readonly ok: false; readonly error: string } {
  const unknown = names.find((name) => !benches.some((bench) => bench.name === name))
  if (unknown !== undefined)
    return { ok: false, error: `bench: unknown name ${unknown}; known: ${benches.map((b) => b.name).join(', ')}` }
  return { ok: true, value: names.length === 0 ? benches : benches.filter((bench) => names.includes(bench.name)) }
}

/**
 * Runs `measure` alternately for each of `ways`, `rounds` times, so that a slow spell of the machine meets them all.
 */
export async function alternate<Way extends string>(
  ways: readonly Way[],
  rounds: number,
  measure: (way: Way) => Promise<number>,
): Promise<{ readonly [W in Way]: readonly number[] }> {
  const taken = Object.fromEntries(ways.map((way) => [way, [] as number[]])) as { [W in Way]: number[] }
  for (let round = 0; round < rounds; round++) for (const way of ways) taken[way].push(await measure(way))
  return taken
}
