import { describe, expect, it } from 'vitest'
import { PROGRAM_DEFAULTS } from '../../engine/scenario/defaults.ts'
import { parseCommand } from '../../engine/scenario/parse.ts'
import { PRESETS, presetNamed } from '../../engine/scenario/presets/index.ts'
import type { Command } from '../../engine/scenario/Scenario.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import { isLive, possible, rangeScale, scenarioAt, setOps } from './liveParameters.ts'
import { PARAMETERS, type Parameter } from './parameters.ts'
import { labelOf } from './programLabels.ts'
import { boundsOf, programParameters } from './programParameters.ts'

const NOTHING = new Set<string>()

describe('parameters of programs', () => {
  it('gives every parameter of every program a control', () => {
    for (const { scenario } of PRESETS)
      for (const { kind, params } of scenario.programs) {
        const offered = programParameters(scenario, kind, NOTHING).map((p) => p.path)
        for (const [name, value] of Object.entries(params)) {
          if (typeof value !== 'number' && typeof value !== 'boolean') continue
          expect(offered, `${kind}.${name}`).toContain(`programs.${kind}.params.${name}`)
        }
      }
  })
  it('offers only values that the scenario’s own door accepts, now as well as from the start', () => {
    for (const { scenario } of PRESETS)
      for (const { kind } of scenario.programs)
        for (const p of programParameters(scenario, kind, NOTHING))
          for (const value of valuesOf(p)) {
            const settings = p.sets(scenario, value as never)
            if (p.fixed) continue
            for (const op of setOps(settings)!)
              expect(parseCommand({ at: 1, ...op }, scenario), `${p.path} = ${value}`).toMatchObject({ ok: true })
          }
  })
  it('shows the value that holds: a slider’s range reaches the default of every parameter', () => {
    for (const { scenario } of PRESETS)
      for (const { kind } of scenario.programs)
        for (const p of programParameters(scenario, kind, NOTHING)) {
          const normal = (PROGRAM_DEFAULTS as any)[kind].params[p.path.split('.').at(-1)!]
          if (p.type !== 'slider') continue
          const scale = rangeScale(p)
          const shown = scale.value(scale.position(normal))
          expect(Math.abs(shown - normal), p.path).toBeLessThanOrEqual(0.03 * normal)
        }
  })
  it('reads bounds from the door’s own words', () => {
    const { scenario } = presetNamed('raft-lan')!
    expect(boundsOf(scenario, 'raft', 'batchMax')).toEqual({ min: 1, max: 4_096, whole: true })
    expect(boundsOf(scenario, 'client', 'readFraction')).toEqual({ min: 0, max: 1, whole: false })
  })
  it('makes a label of a name', () => {
    expect(['replyTimeoutUs', 'hopsMax', 'wordsPerSecond'].map((name) => labelOf('new', name))).toEqual([
      'Reply timeout',
      'Hops, at most',
      'Words a second',
    ])
  })
})

const valuesOf = (p: Parameter): readonly (number | string)[] =>
  p.type === 'choice' ? p.options.map((o) => o.value) : [0, 0.3, 1].map(rangeScale(p).value)

describe('parameters while a run goes on', () => {
  const { scenario } = presetNamed('raft-lan')!
  it('are those of programs: a network or a topology only counts from the start', () => {
    expect(PARAMETERS.filter(isLive).map((p) => p.id)).toEqual(['electionMinUs', 'heartbeatUs'])
    expect(setOps([['network.loss', 0.5]])).toBeNull()
  })
  it('show what has been set on all agents up to the time on screen, and nothing later', () => {
    const set = (at: number, value: number): Command => ({
      at,
      op: 'set',
      agent: 'all',
      program: 'raft',
      param: 'heartbeatUs',
      value,
    })
    const log = [set(10, 20_000), { ...set(15, 99), agent: 2 }, set(20, 30_000)]
    const beat = (timeUs: number) => scenarioAt(scenario, log, timeUs).programs[0]!.params['heartbeatUs']
    expect([9, 10, 19, 20].map(beat)).toEqual([scenario.programs[0]!.params['heartbeatUs'], 20_000, 20_000, 30_000])
  })
  it('offer only choices that the scenario can take as it is', () => {
    for (const preset of PRESETS)
      for (const p of PARAMETERS) {
        if (p.type !== 'choice' || !p.applies(preset.scenario)) continue
        for (const { value } of possible(preset.scenario, p))
          expect(assignFields(preset.scenario, p.sets(preset.scenario, value))).toMatchObject({ ok: true })
      }
    const ring = presetNamed('ring-election')!.scenario
    const topology = PARAMETERS.find((p) => p.id === 'topology')!
    expect(topology.type === 'choice' && possible(ring, topology).map((o) => o.value)).toEqual(['ring'])
  })
})
