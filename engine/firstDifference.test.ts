import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Mark } from './agents/Program.ts'
import { EVENT } from './agents/agentState.ts'
import { firstDifference, type SetUp } from './firstDifference.ts'
import { keyText } from './kernel/key.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { presetNamed } from './scenario/presets/index.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import { setFields } from './scenario/set.ts'

const UNTIL = 2_000_000
const changed = (from: Scenario, ...sets: string[]): Scenario => {
  const set = setFields(from, sets)
  if (!set.ok) throw new Error(set.error)
  return set.value
}
/** Links slow enough that there is always something under way. */
const scenario = changed(presetNamed('raft-lan')!.scenario, 'network.latency={"kind":"constant","us":15000}')
const log = scenario.faults

/** Names of the messages under way at `t`, with when they arrive. */
function flying(t: number) {
  const run = new LocalRun(scenario)
  run.runTo(micros(t))
  return run.shards[0]!.pending().filter((row) => row.type === EVENT.arrive)
}

/** The whole history of a run, by brute force: one line an event, with what its handler told. */
function lines(setUp: SetUp): { time: number; text: string }[] {
  const run = new LocalRun(setUp.scenario, { history: 1 << 20 })
  run.setLog(setUp.log)
  run.runTo(micros(UNTIL))
  const { messageKinds } = run.plan
  const told: { [key: string]: Mark[] } = {}
  for (const mark of run.takeMarks()) (told[keyText(mark.key)] ??= []).push(mark)
  return run.shards[0]!.history.last(1 << 20).map(({ key, type, kind, heard }) => ({
    time: key.time,
    text: JSON.stringify([keyText(key), type, messageKinds[kind], heard, told[keyText(key)] ?? []]),
  }))
}

function oracle(a: SetUp, b: SetUp): number | null {
  const [x, y] = [lines(a), lines(b)]
  const i = x.findIndex((line, at) => line.text !== y[at]?.text)
  if (i < 0) return y[x.length]?.time ?? null
  return Math.min(x[i]!.time, y[i]?.time ?? Infinity)
}

describe('firstDifference', () => {
  it('finds nothing between a run and itself', () => {
    expect(firstDifference({ scenario, log }, { scenario: structuredClone(scenario), log }, UNTIL)).toBeNull()
  })

  it('names the command that drops one message', () => {
    const [message] = flying(600_000)
    const drop: Command = { at: 600_000, op: 'dropMessage', src: message!.src, seq: message!.seq }
    const found = firstDifference({ scenario, log }, { scenario, log: [...log, drop] }, UNTIL)
    expect(found).toMatchObject({ key: { time: 600_000 }, only: 'second', what: expect.stringContaining('dropped') })
  })

  it('from a cut where one message is gone names exactly its arrival', () => {
    const [message] = flying(600_000)
    const run = new LocalRun(scenario)
    run.runTo(micros(600_000))
    const parts = run.snapshot()
    const without = parts.map((part) => ({
      ...part,
      events: part.events.filter(({ src, seq }) => src !== message!.src || seq !== message!.seq),
    }))
    const found = firstDifference({ scenario, log, parts }, { scenario, log, parts: without }, UNTIL)!
    const { time, dst, src, seq } = message!
    expect(found.key).toEqual({ time, dst, src, seq })
    expect(found).toMatchObject({ only: 'first', what: expect.stringContaining(' reaches ') })
    expect(found.insteadUs).toBeGreaterThanOrEqual(time)
  })

  it('tells apart two commands at the same place of two logs', () => {
    const crash = (agent: number): Command[] => [{ at: 500_000, op: 'crash', agent }]
    const found = firstDifference({ scenario, log: crash(1) }, { scenario, log: crash(2) }, UNTIL)!
    expect(found).toMatchObject({ key: { time: 500_000 }, only: 'neither' })
    expect(found.what).not.toBe(found.instead)
  })

  it('of what moves names the figures that differ, at the first measurement', () => {
    const moving = presetNamed('couzin')!.scenario
    const other = changed(moving, 'space.params.repulsionRadius=2')
    const found = firstDifference({ scenario: moving, log: [] }, { scenario: other, log: [] }, 3_000_000)!
    const { stepUs, measureEvery } = moving.space!
    expect(found).toMatchObject({ key: { time: stepUs * measureEvery }, only: 'neither' })
    for (const text of [found.what, found.instead])
      expect(text).toMatch(/^a step of the bodies, and tells polarisation 0\.\d{1,5}, milling 0\.\d{1,5}(, |$)/)
    expect(found.what).not.toBe(found.instead)
  })

  it('agrees with a comparison of both whole histories, line by line', () => {
    const field = fc.constantFrom('network.loss=0.02', 'network.duplicate=0.01', 'seed=99', 'topology.kind=ring')
    const crash = fc.record({ at: fc.integer({ min: 0, max: UNTIL }), agent: fc.integer({ min: 0, max: 4 }) })
    fc.assert(
      fc.property(fc.option(field), fc.array(crash, { maxLength: 2 }), (set, crashes) => {
        const here = { scenario, log }
        const faults = crashes.sort((x, y) => x.at - y.at).map(({ at, agent }): Command => ({ at, op: 'crash', agent }))
        const there = { scenario: set === null ? scenario : changed(scenario, set), log: [...log, ...faults] }
        expect(firstDifference(here, there, UNTIL)?.key.time ?? null).toBe(oracle(here, there))
      }),
      { numRuns: 15 },
    )
  })
})
