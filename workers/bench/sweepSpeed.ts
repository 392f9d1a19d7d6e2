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

/** Four shares of loss, the rest seeds: runs of unequal length, as sweeps have them. */
const { scenario } = presetNamed('raft-lan')!
const specOf = (runs: number): SweepSpec => ({
  scenario,
  axes: [{ path: 'network.loss', values: [0, 0.05, 0.1, 0.2] }],
  repeat: runs / 4,
  untilUs: scenario.untilUs,
  stop: null,
})

/** The same sweep on one worker thread and on two, threads' start included. */
export async function sweepSpeed(runs = RUNS, rounds = ROUNDS, workerUrl?: URL): Promise<readonly BenchRow[]> {
  const spec = specOf(runs)
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
  const limits = []
  for (const labour of ['arithmetic', 'objects'] as const)
    limits.push({
      name: `limit: two threads of mere ${labour}, × one`,
      version: process.version,
      value: significant(await threadLimit(labour)),
    })
  return [
    {
      name: 'sweep-two-workers',
      value: significant(one / two),
      unit: '× one worker',
      runs: rounds,
      peers: [
        { name: 'one worker, runs/s', version: process.version, value: significant(runs / one) },
        { name: 'two workers, runs/s', version: process.version, value: significant(runs / two) },
        ...limits,
      ],
      note:
        `${runs} runs of raft-lan, ten replicas, ${scenario.untilUs / 1e6} virtual s, at four shares of loss; threads' start included, ` +
        `${availableParallelism()} cores; ${targetNote(one / two, TARGET, '× on two idle cores')}`,
    },
  ]
}

export const sweepSpeedBench: Bench = {
  name: 'sweep-two-workers',
  title: 'A sweep of 200 runs on two workers against one',
  run: () => sweepSpeed(),
}
