import { expect, it } from 'vitest'
import type { Mark } from './agents/Program.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import './programs.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Command } from './scenario/Scenario.ts'

const RATE = 400

const factor = (at: number, value: number): Command => ({
  ...{ at, op: 'set', agent: 0, program: 'distributor', param: 'rateFactor', value },
})

function submitted(faults: readonly Command[], untilUs: number): readonly Mark[] {
  const parsed = parseScenario({
    ...{ seed: 9, untilUs, faults, swarm: { agents: 4 } },
    tasks: { workload: { perSecond: RATE, meanUs: 100 } },
    programs: [
      { kind: 'distributor', on: { first: 1 } },
      { kind: 'worker', on: { last: 3 } },
    ],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  const run = new LocalRun(parsed.value)
  run.runTo(micros(untilUs))
  return run.takeMarks().filter(({ body }) => body.kind === 'submitted' && body['retold'] !== true)
}

const between = (marks: readonly Mark[], fromUs: number, toUs: number): number =>
  marks.filter(({ key }) => fromUs <= key.time && key.time < toUs).length

it('a rate factor multiplies the rate of arrivals for as long as it is set, and changes no task', () => {
  const usual = submitted([], 4_000_000)
  const rush = submitted([factor(1_000_000, 8), factor(2_000_000, 1)], 4_000_000)
  expect(Math.abs(between(rush, 1_010_000, 2_000_000) - 0.99 * 8 * RATE)).toBeLessThan(4 * Math.sqrt(8 * RATE))
  expect(Math.abs(between(rush, 2_010_000, 4_000_000) - 1.99 * RATE)).toBeLessThan(4 * Math.sqrt(2 * RATE))
  const sizes = (marks: readonly Mark[]) => marks.map(({ body }) => [body['task'], body['sizeUs']])
  expect(sizes(rush).slice(0, usual.length)).toEqual(sizes(usual))
})

it('goes on after a crash where it was, with the parameter that was set', () => {
  const crash: Command = { at: 1_500_000, op: 'crash', agent: 0, forUs: 100_000 }
  const marks = submitted([factor(1_000_000, 8), crash], 2_500_000)
  expect(between(marks, 1_500_000, 1_600_000)).toBe(0)
  expect(Math.abs(between(marks, 1_700_000, 2_500_000) - 0.8 * 8 * RATE)).toBeLessThan(4 * Math.sqrt(0.8 * 8 * RATE))
  expect(new Set(marks.map(({ body }) => body['task'])).size).toBe(marks.length)
})
