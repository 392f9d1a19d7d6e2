import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialLog } from './initialLog.ts'
import { parseScenario, parseScenarioText } from './parse.ts'
import { PRESETS } from './presets/index.ts'
import { firstSwarm } from './presets/firstSwarm.ts'
import type { Command, Scenario } from './Scenario.ts'
import { prettyJson, scenarioDocument, scenarioFile, withLog } from './scenarioFile.ts'

const scenario = firstSwarm.scenario
const clicked: readonly Command[] = [...scenario.faults, { at: 3_200_000, op: 'crash', agent: 0 }]
const parsed = (input: unknown): Scenario => {
  const result = parseScenario(input)
  if (!result.ok) throw new Error(result.error)
  return result.value
}

describe('a scenario file', () => {
  it('parses back to every built-in scenario, with and without what was done to it', () => {
    for (const preset of PRESETS) {
      const log = [...preset.scenario.faults, { at: 7, op: 'heal' } as const]
      const text = scenarioFile(preset.scenario, log)
      expect(parseScenarioText(text)).toEqual({ ok: true, value: { ...preset.scenario, faults: log, chaos: null } })
      const plain = scenarioFile(preset.scenario, preset.scenario.faults)
      expect(parseScenarioText(plain)).toMatchObject({ ok: true, value: { faults: preset.scenario.faults } })
    }
  })

  it('keeps a click behind the schedule that it came before: the order of the log is part of the run', () => {
    expect(scenario.faults[0]!.at).toBeGreaterThan(clicked.at(-1)!.at)
    expect(parsed(scenarioDocument(scenario, clicked)).faults).toEqual(clicked)
  })

  it('holds a chaos profile only where the log is what the profile draws', () => {
    const chaotic = parsed({ programs: [{ kind: 'raft' }], chaos: { weights: { crash: 1 } } })
    expect(withLog(chaotic, [{ at: 5, op: 'heal' }])).toMatchObject({ chaos: null, faults: [{ at: 5, op: 'heal' }] })
    expect(withLog(chaotic, [...initialLog(chaotic)])).toBe(chaotic)
  })

  it('is short: no defaults, one line for what fits on one', () => {
    const small = parsed({ programs: [{ kind: 'raft' }], faults: [{ at: 5, op: 'crash', agent: 'leader' }] })
    expect(scenarioFile(small, small.faults)).toBe(
      [
        '{',
        '  "version": 1,',
        '  "programs": [{ "kind": "raft" }],',
        '  "faults": [{ "at": 5, "op": "crash", "agent": "leader" }]',
        '}',
        '',
      ].join('\n'),
    )
  })
})

describe('prettyJson', () => {
  it('means what JSON.stringify means, whatever is in a text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(prettyJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
    expect(JSON.parse(prettyJson({ a: ['{"b": [1,2]}', 'x:\\"y,'] }))).toEqual({ a: ['{"b": [1,2]}', 'x:\\"y,'] })
  })
})
