import { expect, it } from 'vitest'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { presetNamed } from './scenario/presets/index.ts'

const { scenario } = presetNamed('raft-partition')!
const END = micros(4_500_000)

/** Runs to the end in slices that stop at every second chance; `between` is called at each stop. */
function inSlices(shards: number, between: (run: LocalRun) => void): LocalRun {
  const run = new LocalRun(scenario, { shards })
  let asked = 0
  for (let still = 0, last = -1; !run.runTo(END, () => ++asked % 2 === 0); last = run.clock) {
    still = run.clock === last ? still + 1 : 0
    if (still > 5) throw new Error(`stopped six times at ${last} µs without getting on`)
    between(run)
  }
  return run
}

it.each([1, 2, 3])(
  'stops only where no command is half done, so that stopping changes nothing (%i shards)',
  (shards) => {
    const whole = new LocalRun(scenario)
    whole.runTo(END)
    let stops = 0
    expect(inSlices(shards, () => stops++).digestText()).toBe(whole.digestText())
    expect(stops).toBeGreaterThan(scenario.faults.length)
  },
)

it.each([1, 2])('can go on from a snapshot taken at any stop (%i shards)', (shards) => {
  const whole = new LocalRun(scenario)
  whole.runTo(END)
  const sliced = inSlices(shards, (run) => run.restore(run.snapshot()))
  expect(sliced.digestText()).toBe(whole.digestText())
})

it('applies a command given at a stop, once, at that very cut', () => {
  const run = new LocalRun({ ...scenario, faults: [] })
  let asked = 0
  run.runTo(END, () => ++asked === 4)
  const at = run.clock
  run.setLog([{ at, op: 'crash', agent: 2 }])
  run.runTo(END)
  const crashes = run.takeMarks().filter((mark) => mark.program === 'host' && mark.body.kind === 'crashed')
  expect(crashes.map((mark) => [mark.agent, mark.key.time])).toEqual([[2, at]])
})
