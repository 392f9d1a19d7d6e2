import { CompareWorker, repeatRuns } from '../../workers/compare/comparison.ts'
import { otherSide, useCompare, type Repetition, type Search, type SetUp, type Side } from '../state/compare.ts'
import { endUs } from './compare.ts'
import { sentenceOf } from './engine.ts'

/** Whole runs beside those on screen, on workers of their own: where two set-ups part, and repetitions over seeds. */

const MOST_WORKERS = 3
const THREADS = Math.max(1, Math.min(MOST_WORKERS, (navigator.hardwareConcurrency ?? 1) - 1))

const searcher = new CompareWorker()
const repeaters = Array.from({ length: THREADS }, () => new CompareWorker())

const setUpOf = ({ scenario, log }: Side): SetUp => ({ scenario, log })
const written = new WeakMap<object, string>()
/** Names set-ups by all they are; the text of a log is made once. */
function nameOf(sides: readonly Side[]): string {
  const text = (value: object): string => {
    const known = written.get(value) ?? JSON.stringify(value)
    written.set(value, known)
    return known
  }
  return sides.map(({ scenario, log }) => `${text(scenario)}${text(log)}`).join()
}

/** Looks for the first difference between the first set-up and the other one, unless that is known already. */
export async function search(): Promise<void> {
  const { sides, search: known } = useCompare.getState()
  const [first, other] = [sides[0], otherSide(useCompare.getState())]
  if (!first?.opened || !other?.opened) return stopSearch()
  const of = nameOf([first, other])
  const untilUs = endUs()
  if (known?.of === of && known.untilUs === untilUs) return
  stopSearch()
  const set = (change: Partial<Search>): void =>
    useCompare.setState((s) => (s.search?.of === of ? { search: { ...s.search, ...change } } : s))
  useCompare.setState({ search: { of, untilUs, reachedUs: 0, found: null, problem: null } })
  try {
    const progress = (reachedUs: number): void => set({ reachedUs })
    set({ found: await searcher.parting(setUpOf(first), setUpOf(other), untilUs, progress) })
  } catch (error) {
    set({ problem: sentenceOf(error) }) // one that was stopped is not the present one any more
  }
}

export function stopSearch(): void {
  searcher.stop()
  useCompare.setState({ search: null })
}

/** Set-ups as they are now, under one name: repetitions hold for exactly these. */
export const compared = (sides: readonly Side[]): string => nameOf(sides)

let stopping = new AbortController()

/** Runs every set-up under `more` further seeds; what is known of the same set-ups stays. */
export async function repeat(more: number): Promise<void> {
  stopRepeating()
  const { sides, repetition: known } = useCompare.getState()
  const of = nameOf(sides)
  const kept = known?.of === of ? known.rows : []
  const untilUs = endUs()
  const [from, to] = [kept.length, kept.length + more]
  const ids = sides.map(({ id }) => id)
  const { signal } = (stopping = new AbortController())
  const set = (change: (r: Repetition) => Partial<Repetition>): void =>
    useCompare.setState((s) =>
      s.repetition && !signal.aborted ? { repetition: { ...s.repetition, ...change(s.repetition) } } : s,
    )
  useCompare.setState({
    repetition: { of, sides: ids, untilUs, wanted: to, rows: kept, running: true, problem: null },
  })
  try {
    const take = (runs: Repetition['rows'][number]): void => set(({ rows }) => ({ rows: [...rows, runs] }))
    await repeatRuns({ workers: repeaters, setUps: sides.map(setUpOf), from, to, untilUs, take, stop: signal })
    set(() => ({ running: false }))
  } catch (error) {
    set(() => ({ running: false, problem: sentenceOf(error) }))
  }
}

/** What has been run stays; what was under way is lost. */
export function stopRepeating(): void {
  stopping.abort()
  useCompare.setState((s) =>
    s.repetition?.running ? { repetition: { ...s.repetition, running: false, wanted: s.repetition.rows.length } } : s,
  )
}

export function endRuns(): void {
  stopSearch()
  stopRepeating()
}
