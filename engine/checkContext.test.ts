import { expect, it } from 'vitest'
import { checkContext } from './checkContext.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { Observer } from './Observer.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Command } from './scenario/Scenario.ts'

const CHECKS = ['leader-elected', 'operations-answered']

/** How often each was examined in 12 s, and whether it held. */
function judged(faults: readonly Command[]): readonly { checked: number; ok: boolean }[] {
  const parsed = parseScenario({
    ...{ seed: 3, untilUs: 12_000_000, swarm: { agents: 6 }, checks: CHECKS, faults },
    programs: [
      { kind: 'raft', on: { first: 5 }, params: { electionMinUs: 150_000, electionMaxUs: 300_000 } },
      { kind: 'client', on: { last: 1 } },
    ],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  const run = new LocalRun(parsed.value)
  const observer = new Observer(CHECKS, checkContext(parsed.value, parsed.value.faults))
  run.runTo(micros(12_000_000))
  observer.take(run.takeMarks(), micros(12_000_000))
  return observer.status().map(({ checked, ok }) => ({ checked, ok }))
}

it('a fault that was left in place is no excuse once it has been ended by hand', () => {
  const slow = (at: number, factor: number): Command => ({ at, op: 'slow', agent: 5, factor })
  const [elected, answered] = judged([slow(2_000_000, 50), slow(3_000_000, 1)])
  expect(elected).toEqual({ checked: 1, ok: true })
  expect(answered!.checked).toBeGreaterThan(0)
})

it('nothing is due while a fault without an end is on', () => {
  const cut: Command = { at: 100_000, op: 'cut', from: 'all', to: 'all' }
  const pause: Command = { at: 2_000_000, op: 'pause', agent: 5 }
  expect(judged([cut])[0]).toEqual({ checked: 0, ok: true })
  for (const fault of [cut, pause]) expect(judged([fault])[1]!.ok).toBe(true)
})
