import { describe, expect, it } from 'vitest'
import { checkContext } from '../checkContext.ts'
import { knowTurnCoats, turnCoats, type TurnCoats } from '../collective/testing/turnCoats.ts'
import { micros } from '../kernel/units.ts'
import { LocalRun } from '../LocalRun.ts'
import { Observer } from '../Observer.ts'

/** Runs to 2 s: 200 steps, a measurement every ten. */
function judged(fails?: TurnCoats['fails'], shards = 1) {
  knowTurnCoats({ aligned: [0, 0], ...(fails && { fails }) })
  const scenario = turnCoats({ edges: 'walls' })
  const run = new LocalRun(scenario, { shards })
  const observer = new Observer(scenario.checks, checkContext(scenario, []))
  run.runTo(micros(2_000_001))
  observer.take(run.takeMarks(), run.clock)
  return { run, status: observer.status() }
}
const sentences = ({ status }: ReturnType<typeof judged>): (string | undefined)[] =>
  status.map(({ violation }) => violation?.sentence)

describe('a run whose bodies are sound', () => {
  it('is looked at with every measurement', () => {
    const { status, run } = judged()
    expect(status.map(({ name, ok, checked }) => [name, ok, checked])).toEqual([
      ['finite-state', true, 20],
      ['inside-the-world', true, 20],
    ])
    expect(run.halted).toBe(false)
  })
})

describe.each([1, 2, 3])('on %i shards', (shards) => {
  it('NaN stops the run at its step, and is told with the agent and the step', () => {
    const found = judged({ tick: 57, row: 23, value: NaN }, shards)
    expect(found.run.halted).toBe(true)
    expect(sentences(found)).toEqual(['the position of agent 23 is NaN at step 57: the run stops there', undefined])
    expect(found.status[0]!.violation!.key.time).toBe(570_000)
    expect(found.status.map(({ checked }) => checked)).toEqual([6, 5])
  })

  it('so does what is infinite', () => {
    expect(sentences(judged({ tick: 3, row: 0, value: -Infinity }, shards))[0]).toBe(
      'the position of agent 0 is -Infinity at step 3: the run stops there',
    )
  })

  it('a body that leaves the world stops the run, and is told with its coordinate', () => {
    const found = judged({ tick: 30, row: 39, value: 100.5 }, shards)
    expect(found.run.halted).toBe(true)
    expect(sentences(found)).toEqual([
      undefined,
      'agent 39 has left the world at step 30, with a coordinate of 100.5: the run stops there',
    ])
  })
})
