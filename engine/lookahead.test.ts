import { expect, it } from 'vitest'
import { LocalRun } from './LocalRun.ts'
import { lookaheadOf } from './lookahead.ts'
import { micros } from './kernel/units.ts'
import { presetNamed } from './scenario/presets/index.ts'
import type { Command } from './scenario/Scenario.ts'

const scenario = { ...presetNamed('raft-regions')!.scenario, faults: [] }
const T = micros(1_000_000)
const END = micros(2_500_000)
const stronger: Command = { at: T, op: 'connect', a: 0, b: 4, weight: 400 }

it('is the shortest link between two shards, and falls where a connection becomes stronger', () => {
  const run = new LocalRun({ ...scenario, faults: [stronger] }, { shards: 2 })
  const before = lookaheadOf(run.shards[0]!)
  run.runTo(micros(T + 1))
  expect(before).toBeGreaterThan(1_000)
  expect(lookaheadOf(run.shards[0]!)).toBeLessThan(before / 10)
})

it('follows the tables of the lane that runs, where two lanes changed theirs equally often', () => {
  const fresh = new LocalRun({ ...scenario, faults: [stronger] })
  fresh.runTo(END)
  const run = new LocalRun(scenario, { shards: 2 })
  run.runTo(T)
  const parts = run.snapshot()
  run.setLog([{ at: T, op: 'leave', agent: 3 }])
  run.runTo(END)
  run.setLog([stronger])
  run.restore(parts)
  run.runTo(END)
  expect(run.digestText()).toBe(fresh.digestText())
})
