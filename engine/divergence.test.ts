import { describe, expect, it } from 'vitest'
import { divergence, earlier } from './divergence.ts'
import { LocalRun } from './LocalRun.ts'
import { micros } from './kernel/units.ts'
import { presetNamed } from './scenario/presets/index.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import { setFields } from './scenario/set.ts'

const UNTIL = 3_000_000
const { scenario } = presetNamed('raft-lan')!
const log = scenario.faults
const changed = (...sets: string[]): Scenario => {
  const set = setFields(scenario, sets)
  if (!set.ok) throw new Error(set.error)
  return set.value
}
const here = { scenario, log }

describe('divergence', () => {
  it('finds nothing between a run and itself, at no digest point', () => {
    expect(divergence(here, { scenario, log }, UNTIL)).toEqual({
      event: null,
      digestUs: null,
      fact: null,
      untilUs: UNTIL,
    })
  })

  it('finds a crash after the last equal digest point, and the fact that tells of it', () => {
    const crash: Command = { at: 1_234_567, op: 'crash', agent: 2 }
    const found = divergence(here, { scenario, log: [...log, crash] }, UNTIL)
    expect(found.digestUs).toBe(1_250_000)
    expect(found.event).toMatchObject({ key: { time: 1_234_567 }, only: 'second' })
    expect(found.fact!.second).toMatchObject({ agent: 2, program: 'host', body: { kind: 'crashed' } })
    expect(earlier(found.fact!)!.key.time).toBe(1_234_567)
  })

  it('finds a rule that lasts a microsecond and catches no message', () => {
    const slow: Command[] = [{ at: 1_100_001, op: 'delay', from: 0, to: 1, us: 1, forUs: 1 }]
    const found = divergence(here, { scenario, log: [...log, ...slow] }, UNTIL)
    expect(found.event!.key.time).toBe(1_100_001)
  })

  it('goes from time 0 on where a parameter makes unequal states of equal events', () => {
    const patient = changed('programs.raft.params.electionMaxUs=400000')
    const found = divergence(here, { scenario: patient, log: patient.faults }, UNTIL)
    expect(found.digestUs).toBe(scenario.digestEveryUs)
    expect(found.event!.key.time).toBeGreaterThan(0)
    expect(found.event!.key.time).toBeLessThan(500_000)
  })

  it('names the first fact after the start where one swarm has an agent more', () => {
    const larger = changed('swarm.agents=12')
    const found = divergence(here, { scenario: larger, log: larger.faults }, UNTIL)
    expect(found.event!.key.time).toBe(0)
    expect(earlier(found.fact!)!.key.time).toBeGreaterThan(0)
    for (const [side, from] of [
      ['first', scenario],
      ['second', larger],
    ] as const) {
      const mark = found.fact![side]!
      const run = new LocalRun(from)
      run.runTo(micros(mark.key.time + 1))
      expect(run.takeMarks()).toContainEqual(mark)
    }
  })
})
