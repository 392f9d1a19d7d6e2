import type { Mark } from '../../engine/agents/Program.ts'
import type { CheckStatus } from '../../engine/checks/Checks.ts'
import { CLAIMS } from '../../engine/checks/claims/index.ts'
import type { Claim, ClaimRun } from '../../engine/checks/claims/Claim.ts'
import { equal } from '../../engine/scenario/diff.ts'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { linkFloors } from './runJob.ts'

export interface JudgedClaim {
  readonly name: string
  readonly source: string
  readonly measured: number
  readonly unit: string
  readonly expected: number | string
  readonly tolerance: string
  readonly ok: boolean
}

/** What is judged of a finished or running run. */
export interface JudgedRun {
  readonly scenario: Scenario
  readonly untilUs: number
  readonly marks: readonly Mark[]
  readonly totals: { readonly messages: number; readonly transmissions: number }
  readonly invariants: readonly CheckStatus[]
}

/** The claims that this one run decides: those whose conditions it meets and of which it shows something. */
export function judgeRun(run: JudgedRun): JudgedClaim[] {
  const claims = CLAIMS.filter((claim) => decides(claim, run.scenario))
  if (claims.length === 0) return []
  const seen: ClaimRun = {
    scenario: run.scenario,
    marks: run.marks,
    untilUs: run.untilUs,
    messages: run.totals.messages,
    transmissions: run.totals.transmissions,
    violated: run.invariants.filter(({ ok }) => !ok).map(({ name }) => name),
    floorUs: linkFloors(run.scenario),
  }
  return claims.flatMap((claim) => {
    const measured = claim.summary([claim.measure(seen)])
    if (!Number.isFinite(measured)) return []
    const { name, source, unit } = claim
    const { expected, tolerance, holds } = claim.expectation(1)
    return [{ name, source, measured, unit, expected, tolerance, ok: holds(measured) }]
  })
}

/** What no claim is about: it changes when a run is looked at, not what happens. */
const OUTWARD: readonly (keyof Scenario)[] = [
  'seed',
  'pace',
  'title',
  'untilUs',
  'digestEveryUs',
  'checks',
  'height',
  'layout',
]

/** Whether `scenario` is the claim's, but for what it leaves free. Connections of another strength void any bound. */
function decides(claim: Claim, scenario: Scenario): boolean {
  if (claim.oneRun === undefined || claim.scenario !== scenario.name) return false
  if (scenario.faults.some(({ op }) => op === 'connect')) return false
  const built = presetNamed(scenario.name)?.withAgents(scenario.swarm.agents)
  if (built === undefined) return false
  const free = [...OUTWARD, ...claim.oneRun]
  return (Object.keys(scenario) as (keyof Scenario)[]).every(
    (field) => free.includes(field) || equal(scenario[field], built[field]),
  )
}
