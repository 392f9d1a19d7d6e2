import { describe, expect, it } from 'vitest'
import { newSide } from '../../state/compare.ts'
import { presetNamed } from '../../../engine/scenario/presets/index.ts'
import { MEASURES } from '../../../workers/compare/comparison.ts'
import { countBefore, differenceText, figuresAt, figureText } from './figures.ts'

const { scenario } = presetNamed('raft-lan')!
const side = {
  ...newSide(1, { scenario, log: [] }),
  tally: { electedUs: [200_000, 900_000], doneUs: [300_000, 400_000, 500_000] },
}
const figure = (name: string, timeUs: number): number | null =>
  figuresAt(side, timeUs)[MEASURES.findIndex((m) => m.name === name)]!

describe('figuresAt', () => {
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
