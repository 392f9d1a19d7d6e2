import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { migrate, MIGRATIONS, SCENARIO_VERSION } from './migrations.ts'
import { parseScenario } from './parse.ts'

const frozen = (file: string): { document: object; scenario: object } =>
  JSON.parse(readFileSync(new URL(`testdata/${file}`, import.meta.url), 'utf8'))

/** What version 1 has gained since its first fixture was frozen, and what it means where a document leaves it out. */
const GAINED = {
  swarm: { service: 'constant', clocks: { offsetUs: 0, driftPpm: 0 } },
  network: { corrupt: 0, bytesPerSecond: 0, credits: 0 },
  topology: { degree: 4, rewire: 0.1, columns: 0 },
  chaos: null,
}

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
  it('drop $schema, which is for editors, and refuse one that is not a text', () => {
    expect(migrate({ $schema: './scenario-1.json', seed: 3 })).toEqual({ ok: true, value: { seed: 3 } })
    expect(migrate({ $schema: 1 })).toEqual({ ok: false, error: '$schema: 1 is not a text' })
  })
})

describe('frozen scenarios of version 1', () => {
  it.each(['scenario-v1.json', 'scenario-v1-chaos.json'])('%s means for ever what it meant then', (file) => {
    const { document, scenario } = frozen(file)
    expect(parseScenario(document)).toMatchObject({ ok: true, value: scenario })
    expect(parseScenario(scenario)).toEqual(parseScenario(document))
  })
  it('one from before clocks, damage, limits, graphs and chaos has none of them', () => {
    const { document, scenario } = frozen('scenario-v1.json')
    for (const field of ['chaos', 'clocks', 'credits', 'degree']) expect(JSON.stringify(scenario)).not.toContain(field)
    expect(parseScenario(document)).toMatchObject({ ok: true, value: GAINED })
  })
})
