import { describe, expect, it } from 'vitest'
import { figureOf, sourceOf } from '../collective/detectors.ts'
import { LINKED_WITHIN } from '../collective/linkDistance.ts'
import { micros } from '../kernel/units.ts'
import { LocalRun } from '../LocalRun.ts'
import { SPACE_MODELS } from '../spaceModels.ts'
import { DETECTOR_KINDS } from './names.ts'
import { parseScenario } from './parse.ts'
import { PRESETS } from './presets/index.ts'
import type { DetectorSpec, SpaceSpec } from './Scenario.ts'
import {
  COMPANIES,
  DETECTOR_FIGURES,
  detectorFigure,
  FIELDS,
  figuresOf,
  knownFigures,
  MODEL_FIGURES,
} from './spaceFigures.ts'
import { paramDefaults, SPACE_DEFAULTS, SPACE_KINDS, SPACE_PARAMS } from './spaceParams.ts'

const spaceOf = (kind: SpaceSpec['kind'], detectors: readonly DetectorSpec[] = []): SpaceSpec => ({
  ...SPACE_DEFAULTS,
  ...{ kind, params: paramDefaults(kind), detectors },
})

describe('figures that other rooms own', () => {
  const moving = PRESETS.filter(({ scenario }) => scenario.space !== null)
  it.each(moving.map(({ scenario }) => [scenario.name, scenario] as const))(
    'measurements of %s have the figures that are listed for them',
    (_, scenario) => {
      const space = scenario.space!
      const run = new LocalRun({ ...scenario, faults: [], space: { ...space, measureEvery: 1 } })
      run.runTo(micros(2 * space.stepUs + 1))
      const mark = run.takeMarks().find(({ program, body }) => program === 'space' && body.kind === 'measure')!
      const { kind: _kind, clusterSizes: _sizes, ...figures } = mark.body
      const listed = figuresOf(space)
      expect(Object.keys(figures).filter((name) => !listed.includes(name))).toEqual([])
      expect(MODEL_FIGURES[space.kind].filter((name) => !(name in figures))).toEqual([])
    },
  )

  it('models keep company within parameters that they have, and have fields where they show one', () => {
    for (const kind of SPACE_KINDS)
      for (const param of LINKED_WITHIN[kind] ?? [])
        expect([kind, Object.keys(SPACE_PARAMS[kind])]).toEqual([kind, expect.arrayContaining([param])])
    expect([...COMPANIES].sort()).toEqual(Object.keys(LINKED_WITHIN).sort())
    for (const { kind, layers } of SPACE_MODELS)
      expect([kind, FIELDS.includes(kind)]).toEqual([kind, layers.length > 0])
  })

  it('detectors watch the figures that collective/detectors.ts says', () => {
    for (const kind of DETECTOR_KINDS)
      for (const of of [undefined, 'mass']) {
        const spec: DetectorSpec = { kind, threshold: 1, forUs: 0, ...(of && { of }) }
        expect(detectorFigure(spec)).toBe(figureOf(spec))
        if (of === undefined && kind !== 'oscillation' && kind !== 'collapse')
          expect(DETECTOR_FIGURES[kind]).toBe(sourceOf(spec))
      }
  })
})

describe('a detector', () => {
  const parsed = (detector: object, kind = 'vicsek') =>
    parseScenario({
      ...{ topology: { kind: 'none' }, programs: [] },
      space: { kind, width: 20, height: 20, detectors: [{ threshold: 0.5, ...detector }] },
    })

  it('may name any figure that is measured', () => {
    for (const of of knownFigures(spaceOf('vicsek')))
      expect(parsed({ kind: 'collapse', of })).toMatchObject({ ok: true })
  })

  it('is refused with its field and value where it could never notice anything', () => {
    expect(parsed({ kind: 'flock', of: 'mass' })).toMatchObject({
      error: expect.stringMatching(/^space\.detectors\[0\]\.of: "mass" is not one of alive, /),
    })
    expect(parsed({ kind: 'trail' })).toMatchObject({
      error: 'space.detectors[0].kind: "trail" needs a model with a field, and "vicsek" has none',
    })
    expect(parsed({ kind: 'flock', of: 'Mass!' })).toMatchObject({
      error: 'space.detectors[0].of: "Mass!" is not a name in camelCase',
    })
    expect(parsed({ kind: 'herd' })).toMatchObject({
      error: expect.stringMatching(/^space\.detectors\[0\]\.kind: "herd"/),
    })
    expect(parsed({ kind: 'flock', threshold: -1 })).toMatchObject({
      error: 'space.detectors[0].threshold: -1 is outside 0..1000000',
    })
  })
})
