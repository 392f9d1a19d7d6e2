import { describe, expect, it } from 'vitest'
import { parseScenario } from './parse.ts'

const HALF = 'half the smallest side of the world, 0 not included'
const space = (fields: object): ReturnType<typeof parseScenario> =>
  parseScenario({ topology: { kind: 'none' }, space: { width: 50, height: 40, depth: 30, ...fields } })
const refused = (fields: object): string => {
  const parsed = space(fields)
  return parsed.ok ? 'nothing was refused' : parsed.error
}
const couzin = (params: object): object => ({ kind: 'couzin', dimensions: 3, params })

describe('what cannot be is refused with field, value and bound', () => {
  it('the radius of the Vicsek model is above 0 and at most half the world', () => {
    expect(refused({ kind: 'vicsek', params: { radius: 0 } })).toBe(`space.params.radius: 0 is outside 0..20, ${HALF}`)
    expect(refused({ kind: 'vicsek', params: { radius: 20.5 } })).toMatch(/^space\.params\.radius: 20\.5 is outside/)
    expect(space({ kind: 'vicsek', params: { radius: 20 } })).toMatchObject({ ok: true })
    expect(refused({ kind: 'vicsek', dimensions: 3 })).toBe(
      'space.dimensions: 3 is not 2, the only one that vicsek is defined for',
    )
  })

  it('the three zones of the Couzin model together reach through at most half the world', () => {
    expect(refused(couzin({ orientationWidth: 0.5 }))).toBe(
      `space.params.attractionWidth: all three zones together, 15.5 is outside 0..15, ${HALF}`,
    )
    expect(space(couzin({ orientationWidth: 0 }))).toMatchObject({ ok: true })
    expect(refused(couzin({ repulsionRadius: 0, orientationWidth: 0 }))).toMatch(
      /^space\.params\.repulsionRadius: 0 is /,
    )
  })

  it('a width that is set during the run is held to the same bound', () => {
    const set = { at: 5, op: 'set', agent: 'all', program: 'space', param: 'orientationWidth', value: 2 }
    const parsed = parseScenario({
      topology: { kind: 'none' },
      space: { kind: 'couzin', dimensions: 3, width: 32, height: 32, depth: 32, params: { orientationWidth: 1 } },
      faults: [set],
    })
    expect(parsed).toMatchObject({
      error: `faults[0].value: all three zones together, 17 is outside 0..16, ${HALF}`,
    })
  })

  it('noise beyond the full circle, and a word for the update order that there is not', () => {
    expect(refused({ kind: 'vicsek', params: { noiseRad: 6.3 } })).toMatch(/^space\.params\.noiseRad: 6\.3 /)
    expect(refused({ kind: 'vicsek', params: { movesWith: 'next' } })).toMatch(/^space\.params\.movesWith: "next" /)
  })
})
