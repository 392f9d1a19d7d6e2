import '../../engine/spaceModels.ts'
import { LocalRun } from '../../engine/LocalRun.ts'
import { micros } from '../../engine/kernel/units.ts'
import { alternate, median, significant, type Bench, type BenchRow } from './Bench.ts'
import { FLOCK_PEERS, flockPeers, type FlockPeer, type FlockPeers, type FlockTask } from './peers/FlockPeers.ts'
import { bareSpace } from './spaceSteps.ts'

/** The peers take seconds for what we take milliseconds for. */
const ROUNDS = 3
/** Runs of ours a round: one takes milliseconds, of which a busy machine can take away any number. */
const REPEATS = 20
/** Runs by which everybody's code is compiled before the clock counts; a peer's run takes as long as ten of ours. */
const WARM_UPS = { ours: 10, peer: 1 }
const STEPS = 100
const TASKS: readonly FlockTask[] = [
  { agents: 200, side: 100, vision: 5, steps: STEPS },
  { agents: 400, side: 150, vision: 15, steps: STEPS },
]

/** The flocking model of the public comparison of frameworks, one body after the other, beside two frameworks. */
export async function flockFrameworks(
  rounds = ROUNDS,
  tasks: readonly FlockTask[] = TASKS,
  withPeers = true,
): Promise<readonly BenchRow[]> {
  const peers = withPeers ? await flockPeers() : null
  try {
    const rows: BenchRow[] = []
    for (const task of tasks) rows.push(await rowOf(task, rounds, peers))
    return rows
  } finally {
    peers?.stop()
  }
}

const NAMES = Object.keys(FLOCK_PEERS) as readonly FlockPeer[]

async function rowOf(task: FlockTask, rounds: number, peers: FlockPeers | null): Promise<BenchRow> {
  const ways = ['ours', ...(peers === null ? [] : NAMES)] as const
  const once = async (way: (typeof ways)[number], steps = task.steps): Promise<number> =>
    way === 'ours' ? ours({ ...task, steps }) : peers!.run(way as FlockPeer, { ...task, steps })
  for (const way of ways) for (let k = 0; k < (way === 'ours' ? WARM_UPS.ours : WARM_UPS.peer); k++) await once(way)
  const taken = await alternate<(typeof ways)[number]>(ways, rounds, (way) => once(way))
  const own = median(taken['ours']!)
  const rivals = peers === null ? [] : NAMES.map((name) => ({ name, ms: median(taken[name]!) }))
  const rates = rivals.map(({ name, ms }) => `${significant(ms / own)} times as fast as ${name} per agent and step`)
  return {
    name: `flock-${task.agents}`,
    value: significant(own),
    unit: `ms/${task.steps} steps`,
    runs: rounds,
    peers: rivals.map(({ name, ms }) => ({ name, version: FLOCK_PEERS[name], value: significant(ms) })),
    note: `${task.agents} bodies on ${task.side}×${task.side}, vision ${task.vision}, one after the other, cohere .03, separate .015, match .05, separation 1; AgentScript runs its own Flock model, whose rule is NetLogo’s, Flocc the same rule by its KD-tree; ${rates.length === 0 ? 'AgentScript and Flocc: peer not installed' : rates.join(', ')}`,
  }
}

function ours({ agents, side, vision, steps }: FlockTask): number {
  const rule = { rule: 'factors', vision, separation: 1, speed: 1, cohere: 0.03, separate: 0.015, align: 0.05 }
  const scenario = bareSpace({ kind: 'boids', width: side, height: side, params: rule }, agents)
  let tookMs = 0
  for (let k = 0; k < REPEATS; k++) {
    const run = new LocalRun(scenario)
    const began = performance.now()
    run.runTo(micros(steps * scenario.space!.stepUs + 1))
    tookMs += performance.now() - began
  }
  return tookMs / REPEATS
}

export const flockFrameworksBench: Bench = {
  name: 'flock',
  title: 'A small flock beside AgentScript and Flocc',
  run: () => flockFrameworks(),
}
