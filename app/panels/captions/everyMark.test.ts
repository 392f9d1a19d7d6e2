import { describe, expect, it } from 'vitest'
import { micros } from '../../../engine/kernel/units.ts'
import { LocalRun } from '../../../engine/LocalRun.ts'
import '../../../engine/programs.ts'
import { PRESETS } from '../../../engine/scenario/presets/index.ts'
import { STRATEGIES } from '../../../engine/tasks/messages.ts'
import { marksOf } from '../../../engine/testing/taskRuns.ts'
import type { Mark } from '../../../engine/agents/Program.ts'
import { namesFor } from '../../state/names.ts'
import { CAPTIONS } from './index.ts'

const names = namesFor(null, null)
const words = (marks: readonly Mark[]): string[] => [
  ...new Set(marks.flatMap((mark) => CAPTIONS[mark.program]?.(mark, names)?.[0] ?? [])),
]
/** What shows when a caption reads a field that its mark does not have, or has as something else. */
const BROKEN = /NaN|undefined|null|Infinity|\[object/

describe('captions of what really happens', () => {
  it.each(PRESETS.filter(({ scenario }) => scenario.group === 'work').map((preset) => [preset.scenario.name, preset]))(
    '%s: every one is a whole sentence',
    (_, { scenario, openAtUs }) => {
      const run = new LocalRun(scenario)
      run.runTo(micros(Math.min(scenario.untilUs, openAtUs + 2_000_000)))
      expect(words(run.takeMarks()).filter((text) => BROKEN.test(text))).toEqual([])
    },
  )

  it.each(STRATEGIES)('%s: so is every one of a swarm with a crash and an alarm', (strategy) => {
    const marks = marksOf({
      ...{ workload: { arrivals: 'poisson', perSecond: 700, count: 2_000, meanUs: 15_000, kinds: 2 } },
      ...{ distributor: { strategy }, worker: { alarmAt: 0.2, clearAt: 0.1, failure: 0.05 } },
      rest: { faults: [{ at: 500_000, op: 'crash', agent: 4, forUs: 700_000 }], topology: { kind: 'hierarchical' } },
    })
    const told = words(marks)
    // Workers that ask for each task are never spared, and nothing trips.
    if (strategy !== 'central') expect(told.length).toBeGreaterThan(0)
    expect(told.filter((text) => BROKEN.test(text))).toEqual([])
  })
})
