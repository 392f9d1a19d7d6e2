import { describe, expect, it } from 'vitest'
import type { DetectorSpec } from '../scenario/Scenario.ts'
import { Detectors, detectorSlots, endsBelow, figureOf, seriesSlots } from './detectors.ts'
import { HISTORY } from './oscillation.ts'

/** What is said of a figure that is measured once a millisecond. */
function told(spec: DetectorSpec, values: readonly number[], figure = figureOf(spec)) {
  const detectors = fresh(spec)
  return values.flatMap((value, i) =>
    detectors.judge(1_000 * (i + 1), { [figure]: value }).map(({ kind, onsetUs, endUs }) => [kind, onsetUs, endUs]),
  )
}
const fresh = (spec: DetectorSpec): Detectors =>
  new Detectors([spec], new Float64Array(detectorSlots([spec])), new Float64Array(seriesSlots([spec])))

describe('a detection', () => {
  const flock: DetectorSpec = { kind: 'flock', threshold: 0.8, forUs: 2_000 }

  it('comes when the figure has stayed at the threshold long enough, and began when it first got there', () => {
    expect(told(flock, [0.1, 0.8, 0.9, 0.8, 0.9])).toEqual([['emerged', 2_000, undefined]])
    expect(told({ ...flock, forUs: 0 }, [0.1, 0.8])).toEqual([['emerged', 2_000, undefined]])
  })

  it('does not come where the figure falls back in between', () => {
    expect(told(flock, [0.9, 0.9, 0.79, 0.9, 0.9, 0.7])).toEqual([])
  })

  it('is over when the figure has stayed below nine tenths of the threshold as long', () => {
    const there = [0.8, 0.8, 0.8]
    expect(told(flock, [...there, 0.73, 0.73, 0.73, 0.73])).toEqual([['emerged', 1_000, undefined]])
    expect(told(flock, [...there, 0.71, 0.71, 0.73, 0.71, 0.71, 0.71])).toEqual([
      ['emerged', 1_000, undefined],
      ['dissolved', 1_000, 7_000],
    ])
  })

  it('can come again', () => {
    const spec = { ...flock, forUs: 0 }
    expect(told(spec, [0.9, 0, 0.9]).map(([kind]) => kind)).toEqual(['emerged', 'dissolved', 'emerged'])
  })

  it('of broken symmetry is measured from one half, where an even split is', () => {
    expect(endsBelow({ kind: 'symmetry', threshold: 0.6, forUs: 0 }, 'largerShare')).toBeCloseTo(0.59)
    expect(endsBelow(flock, 'polarisation')).toBeCloseTo(0.72)
  })

  it('does not come of a figure that is not a number', () => {
    expect(told({ ...flock, forUs: 0 }, [NaN, NaN])).toEqual([])
    expect(told({ ...flock, forUs: 0 }, [1, 1], 'order')).toEqual([])
  })
})

describe('a series', () => {
  it('of a collapse is compared with its recent maximum', () => {
    const detectors = fresh({ kind: 'collapse', threshold: 0.5, forUs: 0, of: 'mass' })
    const falls = [10, 40, 40, 30, 10].map((mass) => {
      const figures = { mass }
      detectors.take(figures)
      return (figures as { collapseMass?: number }).collapseMass
    })
    expect(falls).toEqual([0, 0, 0, 0.25, 0.75])
  })

  it('forgets what is older than its length', () => {
    const detectors = fresh({ kind: 'collapse', threshold: 0.5, forUs: 0 })
    let last: { alive: number; collapse?: number } = { alive: 100 }
    for (let i = 0; i <= HISTORY; i++) detectors.take((last = { alive: i === 0 ? 100 : 50 }))
    expect(last.collapse).toBe(0)
  })

  it('of an oscillation tells strength and period, in measurements', () => {
    const detectors = fresh({ kind: 'oscillation', threshold: 0.5, forUs: 0, of: 'mass' })
    let figures: { [name: string]: number } = {}
    for (let i = 0; i < 100; i++) detectors.take((figures = { mass: 3 + Math.cos((2 * Math.PI * i) / 12) }))
    expect(figures['oscillationMass']).toBeCloseTo(1, 2)
    expect(figures['oscillationMassPeriod']).toBeCloseTo(12, 1)
  })

  it('leaves out what is not finite: the columns stay sound', () => {
    const spec: DetectorSpec = { kind: 'collapse', threshold: 0.5, forUs: 0 }
    const series = new Float64Array(seriesSlots([spec]))
    const detectors = new Detectors([spec], new Float64Array(detectorSlots([spec])), series)
    for (const alive of [NaN, Infinity, 3]) detectors.take({ alive })
    expect([...series.subarray(0, 2)]).toEqual([3, 0])
  })
})
