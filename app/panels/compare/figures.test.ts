import { describe, expect, it } from 'vitest'
import { newSide } from '../../state/compare.ts'
import { presetNamed } from '../../../engine/scenario/presets/index.ts'
import { parseScenario } from '../../../engine/scenario/parse.ts'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { MEASURES, measuresOf, type Measure } from '../../../workers/compare/comparison.ts'
import { countBefore, differenceText, figureAt, figureText, titleOf } from './figures.ts'

const { scenario } = presetNamed('raft-lan')!
const side = {
  ...newSide(1, { scenario, log: [] }),
  tally: { electedUs: [200_000, 900_000], doneUs: [300_000, 400_000, 500_000] },
}
const figure = (name: string, timeUs: number): number | null =>
  figureAt(
    side,
    MEASURES.find((m) => m.name === name)!,
    timeUs,
  )

describe('figureAt', () => {
  it('counts what happened before the time on screen, so that going back counts back', () => {
    expect([100_000, 200_000, 200_001, 1_000_000].map((t) => figure('elections', t))).toEqual([0, 0, 1, 2])
    expect(figure('operations_ok', 450_000)).toBe(2)
  })

  it('knows of no first leader before there is one', () => {
    expect(figure('first_leader_us', 200_000)).toBeNull()
    expect(figure('first_leader_us', 200_001)).toBe(200_000)
  })
})

describe('countBefore', () => {
  it('is how many lie below', () => {
    const times = [1, 3, 3, 7]
    for (const t of [0, 1, 2, 3, 4, 7, 8]) expect(countBefore(times, t)).toBe(times.filter((x) => x < t).length)
  })
})

describe('the words of figures', () => {
  it('carry a sign and a unit where they are differences', () => {
    expect(differenceText(12_345, 'count')).toBe('+12,345')
    expect(differenceText(-0.5, 'count')).toBe('−0.5')
    expect(differenceText(-3097.25, 'count')).toBe('−3,097')
    expect(differenceText(-1_500, 'us')).toBe('−1.5 ms')
    expect(differenceText(0, 'count')).toBe('0')
    expect(figureText(null, 'us')).toBe('–')
  })
})

describe('figures of what moves', () => {
  const bucket = (index: number, polarisation: number) => ({
    ...{ index, events: 0, sent: 0, delivered: 0, lost: 0 },
    gauges: { polarisation },
  })
  const moving = { ...side, series: [bucket(0, 0.2), bucket(20, 0.4), bucket(40, 0.6), bucket(60, 1)] }
  const measure = (how: string): Measure => ({ name: `polarisation_${how}`, title: 'polarisation', unit: 'own' })

  it('are the last measurement before the time on screen, and the mean over the later half of those', () => {
    expect([0, 1, 1_500_000, 9e6].map((t) => figureAt(moving, measure('last'), t))).toEqual([null, 0.2, 0.4, 1])
    expect(figureAt(moving, measure('mean'), 9e6)).toBeCloseTo(0.8)
    expect(figureAt(moving, measure('mean'), 0)).toBeNull()
  })

  it('are called by their words', () => {
    expect(titleOf(measure('last'))).toBe('Polarisation')
    expect(titleOf(measure('mean'))).toBe('Polarisation, mean of the later half')
  })

  it('stand in place of what is told of messages where there are only bodies', () => {
    const parsed = parseScenario({ topology: { kind: 'none' }, programs: [], space: { kind: 'couzin', dimensions: 3 } })
    const bodies = parsed.ok ? [parsed.value] : []
    const names = (scenarios: readonly Scenario[]): readonly string[] => measuresOf(scenarios).map(({ name }) => name)
    expect(names(bodies).slice(0, 3)).toEqual(['checks_broken', 'alive_last', 'alive_mean'])
    expect(names([scenario, ...bodies])).toEqual(expect.arrayContaining(['messages', 'milling_mean']))
    expect(names([scenario])).not.toContain('tasks_done')
    expect(names([scenario])).toContain('elections')
    const tasks = { ...scenario, tasks: { workload: {} } } as unknown as Scenario
    expect(names([tasks])).toEqual(expect.arrayContaining(['messages', 'tasks_done', 'task_response_p99_us']))
    expect(names([tasks])).not.toContain('elections')
  })

  it('tell of tasks what had happened by the time on screen', () => {
    const at = newSide(2, { scenario: { ...scenario, tasks: { workload: {} } } as unknown as Scenario, log: [] })
    const mark = (time: number, kind: string, fields: object) =>
      ({ key: { time }, index: 0, agent: 0, program: 'distributor', body: { kind, task: time, ...fields } }) as never
    at.book.take([mark(10, 'done', { tookUs: 4 }), mark(20, 'done', { tookUs: 8 }), mark(25, 'failed', {})], true)
    const told = (name: string, timeUs: number) =>
      figureAt(
        at,
        MEASURES.find((m) => m.name === name)!,
        timeUs,
      )
    expect([told('tasks_done', 15), told('tasks_done', 30), told('tasks_failed', 30)]).toEqual([1, 2, 1])
    expect([told('task_response_mean_us', 30), told('task_start_mean_us', 30)]).toEqual([6, null])
  })
})
