import { it } from 'vitest'
import { claimNamed } from '../../engine/checks/claims/index.ts'
import { scenarioOf } from './runJob.ts'
import { outcomes } from '../../engine/checks/claims/rushMeasure.ts'
import { LocalRun } from '../../engine/LocalRun.ts'
import { micros } from '../../engine/kernel/units.ts'
it('x', () => {
  const c = claimNamed('rush-hour-nothing-lost')!
  for (let seed = 1; seed <= 8; seed++) {
    const s = scenarioOf({ scenario: c.scenario, setup: c.setups[0]!, seed })
    const run = new LocalRun(s)
    run.runTo(micros(c.setups[0]!.untilUs))
    console.log(seed, JSON.stringify(outcomes(run.takeMarks())))
  }
}, 60000)
