import { expect, it } from 'vitest'
import { LocalRun } from '../../LocalRun.ts'
import { micros } from '../../kernel/units.ts'
import { skewedClocks } from '../../scenario/presets/skewedClocks.ts'

it('regression: a server whose clock begins just below zero waits for a leader like any other', () => {
  let below = 0
  for (let seed = 1; seed <= 20; seed++) {
    const clocks = { offsetUs: 250_000, driftPpm: 0 }
    const { scenario } = skewedClocks
    const run = new LocalRun({ ...scenario, seed, faults: [], swarm: { ...scenario.swarm, clocks } })
    run.runTo(micros(1_000))
    for (const { clock, programs } of run.shards.flatMap((shard) => [...shard.agents.values()])) {
      expect(Object.keys(programs[0]!.timers)).toEqual(['election'])
      if (clock.localUs < 0) below++
    }
  }
  expect(below).toBeGreaterThan(20)
})
