import { describe, expect, it } from 'vitest'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { presetNamed } from './scenario/presets/index.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'

const SCENARIO = presetNamed('formation')!.scenario
const UNTIL = micros(14_000_000)

const runOf = (scenario: Scenario, shards = 1): LocalRun => {
  const run = new LocalRun(scenario, { shards })
  run.runTo(UNTIL)
  return run
}
/** Every state column of the bodies. */
const bodiesOf = (run: LocalRun): unknown => run.shards[0]!.space!.kept.map((column) => column.slice())
/** The same faults with the crash naming whom it hit. */
const naming = (agent: number): Command[] =>
  SCENARIO.faults.map((command) => (command.op === 'crash' ? { ...command, agent } : command))

describe('bodies and consensus in one swarm', () => {
  const run = runOf(SCENARIO)
  const marks = run.takeMarks()
  const crashed = marks.find(({ program, body }) => program === 'host' && body.kind === 'crashed')!.agent
  const leaders = marks.filter(({ program, body }) => program === 'raft' && body.kind === 'leader')

  it('the crash takes the leader’s place in the formation as well, and both are filled again', () => {
    expect(leaders.map(({ agent }) => agent)).toContain(crashed)
    expect(leaders.at(-1)!.agent).not.toBe(crashed)
    const { space } = run.shards[0]!
    expect(space!.array('placeOf')[crashed]).toBe(-1)
    expect(marks.findLast(({ body }) => body.kind === 'measure')!.body).toMatchObject({ alive: 25, gaps: 0 })
  })

  it('who leads changes nothing about how bodies move: without Raft they have the same bits', () => {
    const alone = runOf({ ...SCENARIO, programs: [], checks: [], faults: naming(crashed) })
    expect(bodiesOf(alone)).toEqual(bodiesOf(run))
  })

  it('how bodies move changes nothing about who leads: in another formation the same facts have the same keys', () => {
    const params = { ...SCENARIO.space!.params, shape: 'grid', anchorSpeed: 0.2 }
    const other = runOf({ ...SCENARIO, space: { ...SCENARIO.space!, params } })
    const facts = (list: typeof marks): unknown =>
      list.filter(({ program }) => program === 'raft' || program === 'client')
    expect(facts(other.takeMarks())).toEqual(facts(marks))
    expect(bodiesOf(other)).not.toEqual(bodiesOf(run))
  })

  it('both are in the digest', () => {
    const params = { ...SCENARIO.space!.params, shape: 'grid' }
    const digests = [
      run.digestText(),
      runOf({ ...SCENARIO, space: { ...SCENARIO.space!, params } }).digestText(),
      runOf({ ...SCENARIO, network: { ...SCENARIO.network, loss: 0.1 } }).digestText(),
    ]
    expect(new Set(digests).size).toBe(3)
    expect(runOf(SCENARIO, 3).digestText()).toBe(digests[0])
  })
})
