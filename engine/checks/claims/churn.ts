import { atMost, exactly, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { isVerbose, paramOf, settling } from './membershipMeasure.ts'
import { greatest, pool, sum } from './statistics.ts'

const SCENARIO = 'churn'
const SOURCE = 'Das, Gupta and Motivala 2002'
/** Three times as many changes as the scenario shows, and sooner over. */
const STORM: Setup = {
  set: ['chaos.perSecond=1.5', 'chaos.toUs=20000000', 'digestEveryUs=1000000000'],
  untilUs: 50_000_000,
}
const SILENT: Setup = { ...STORM, set: [...STORM.set, 'programs.swim.params.lambda=0'] }
/** Fewer changes than this are no churn. */
const CHANGES_MIN = 10

/** Eight periods in which nobody probes it: once in 3,000 crashes (section 3.1). */
const NOTICE = 8
const JUDGE = 1
const SUSPICION = 8
/** λ·log₂ n. */
const SPREAD = 3 * 7
const MEMBERS_MAX = 128
const BOUND = NOTICE + JUDGE + SUSPICION + SPREAD

/** Periods that each change took to be on every list. */
function settledPeriods(run: ClaimRun): readonly number[] {
  const { changes, tookUs } = settling(run)
  const periodUs = paramOf(run, 'swim', 'periodUs')
  const small = isVerbose(run) && run.scenario.swarm.agents <= MEMBERS_MAX
  return changes < CHANGES_MIN || !small ? [] : tookUs.map((us) => us / periodUs)
}

export const churnClaims: readonly Claim[] = [
  {
    name: 'churn-agreement',
    scenario: SCENARIO,
    source: `Sum of bounds: ${SOURCE}, sections 3.1, 4.1 and 4.2, for about 100 members`,
    unit: 'periods',
    seeds: { quick: 2, full: 60 },
    setups: [STORM],
    control: { what: 'nothing is passed on', seeds: 1, setups: [SILENT] },
    measure: settledPeriods,
    summary: (samples) => greatest(pool(samples)),
    expectation: () =>
      atMost(BOUND, `for ${NOTICE} + ${JUDGE} + ${SUSPICION} + ${SPREAD}; noticing takes longer once in 3,000 crashes`),
    oneRun: [],
  },
  {
    name: 'churn-nobody-buried',
    scenario: SCENARIO,
    source: `${SOURCE}: strong completeness and, once messages arrive, accuracy`,
    unit: 'wrong entries',
    seeds: { quick: 2, full: 60 },
    setups: [STORM],
    control: { what: 'nothing is passed on', seeds: 1, setups: [SILENT] },
    measure(run) {
      const { changes, wrong } = settling(run)
      return changes < CHANGES_MIN ? [] : [wrong]
    },
    summary: (samples) => sum(pool(samples)),
    expectation: () => exactly(0, 'at the end of the run, over all views'),
  },
]
