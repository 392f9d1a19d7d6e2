import { describe, expect, it } from 'vitest'
import type { CheckStatus } from './checks/Checks.ts'
import { checkContext } from './checkContext.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { Observer } from './Observer.ts'
import './programs.ts'
import { CHAOS_PROFILES, chaosOf } from './scenario/chaosProfiles.ts'
import { initialLog } from './scenario/initialLog.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Scenario } from './scenario/Scenario.ts'
import { STRATEGIES } from './tasks/messages.ts'

const SEEDS = 50
const UNTIL_US = 16_000_000
const PROFILES = CHAOS_PROFILES.filter(({ name }) => name !== 'rough-ground')

/** Two distributors, ten workers and a rush, by another strategy and under another profile for every seed. */
function scenarioOf(seed: number, leaseUs = 400_000): Scenario {
  const input = {
    ...{ name: 'chaos', title: 'Chaos', seed, untilUs: UNTIL_US, digestEveryUs: 1_000_000 },
    swarm: { agents: 12 },
    tasks: { workload: { perSecond: 150, meanUs: 20_000, count: 1_200, kinds: 2, prediction: 'exact' } },
    programs: [
      {
        ...{ kind: 'distributor', on: { first: 2 } },
        params: {
          ...{ strategy: STRATEGIES[seed % STRATEGIES.length], creditsPerWorker: seed % 3 === 0 ? 0 : 4 },
          ...{ waitingMax: 200, leaseUs, retriesMax: 5, openUs: 200_000, window: 10, trials: 1 },
        },
      },
      { kind: 'worker', on: { last: 10 }, params: { queueMax: 8 } },
    ],
    faults: [
      ...[8, 1].map((value, k) => ({
        ...{ at: 2_000_000 + 1_000_000 * k, op: 'set', agent: 'all', program: 'distributor' },
        ...{ param: 'rateFactor', value },
      })),
    ],
  }
  const parsed = parseScenario(input)
  if (!parsed.ok) throw new Error(parsed.error)
  return { ...parsed.value, chaos: chaosOf(PROFILES[seed % PROFILES.length]!, parsed.value) }
}

function checked(scenario: Scenario): readonly CheckStatus[] {
  const run = new LocalRun(scenario)
  const observer = new Observer(scenario.checks, checkContext(scenario, initialLog(scenario)))
  run.runTo(micros(scenario.untilUs))
  observer.take(run.takeMarks(), run.clock)
  return observer.status()
}

describe('a rush under chaos', () => {
  it.each(Array.from({ length: SEEDS }, (_, k) => k + 1))(
    'seed %d: no task is lost, none ends twice, and all are answered once the faults are over',
    (seed) => {
      const checks = checked(scenarioOf(seed))
      expect(checks.filter(({ ok }) => !ok)).toEqual([])
      expect(checks[0]!.checked).toBeGreaterThan(300)
    },
  )

  it('without leases the same chaos loses tasks, and the checks say so', () => {
    const crashes = Array.from({ length: SEEDS }, (_, k) => k + 1).filter(
      (seed) => PROFILES[seed % PROFILES.length]!.name === 'crashes',
    )
    const broken = crashes.filter((seed) =>
      checked(scenarioOf(seed, 0)).some(({ name, ok }) => name === 'tasks-answered' && !ok),
    )
    expect(broken.length).toBeGreaterThan(crashes.length / 2)
  })
})
