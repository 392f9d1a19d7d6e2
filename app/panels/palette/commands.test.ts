import { expect, it } from 'vitest'
import { PRESETS } from '../../../engine/scenario/presets/index.ts'
import { DEFAULT_KEYS, KEY_ACTIONS } from '../../state/keys.ts'
import { LEFT_PANELS, RIGHT_PANELS } from '../../state/panels.ts'
import { paletteGroups } from './commands.ts'

const all = paletteGroups(PRESETS, DEFAULT_KEYS).flatMap(({ commands }) => commands)

it('has a command for every key, every panel and every scenario, each once', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  const ids = all.map(({ id }) => id)
  for (const action of Object.keys(KEY_ACTIONS)) expect(ids).toContain(`key ${action}`)
  for (const panel of [...LEFT_PANELS, ...RIGHT_PANELS]) expect(ids).toContain(`panel ${panel}`)
  for (const { scenario } of PRESETS) expect(ids).toContain(`scenario ${scenario.name}`)
})
