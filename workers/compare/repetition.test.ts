import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import type { Command } from '../../engine/scenario/Scenario.ts'
import { MEASURES } from './measureNames.ts'
import { compareRun, type ComparedRun } from './measures.ts'
import { pairedDifference } from './paired.ts'
import { repetition } from './repetition.ts'

const { scenario } = presetNamed('raft-partition')!
const crash: Command = { at: 1_000_000, op: 'crash', agent: 0 }
const drop: Command = { at: 1_000_000, op: 'dropMessage', src: 0, seq: 3 }

describe('repetition', () => {
  it('keeps the schedule and what people did, under a seed so much further on', () => {
    const again = repetition(scenario, [...scenario.faults, crash], 5)
    expect(again.seed).toBe(scenario.seed + 5)
    expect(again.faults).toEqual([...scenario.faults, crash])
  })

  it('leaves out what was done to single messages, which another seed does not have', () => {
    expect(repetition(scenario, [...scenario.faults, drop, crash], 1).faults).toEqual([...scenario.faults, crash])
  })

  it('takes a schedule that was edited as it stands', () => {
    expect(repetition(scenario, [crash], 1).faults).toEqual([crash])
  })

  it('stays within 32 bits', () => {
    expect(repetition({ ...scenario, seed: 0xffffffff }, scenario.faults, 1).seed).toBe(0)
  })
})

describe('a comparison over seeds', () => {
  const figures = (loss: number, by: number): ComparedRun['figures'] =>
    compareRun({ ...repetition(scenario, scenario.faults, by), network: { ...scenario.network, loss } }, 2_000_000)
      .figures

  it('finds that lost messages are lost, and that equal set-ups do not differ in anything', () => {
    const [none, some] = [0, 0.05].map((loss) => [0, 1, 2, 3].map((by) => figures(loss, by)))
    const column = (rows: readonly ComparedRun['figures'][], name: string) => rows.map((row) => row[name]!)
    expect(pairedDifference(column(none!, 'losses'), column(some!, 'losses'))).toMatchObject({
      k: 4,
      excludesZero: true,
    })
    for (const { name } of MEASURES)
      expect(pairedDifference(column(none!, name), column(none!, name)).excludesZero).toBe(false)
  })
})
