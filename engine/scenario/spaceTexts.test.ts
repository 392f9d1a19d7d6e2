import { expect, it } from 'vitest'
import { SPACE_KINDS, SPACE_PARAMS } from './spaceParams.ts'
import { paramText, SPACE_TEXTS } from './spaceTexts.ts'

it.each(SPACE_KINDS)('every parameter of %s has a text, every word of it is explained, and nothing else is', (kind) => {
  const texts = SPACE_TEXTS[kind].params
  expect(Object.keys(texts).sort()).toEqual(Object.keys(SPACE_PARAMS[kind]).sort())
  for (const [name, rule] of Object.entries(SPACE_PARAMS[kind])) {
    const [label, , words = {}] = texts[name]!
    expect(label).toMatch(/^[A-Z]/)
    expect(Object.keys(words).sort(), `${kind}.${name}`).toEqual('of' in rule ? [...rule.of].sort() : [])
  }
})

it('no two parameters of a model are called the same', () => {
  for (const kind of SPACE_KINDS) {
    const labels = Object.values(SPACE_TEXTS[kind].params).map(([label]) => label)
    expect(new Set(labels).size, kind).toBe(labels.length)
  }
})

it('calls what has no text yet by its own name', () => {
  expect(paramText('bridge', 'wanderLust')).toEqual(['Wander lust'])
})
