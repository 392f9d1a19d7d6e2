import { describe, expect, it } from 'vitest'
import { parseCommand, parseScenario } from '../../engine/scenario/parse.ts'
import { presetNamed, PRESETS } from '../../engine/scenario/presets/index.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import { paramDefaults, SPACE_KINDS, SPACE_PARAMS } from '../../engine/scenario/spaceParams.ts'
import { isLive, rangeScale, scenarioAt, setOps } from './liveParameters.ts'
import type { Parameter } from './parameters.ts'
import { spaceSections } from './spaceParameters.ts'

/** The preset of a model where there is one, else the model in a plain world. */
function scenarioOf(kind: (typeof SPACE_KINDS)[number]): Scenario {
  const preset = PRESETS.find(({ scenario }) => scenario.space?.kind === kind)
  if (preset) return preset.scenario
  const parsed = parseScenario({ space: { kind, edges: 'walls', params: paramDefaults(kind) } })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

const valuesOf = (p: Parameter): readonly (number | string)[] =>
  p.type === 'choice' ? p.options.map((o) => o.value) : [0, 0.5, 1].map(rangeScale(p).value)

describe.each(SPACE_KINDS)('parameters of %s', (kind) => {
  const scenario = scenarioOf(kind)
  const [model, world] = spaceSections(scenario)

  it('are all there, under names of their own', () => {
    expect(model!.parameters.map(({ path }) => path)).toEqual(
      Object.keys(SPACE_PARAMS[kind]).map((name) => `space.params.${name}`),
    )
    const labels = [...model!.parameters, ...world!.parameters].map(({ label }) => label)
    expect(new Set(labels).size).toBe(labels.length)
  })

  it('offer only values that the scenario’s own door accepts, now as well as from the start', () => {
    for (const p of model!.parameters)
      for (const value of valuesOf(p)) {
        const settings = p.sets(scenario, value as never)
        const live = setOps(settings)!.map((op) => parseCommand({ at: 1, ...op }, scenario))
        if (p.type === 'choice') continue
        expect(assignFields(scenario, settings), `${p.path} = ${value}`).toMatchObject({ ok: true })
        for (const answer of live) expect(answer, `${p.path} = ${value}`).toMatchObject({ ok: true })
      }
  })

  it('show the value that holds, within three hundredths', () => {
    for (const p of model!.parameters) {
      if (p.type !== 'slider') continue
      const scale = rangeScale(p)
      const now = p.get(scenario)
      expect(Math.abs(scale.value(scale.position(now)) - now), p.path).toBeLessThanOrEqual(0.03 * Math.abs(now) + 1e-9)
    }
  })
})

describe('parameters of a world', () => {
  const { scenario } = presetNamed('double-bridge')!

  it('are its edges and its sides, and count from the start alone', () => {
    const [, world] = spaceSections(scenario)
    expect(world!.parameters.map(({ path }) => path)).toEqual(['space.edges', 'space.width', 'space.height'])
    expect(world!.parameters.some(isLive)).toBe(false)
    expect(spaceSections({ ...scenario, space: null })).toEqual([])
  })

  it('a model’s parameter is set while it runs by a command to the space, and is shown from then on', () => {
    const settings = [['space.params.evaporationPerSecond', 0.5]] as const
    const [op] = setOps(settings)!
    expect(op).toEqual({ op: 'set', agent: 'all', program: 'space', param: 'evaporationPerSecond', value: 0.5 })
    const log = [{ at: 10, ...op! }]
    const fades = (timeUs: number) => scenarioAt(scenario, log, timeUs).space!.params['evaporationPerSecond']
    expect([9, 10].map(fades)).toEqual([0, 0.5])
  })
})
