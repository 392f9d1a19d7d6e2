import { expect, it } from 'vitest'
import { PRESETS } from '../../../engine/scenario/presets/index.ts'
import { DEFAULT_KEYS, KEY_ACTIONS } from '../../state/keys.ts'
import { LEFT_PANELS, RIGHT_PANELS } from '../../state/panels.ts'
import { paletteGroups, paletteScore } from './commands.ts'

const all = paletteGroups(PRESETS, DEFAULT_KEYS).flatMap(({ commands }) => commands)

it('has a command for every key, every panel and every scenario, each once', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  const ids = all.map(({ id }) => id)
  for (const action of Object.keys(KEY_ACTIONS)) expect(ids).toContain(`key ${action}`)
  for (const panel of [...LEFT_PANELS, ...RIGHT_PANELS]) expect(ids).toContain(`panel ${panel}`)
  for (const { scenario } of PRESETS) expect(ids).toContain(`scenario ${scenario.name}`)
})

it('finds what has every word that was typed, by title first, and nothing by letters strewn about', () => {
  const found = (search: string): readonly string[] =>
    all
      .map(({ id, title, words }) => ({ id, score: paletteScore(`${title} ${id}`, search, [words]) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ id }) => id)
  expect(found('zzzz')).toEqual([])
  expect(found('leader crash')).toContain('key crash')
  expect(found('theme')).toEqual(['theme system', 'theme dark', 'theme light'])
  expect(found('chaos')[0]).toBe('panel chaos')
  expect(found('SWIM')[0]).toBe('scenario swim')
})
