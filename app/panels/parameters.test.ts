import { describe, expect, it } from 'vitest'
import { PRESETS } from '../../engine/scenario/presets/index.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import { meanUs, PARAMETERS, stretch } from './parameters.ts'

describe('parameters', () => {
  it('offers only settings that the scenario’s own door accepts, for every built-in scenario', () => {
    for (const { scenario } of PRESETS)
      for (const p of PARAMETERS) {
        if (!p.applies(scenario)) continue
        const settings = p.type === 'slider' ? p.sets(scenario, p.get(scenario)) : p.sets(scenario, p.get(scenario))
        expect(assignFields(scenario, settings), `${scenario.name}: ${p.path}`).toMatchObject({ ok: true })
      }
  })
  it('stretches a latency law to the mean it is asked for', () => {
    const law = stretch({ kind: 'exponential', floorUs: 2_500, meanUs: 5_000 }, 15_000)
    expect(law).toEqual({ kind: 'exponential', floorUs: 5_000, meanUs: 10_000 })
    expect(meanUs(law)).toBe(15_000)
  })
  it('never lets a floor fall below 1 µs', () =>
    expect(stretch({ kind: 'uniform', minUs: 1, maxUs: 999 }, 50)).toMatchObject({ minUs: 1 }))
})
