import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../../engine/scenario/parse.ts'
import { presetNamed } from '../../../engine/scenario/presets/index.ts'
import { columnsOf, PointMeans, SweepPlan, type Axis, type Row } from '../../../workers/sweep/sweepClient.ts'
import { facetsOf, measuresShown, pointText, ticksOf, valueTextOf } from './facets.ts'
import { leftText } from './SweepProgress.tsx'

const text = valueTextOf([{ path: 'network.loss', text: (value) => `${100 * Number(value)} %` }])

/** A plan whose every row measures what `messages` says of its values and seed. */
function measured(axes: readonly Axis[], messages: (run: number) => number | null, upTo = Infinity) {
  const { scenario } = presetNamed('raft-lan')!
  const plan = new SweepPlan({ scenario, axes, repeat: 2, untilUs: 1, stop: null })
  const means = new PointMeans(plan)
  const columns = columnsOf(plan.spec)
  for (let run = 0; run < Math.min(plan.runs, upTo); run++)
    means.take(
      columns.map(({ name }) =>
        name === 'run' ? run : name === 'messages' ? messages(run) : name === 'invariants_ok' ? run !== 1 : null,
      ) as Row,
    )
  return { plan, means }
}
const LOSS: Axis = { path: 'network.loss', values: [0, 0.1, 0.4] }
const KIND: Axis = { path: 'topology.kind', values: ['mesh', 'ring'] }

describe('small multiples', () => {
  it('one parameter: a chart for each measure that any run shows', () => {
    const { plan, means } = measured([LOSS], (run) => 10 * run)
    expect(measuresShown(plan, means)).toEqual(['messages'])
    const [facet, ...others] = facetsOf(plan, means, 'messages', text)
    expect(others).toEqual([])
    expect(facet!.points.map(({ point, x, label, mean }) => [point, x, label, mean])).toEqual([
      [0, 0, '0 %', 5],
      [1, 0.1, '10 %', 25],
      [2, 0.4, '40 %', 45],
    ])
    expect(facet!.points[0]!.half, '12.706 · 7.071 / √2').toBeCloseTo(63.53, 2)
    expect(pointText(facet!, facet!.points[0]!)).toBe('0 %, messages: 5 ± 63.5, 2 runs, 1 broke a safety condition')
  })

  it('several parameters: over the first, a chart for each product of the others, on one scale', () => {
    const { plan, means } = measured([LOSS, KIND], (run) => 100 + run)
    const facets = facetsOf(plan, means, 'messages', text)
    expect(facets.map(({ title }) => title)).toEqual(['mesh', 'ring'])
    expect(facets.map(({ points }) => points.map(({ point }) => point))).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ])
    expect(facets[0]!.ticks).toEqual(facets[1]!.ticks)
  })

  it('texts stand side by side, and places that have not been run yet keep their room', () => {
    const { plan, means } = measured([KIND], () => 1, 2)
    const [facet] = facetsOf(plan, means, 'messages', text)
    expect(facet).toMatchObject({
      isNumeric: false,
      places: [
        { x: 0, label: 'mesh' },
        { x: 1, label: 'ring' },
      ],
    })
    expect(facet!.points.length).toBe(1)
  })

  it('no parameter has no chart', () => {
    const { plan, means } = measured([], () => 1)
    expect(facetsOf(plan, means, 'messages', text)).toEqual([])
  })
})

it('ticks enclose what they are for, at equal steps of 1, 2 or 5', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
      (lo, width) => {
        const ticks = ticksOf(lo, lo + width, 3)
        const slack = 1e-8 * (lo + width)
        expect(ticks[0]!).toBeLessThanOrEqual(lo + slack)
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(lo + width - slack)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks.length).toBeGreaterThanOrEqual(2)
      },
    ),
  )
  expect(ticksOf(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3])
  expect(ticksOf(480, 1_530, 3)).toEqual([0, 500, 1_000, 1_500, 2_000])
})

it('time left is as precise as a guess can be', () => {
  expect([1, 1_500, 119_000, 121_000, 7_100_000, 7_300_000].map(leftText)).toEqual([
    '1 s',
    '2 s',
    '119 s',
    '3 min',
    '119 min',
    '3 h',
  ])
})

it('of what moves, the charts are the figures of its measurements, those that say most first', () => {
  const parsed = parseScenario({
    ...{ topology: { kind: 'none' }, programs: [] },
    space: { kind: 'vicsek', width: 20, height: 20, detectors: [{ kind: 'collapse', threshold: 0.5 }] },
  })
  if (!parsed.ok) throw new Error(parsed.error)
  const axes = [{ path: 'space.params.noiseRad', values: [1, 2] }]
  const plan = new SweepPlan({ scenario: parsed.value, axes, repeat: 1, untilUs: 1, stop: null })
  const means = new PointMeans(plan)
  for (const run of [0, 1])
    means.take(
      columnsOf(plan.spec).map(({ name }) => (name === 'run' ? run : name === 'events' ? 9 : run + 0.5)) as Row,
    )
  const titles = facetsOf(plan, means, 'messages', text).map(({ title }) => title)
  expect(titles.slice(0, 3)).toEqual([
    'Polarisation, mean of the later half',
    'Share in the largest group, mean of the later half',
    'Fall, mean of the later half',
  ])
  expect(titles).not.toContain('events')
})
