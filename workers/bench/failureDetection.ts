import type { Mark } from '../../engine/agents/Program.ts'
import type { Micros } from '../../engine/kernel/units.ts'
import { LocalRun } from '../../engine/LocalRun.ts'
import { swim } from '../../engine/scenario/presets/swim.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { median, significant, type Bench, type BenchRow } from './Bench.ts'

const AGENTS = 10_000
const ROUNDS = 3
const CRASHED = 3_333
const CRASH_AT_US = 2_000_000
const STEP_US = 100_000
const SHARE = 0.99
/** Far beyond any spread; a run that gets here has lost the news. */
const LIMIT_US = 60_000_000
const PERIODS_A_SECOND = 2

interface Detection {
  /** Virtual µs from the crash. */
  readonly firstUs: number
  readonly mostUs: number
  readonly wallMs: number
  readonly eventsPerSecond: number
}

/** The swarm with one crash, every member telling when it hears of it. */
function scenarioOf(agents: number): Scenario {
  const scenario = swim.withAgents(agents)
  const programs = scenario.programs.map((program) => ({ ...program, params: { ...program.params, verbose: true } }))
  const agent = Math.min(CRASHED, agents - 1)
  const faults = [{ at: CRASH_AT_US, op: 'crash', agent }] as const
  return { ...scenario, untilUs: LIMIT_US, digestEveryUs: LIMIT_US, programs, faults, checks: [] }
}

/** Runs until 99 % of the members suspect the crashed one. @throws where they never do. */
export function detect(agents: number): Detection {
  const run = new LocalRun(scenarioOf(agents))
  const wanted = Math.ceil(SHARE * (agents - 1))
  const hears = ({ program, body }: Mark): boolean =>
    program === 'swim' && (body.kind === 'suspected' || (body.kind === 'heard' && body['status'] === 'suspect'))
  const heardUs = new Map<number, number>()
  const began = performance.now()
  while (heardUs.size < wanted) {
    if (run.clock >= LIMIT_US) throw new Error(`failure-detection: only ${heardUs.size} of ${agents} members heard`)
    run.runTo((run.clock + STEP_US) as Micros)
    for (const mark of run.takeMarks())
      if (hears(mark) && !heardUs.has(mark.agent)) heardUs.set(mark.agent, mark.key.time)
  }
  const wallMs = performance.now() - began
  const times = Float64Array.from(heardUs.values()).sort()
  const events = run.shards.reduce((sum, { stats }) => sum + stats.events, 0)
  return {
    firstUs: times[0]! - CRASH_AT_US,
    mostUs: times[wanted - 1]! - CRASH_AT_US,
    wallMs,
    eventsPerSecond: (events / wallMs) * 1_000,
  }
}

/** One crash among many: virtual time until somebody suspects it and until 99 % know, and what that costs here. */
export function failureDetection(rounds = ROUNDS, agents = AGENTS): readonly BenchRow[] {
  const taken = Array.from({ length: rounds }, () => detect(agents))
  const wallMs = significant(median(taken.map((one) => one.wallMs)))
  const perSecond = significant(median(taken.map((one) => one.eventsPerSecond)))
  const { firstUs, mostUs } = taken[0]!
  const few = detect(Math.max(5, Math.round(agents / 100)))
  const node = process.version
  const set = `${agents.toLocaleString('en')} members, one crash, ${PERIODS_A_SECOND} periods a second, seed ${swim.scenario.seed}`
  const hundredth = (us: number) => [
    { name: 'a hundredth of the members', version: node, value: significant(us / 1e3) },
  ]
  return [
    {
      ...{ name: 'failure-detection-first', value: significant(firstUs / 1e3), unit: 'virtual ms', runs: 1 },
      ...{ peers: hundredth(few.firstUs), note: `${set}; until the first suspicion, which a run decides by chance` },
    },
    {
      ...{ name: 'failure-detection-99', value: significant(mostUs / 1e3), unit: 'virtual ms', runs: 1 },
      ...{ peers: hundredth(few.mostUs), note: `${set}; until 99 % of the members know` },
    },
    {
      ...{ name: 'failure-detection-wall', value: wallMs, unit: 'ms', runs: rounds },
      peers: [{ name: 'the same run, events/s', version: node, value: perSecond }],
      note: `${set}; wall time of the whole run up to then, on one thread`,
    },
  ]
}

export const failureDetectionBench: Bench = {
  name: 'failure-detection',
  title: 'One crash among 10,000 members: until the first suspects it and until nearly all know',
  run: () => Promise.resolve(failureDetection()),
}
