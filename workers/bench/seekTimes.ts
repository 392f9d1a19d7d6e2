import { treeSync } from '../../engine/scenario/presets/treeSync.ts'
import { openCluster } from '../node/cluster.ts'
import { CHECKPOINT_BYTES, type Conductor } from '../shared/Conductor.ts'
import { median, significant, type Bench, type BenchRow } from './Bench.ts'
import { limitNote } from './takeRounds.ts'

const AGENTS = 1_000
const EVENTS = 5_000_000
const SEEKS = 41
const LIMIT_MS = 100
const STEP_US = 1_000_000
/** Jumping back to a picture, as a drag on the timeline asks for it: one time after the other, all over the run. */
const GOLDEN = 0.618_033_988_749_895

/** Seeks all over a long run whose checkpoints are kept under the lab's budget. */
export async function seekTimes(events = EVENTS, seeks = SEEKS): Promise<readonly BenchRow[]> {
  const scenario = { ...treeSync.withAgents(AGENTS), faults: [] }
  const { conductor } = await openCluster(scenario, [], { workers: 1, checkpointBytes: CHECKPOINT_BYTES })
  while (conductor.lane.totals.events < events) await runTo(conductor, conductor.clock + STEP_US)
  const end = conductor.clock
  const total = conductor.lane.totals.events
  const digest = await conductor.digest()
  const tookMs: number[] = []
  for (let i = 0, place = 0.5; i < seeks; i++, place = (place + GOLDEN) % 1)
    tookMs.push(await seek(conductor, Math.floor(place * end)))
  await seek(conductor, end)
  if ((await conductor.digest()) !== digest) throw new Error('seek: the digest at the end is another after seeking')
  const sorted = tookMs.toSorted((x, y) => x - y)
  const value = significant(median(tookMs))
  const p90 = significant(sorted[Math.floor(0.9 * seeks)]!)
  return [
    {
      name: 'seek',
      value,
      unit: 'ms',
      runs: seeks,
      peers: [],
      note: `tree-sync, ${AGENTS} agents, ${total.toLocaleString('en')} events, ${conductor.checkpointCount} checkpoints under ${CHECKPOINT_BYTES >> 20} MB, all over the run; nine in ten within ${p90} ms; ${limitNote(value, LIMIT_MS, 'ms')}`,
    },
  ]
}

/** What the session does for a seek, without its picture. Returns wall ms. */
async function seek(conductor: Conductor, t: number): Promise<number> {
  const began = performance.now()
  if (!conductor.reaches(t)) await conductor.rewind(t)
  await runTo(conductor, t)
  return performance.now() - began
}

async function runTo(conductor: Conductor, t: number): Promise<void> {
  while (!(await conductor.slice(t, -1)));
}

export const seekBench: Bench = {
  name: 'seek',
  title: 'Seeks in a run of five million events',
  run: () => seekTimes(),
}
