import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { migrate, MIGRATIONS, SCENARIO_VERSION } from './migrations.ts'
import { parseScenario } from './parse.ts'

describe('migrations', () => {
  it('there is one step between every two versions', () => {
    expect(MIGRATIONS).toHaveLength(SCENARIO_VERSION - 1)
  })
  it('run in order from the version of the document, and an omitted version means 1', () => {
    const steps = [
      ({ agents, ...rest }: any) => ({ ...rest, swarm: { agents } }),
      ({ swarm, ...rest }: any) => ({ ...rest, swarm: { ...swarm, agents: swarm.agents + 1 } }),
    ]
    const migrated = { ok: true, value: { version: 3, swarm: { agents: 6 } } }
    expect(migrate({ agents: 5 }, steps, 3)).toEqual(migrated)
    expect(migrate({ version: 1, agents: 5 }, steps, 3)).toEqual(migrated)
    expect(migrate({ version: 2, swarm: { agents: 5 } }, steps, 3)).toEqual(migrated)
    expect(migrate({ version: 3, swarm: { agents: 6 } }, steps, 3)).toEqual(migrated)
  })
  it.each([4, 0, 1.5, '1', null, -1])('refuse version %j', (version) => {
    expect(migrate({ version }, [], 3)).toEqual({ ok: false, error: expect.stringMatching(/^version: /) })
  })
  it('the frozen scenario of version 1 means for ever what it meant then', () => {
    const read = (file: string): any => JSON.parse(readFileSync(new URL(`testdata/${file}`, import.meta.url), 'utf8'))
    const { document, scenario } = read('scenario-v1.json')
    expect(parseScenario(document)).toEqual({ ok: true, value: scenario })
  })
})
