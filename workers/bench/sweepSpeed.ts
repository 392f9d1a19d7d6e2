import { availableParallelism } from 'node:os'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import { sweepThreads } from '../node/sweepThreads.ts'
import { WHOLE, type SweepSpec } from '../sweep/SweepSpec.ts'
import { alternate, median, significant, type Bench, type BenchRow } from './Bench.ts'
import { targetNote } from './takeRounds.ts'
import { threadLimit } from './threadLimit.ts'

const RUNS = 200
const ROUNDS = 3
const TARGET = 1.8

/** What is swept: four points each, runs of unequal length, as sweeps have them. */
interface Swept {
  readonly name: string
  readonly what: string
  readonly axis: SweepSpec['axes'][number]
  readonly preset: string
  readonly untilUs: number | null
}
const SWEPT: readonly Swept[] = [
  {
    name: 'sweep-two-workers',
    what: 'raft-lan, ten replicas, at four shares of loss: every event makes objects',
    axis: { path: 'network.loss', values: [0, 0.05, 0.1, 0.2] },
    preset: 'raft-lan',
    untilUs: null,
  },
  {
    name: 'sweep-two-workers-bodies',
    what: 'vicsek, a thousand bodies, 60 steps, at four noises: columns, hardly an object',
    axis: { path: 'space.params.noiseRad', values: [0.5, 1, 2, 4] },
    preset: 'vicsek',
    untilUs: 6_000_000,
  },
]

function specOf({ preset, axis, untilUs }: Swept, runs: number): SweepSpec {
  const { scenario } = presetNamed(preset)!
  return { scenario, axes: [axis], repeat: runs / 4, untilUs: untilUs ?? scenario.untilUs, stop: null }
}

/** The same sweeps on one worker thread and on two, threads' start included, beside what two threads can do at most. */
export async function sweepSpeed(runs = RUNS, rounds = ROUNDS, workerUrl?: URL): Promise<readonly BenchRow[]> {
  const limits: { name: string; version: string; value: number }[] = []
  for (const labour of ['arithmetic', 'objects'] as const)
    limits.push({
      name: `limit: two threads of mere ${labour}, × one`,
      version: process.version,
      value: significant(await threadLimit(labour)),
    })
  const rows: BenchRow[] = []
  for (const swept of SWEPT) rows.push(await rowOf(swept, runs, rounds, limits, workerUrl))
  return rows
}

async function rowOf(
  swept: Swept,
  runs: number,
  rounds: number,
  limits: BenchRow['peers'],
  workerUrl: URL | undefined,
): Promise<BenchRow> {
  const spec = specOf(swept, runs)
  const once = async (threads: number): Promise<number> => {
    const began = performance.now()
    let taken = 0
    const take = (): number => taken++
    await sweepThreads({
      ...{ spec, part: WHOLE, from: 0, rows: runs, threads, take },
      ...(workerUrl && { workerUrl }),
    })
    if (taken !== runs) throw new Error(`sweep: ${taken} rows of ${runs}`)
    return (performance.now() - began) / 1_000
  }
  const seconds = await alternate(['one', 'two'], rounds, (way) => once(way === 'one' ? 1 : 2))
  const [one, two] = [median(seconds.one), median(seconds.two)]
  return {
    name: swept.name,
    value: significant(one / two),
    unit: '× one worker',
    runs: rounds,
    peers: [
      { name: 'one worker, runs/s', version: process.version, value: significant(runs / one) },
      { name: 'two workers, runs/s', version: process.version, value: significant(runs / two) },
      ...limits,
    ],
    note:
      `${runs} runs of ${swept.what}; threads' start included, ${availableParallelism()} cores; ` +
      targetNote(one / two, TARGET, '× on two idle cores'),
  }
}

export const sweepSpeedBench: Bench = {
  name: 'sweep-two-workers',
  title: 'Sweeps of 200 runs on two workers against one',
  run: () => sweepSpeed(),
}
