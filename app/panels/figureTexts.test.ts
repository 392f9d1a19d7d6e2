import { expect, it } from 'vitest'
import { knownFigures, MODEL_FIGURES } from '../../engine/scenario/spaceFigures.ts'
import { SPACE_KINDS } from '../../engine/scenario/spaceParams.ts'
import type { SpaceSpec } from '../../engine/scenario/Scenario.ts'
import { FIGURE_TEXTS, figureText, MAIN_FIGURES } from './figureTexts.ts'

it.each(SPACE_KINDS)('every figure of %s has words of its own, and charts show figures it has', (kind) => {
  const known = knownFigures({ kind } as SpaceSpec)
  expect(known.filter((name) => !(name in FIGURE_TEXTS))).toEqual([])
  expect(MAIN_FIGURES[kind].filter((name) => !known.includes(name))).toEqual([])
})

it('has words for no figure that there is not', () => {
  const known = new Set([...SPACE_KINDS.flatMap((kind) => knownFigures({ kind } as SpaceSpec))])
  expect(Object.keys(FIGURE_TEXTS).filter((name) => !known.has(name))).toEqual([])
  expect(Object.keys(MODEL_FIGURES)).toEqual(Object.keys(MAIN_FIGURES))
})

it.each([
  ['collapse', 'Fall'],
  ['collapseMass', 'Fall of scent in all'],
  ['oscillation', 'Swing'],
  ['oscillationPeriod', 'Period'],
  ['oscillationShareLeft', 'Swing of share on the left'],
  ['oscillationShareLeftPeriod', 'Period of share on the left'],
  ['somethingElse', 'Something else'],
])('a series is called after what it is of: %s', (name, words) => expect(figureText(name).words).toBe(words))
