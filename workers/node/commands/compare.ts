import { availableParallelism } from 'node:os'
import { divergence, earlier, type Divergence } from '../../../engine/divergence.ts'
import type { Mark } from '../../../engine/agents/Program.ts'
import { initialLog } from '../../../engine/scenario/initialLog.ts'
import { setFields } from '../../../engine/scenario/set.ts'
import type { ComparedSetUp } from '../../compare/compareWorker.ts'
import type { ComparedRun } from '../../compare/measures.ts'
import { measuresOf } from '../../compare/measureNames.ts'
import { pairedDifference } from '../../compare/paired.ts'
import { InputError, orThrow, parseDuration, readCount, readSets, readSetup, type Flags } from '../args.ts'
import { compareThreads } from '../compareThreads.ts'
import { millis, printTable } from '../print.ts'

const SEEDS_MAX = 10_000
const THREADS_MAX = 256

/**
 * Where two set-ups on the same seed part, and what repetition over seeds says of every figure's difference. The second
 * is another scenario, or the first with `--with path=value`. Exit 0: to differ is no failure.
 */
export async function compare(names: readonly string[], flags: Flags): Promise<number> {
  const [a, b] = await readPair(names, flags)
  const untilUs =
    flags.until === undefined
      ? Math.max(a.scenario.untilUs, b.scenario.untilUs)
      : orThrow(parseDuration('--until', flags.until))
  const seeds = readCount('--repeat', flags.repeat ?? '1', SEEDS_MAX)
  const threads = readCount('--workers', flags.workers ?? String(availableParallelism()), THREADS_MAX)
  console.error(`two set-ups, ${seeds} seed(s) each, on ${threads} worker(s)`)
  const parting = divergence(a, b, untilUs)
  const rows = await compareThreads({
    setUps: [a, b],
    seeds,
    untilUs,
    threads,
    onSeed: (done) => done % 10 === 0 && console.error(`${done} of ${seeds} seeds`),
  })
  const result = resultOf(a, b, untilUs, parting, rows)
  if (flags.json) console.log(JSON.stringify(result))
  else print(result)
  return 0
}

async function readPair(names: readonly string[], flags: Flags): Promise<[ComparedSetUp, ComparedSetUp]> {
  const [first, second] = names
  if ((second === undefined) === (flags.with === undefined))
    throw new InputError('compare: give a second scenario, or --with path=value for another form of the first')
  const a = await readSetup(first, flags)
  const setUp = (of: typeof a): ComparedSetUp => ({ scenario: of.scenario, log: of.log ?? initialLog(of.scenario) })
  // Common random numbers: the second runs on the first one's seed, unless --with says another.
  const b = second === undefined ? a : await readSetup(second, { ...flags, seed: String(a.scenario.seed) })
  if (flags.with === undefined) return [setUp(a), setUp(b)]
  return [setUp(a), setUp({ ...a, scenario: orThrow(setFields(a.scenario, await readSets(flags.with, flags))) })]
}

/** What `--json` prints. Differences are the second less the first; times in µs. */
function resultOf(
  a: ComparedSetUp,
  b: ComparedSetUp,
  untilUs: number,
  { event, digestUs, fact }: Divergence,
  rows: readonly (readonly ComparedRun[])[],
) {
  const first = fact === null ? null : earlier(fact)
  return {
    a: { scenario: a.scenario.name, seed: a.scenario.seed, digest: rows[0]![0]!.digest },
    b: { scenario: b.scenario.name, seed: b.scenario.seed, digest: rows[0]![1]!.digest },
    until_us: untilUs,
    first_event: event && {
      time_us: event.key.time,
      key: event.key,
      only: { first: 'a', second: 'b', neither: null }[event.only],
      what: event.what,
      instead: event.instead,
      instead_us: event.insteadUs,
    },
    first_digest_us: digestUs,
    first_fact: fact && first && { time_us: first.key.time, a: told(fact.first), b: told(fact.second) },
    seeds: rows.length,
    measures: measuresOf([a.scenario, b.scenario]).map(({ name, unit }) => {
      const column = (side: number): (number | null)[] => rows.map((runs) => runs[side]!.figures[name] ?? null)
      const { k, meanX, meanY, mean, half, excludesZero } = pairedDifference(column(0), column(1))
      const shown = (value: number): number | null => (Number.isNaN(value) ? null : value)
      return {
        name,
        unit: unit === 'us' ? 'µs' : '',
        pairs: k,
        a: shown(meanX),
        b: shown(meanY),
        difference: shown(mean),
        half_95: shown(half),
        excludes_zero: excludesZero,
      }
    }),
  }
}

const told = (mark: Mark | null) =>
  mark && { time_us: mark.key.time, agent: mark.agent, program: mark.program, ...mark.body }

function print(result: ReturnType<typeof resultOf>): void {
  const { first_event: event, first_fact: fact } = result
  if (event === null) console.log(`the same, event for event, up to ${millis(result.until_us)}`)
  else {
    const only = event.only === null ? 'both, but not alike' : `only ${event.only.toUpperCase()}`
    console.log(`first difference at ${millis(event.time_us)}, ${only}: ${event.what}; the other: ${event.instead}`)
  }
  if (fact)
    console.log(`first told at ${millis(fact.time_us)}: ${JSON.stringify(fact.a)} against ${JSON.stringify(fact.b)}`)
  console.log(`\n${result.seeds} seed(s); B − A with its 95 % interval`)
  const text = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(6))))
  printTable([
    ['', 'A', 'B', 'B − A', '±', ''],
    ...result.measures.map((m) => [
      m.name,
      text(m.a),
      text(m.b),
      text(m.difference),
      text(m.half_95),
      m.half_95 === null ? '' : m.excludes_zero ? 'differs' : m.difference === 0 ? 'the same' : 'may be chance',
    ]),
  ])
}
