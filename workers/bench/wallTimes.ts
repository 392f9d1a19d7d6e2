import type { Mark } from '../../engine/agents/Program.ts'
import type { Micros } from '../../engine/kernel/units.ts'
import { LocalRun } from '../../engine/LocalRun.ts'
import { raftLan } from '../../engine/scenario/presets/raftLan.ts'
import { treeSync } from '../../engine/scenario/presets/treeSync.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { openCluster } from '../node/cluster.ts'
import { median, significant, type Bench, type BenchRow } from './Bench.ts'
import { limitNote } from './takeRounds.ts'

const ROUNDS = 5
const WORKERS = 2
const STEP_US = 1_000

interface Goal {
  readonly name: string
  readonly what: string
  readonly limitMs: number
  readonly scenario: Scenario
  reached(mark: Mark): boolean
}

/** The seed's two limits, which it gave for wall time. */
const GOALS: readonly Goal[] = [
  {
    name: 'wall-consensus-10',
    what: 'raft-lan: 10 agents elect a leader and commit under it',
    limitMs: 500,
    scenario: { ...raftLan.withAgents(10), faults: [] },
    reached: ({ program, body }) => program === 'raft' && body.kind === 'commit' && body['leads'] === true,
  },
  {
    name: 'wall-synchronise-1000',
    what: 'tree-sync: 1,000 agents have the order, and the top one has heard so',
    limitMs: 1_000,
    scenario: { ...treeSync.withAgents(1_000), faults: [] },
    reached: ({ program, body }) => program === 'tree-sync' && body.kind === 'synced',
  },
]

/** Wall time to reach a goal on two workers over the real rings, beside one worker and the virtual time it takes. */
export async function wallTimes(rounds = ROUNDS, goals = GOALS, workerUrl?: URL): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const goal of goals) {
    const virtualUs = whenReached(goal)
    const two: number[] = []
    const one: number[] = []
    for (let round = 0; round < rounds; round++) {
      two.push(await wallMs(goal.scenario, virtualUs, WORKERS, workerUrl))
      one.push(await wallMs(goal.scenario, virtualUs, 1, workerUrl))
    }
    const value = significant(median(two))
    rows.push({
      name: goal.name,
      value,
      unit: 'ms',
      runs: rounds,
      peers: [
        { name: 'one worker', version: process.version, value: significant(median(one)) },
        { name: 'virtual time', version: `seed ${goal.scenario.seed}`, value: significant(virtualUs / 1_000) },
      ],
      note: `${goal.what}; two workers over the rings, workers started; ${limitNote(value, goal.limitMs, 'ms')}`,
    })
  }
  return rows
}

/** Virtual time just after the goal's mark, from a run on this thread. */
function whenReached({ name, scenario, reached }: Goal): Micros {
  const run = new LocalRun(scenario)
  for (let until = STEP_US; until <= scenario.untilUs; until += STEP_US) {
    run.runTo(until as Micros)
    const mark = run.takeMarks().find(reached)
    if (mark !== undefined) return (mark.key.time + 1) as Micros
  }
  throw new Error(`${name}: not reached by the end of ${scenario.name}`)
}

async function wallMs(scenario: Scenario, until: Micros, workers: number, workerUrl?: URL): Promise<number> {
  const { conductor, death, close } = await openCluster(scenario, [], { workers }, workerUrl)
  try {
    const began = performance.now()
    while (!(await Promise.race([conductor.slice(until, -1), death])));
    return performance.now() - began
  } finally {
    await close()
  }
}

export const wallTimesBench: Bench = {
  name: 'wall',
  title: 'Wall time of consensus and synchronisation on two workers',
  run: () => wallTimes(),
}
