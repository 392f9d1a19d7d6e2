import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../engine/scenario/parse.ts'
import { slug } from './library.ts'
import { newId } from './newId.ts'

describe('what a scenario of one’s own is called', () => {
  it.each(['Five regions, one leader', 'São Paulo  &  Tokyo!', '東京', '---', 'x'.repeat(300), 'a'.repeat(55) + ' b'])(
    'is a name that the parser takes, whatever the title: %s',
    (title) => {
      const parsed = parseScenario({ name: `${slug(title)}-123`, programs: [{ kind: 'raft' }] })
      expect(parsed.ok || parsed.error).toBe(true)
    },
  )
  it('says what the title says', () => {
    expect(slug('Five regions, one leader')).toBe('five-regions-one-leader')
    expect(slug('São Paulo & Tokyo!')).toBe('sao-paulo-tokyo')
  })
  it('is found under an id of its own', () => expect(new Set(Array.from({ length: 50 }, newId)).size).toBe(50))
})
