import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { format, resolveConfig } from 'prettier'
import { beforeAll, describe, expect, it } from 'vitest'
import { shorten } from '../../engine/scenario/diff.ts'
import { parseScenario } from '../../engine/scenario/parse.ts'
import { PRESETS } from '../../engine/scenario/presets/index.ts'
import { SCHEMA_PATH, scenarioJsonSchema, undescribed } from './scenarioSchema.ts'

const ROOT = join(import.meta.dirname, '../..')
const published = join(ROOT, SCHEMA_PATH)

describe('the published schema', () => {
  let accepts: (document: unknown) => boolean
  beforeAll(() => {
    accepts = new Ajv({ strict: false }).compile(scenarioJsonSchema())
  })

  it('is what the parser checks (written anew by: npx vitest run workers/setup/scenarioSchema.test.ts -u)', async () => {
    const style = await resolveConfig(published)
    const text = await format(JSON.stringify(scenarioJsonSchema()), { ...style, parser: 'json' })
    await expect(text).toMatchFileSnapshot(published)
  })

  it('takes every built-in scenario, whole and as short as it can be written, at every size', () => {
    for (const preset of PRESETS)
      for (const agents of [preset.sizes.min, preset.sizes.default, preset.sizes.max]) {
        const scenario = preset.withAgents(agents)
        expect([scenario.name, accepts(scenario)]).toEqual([scenario.name, true])
        expect([scenario.name, accepts(shorten(scenario))]).toEqual([scenario.name, true])
      }
  })

  it.each(['scenario-v1.json', 'scenario-v1-chaos.json'])('takes the frozen %s', (file) => {
    const { document } = JSON.parse(readFileSync(join(ROOT, 'engine/scenario/testdata', file), 'utf8'))
    expect(accepts({ $schema: './scenario-1.json', ...document })).toBe(true)
  })

  const raft = [{ kind: 'raft' }]
  it.each<[what: string, document: unknown]>([
    ['what is not an object', [raft]],
    ['an unknown program', { programs: [{ kind: 'rafft' }] }],
    ['a program without its kind', { programs: [{ on: 'all' }] }],
    ['an unknown field', { programs: raft, swarm: { agnets: 5 } }],
    ['a number below its bound', { programs: raft, swarm: { agents: 0 } }],
    ['a number above its bound', { programs: raft, network: { loss: 1.5 } }],
    ['a fraction for a count', { programs: raft, seed: 1.5 }],
    ['a word that is none of the choices', { programs: raft, topology: { kind: 'rign' } }],
    ['a parameter of another program', { programs: [{ kind: 'raft', params: { missedMax: 3 } }] }],
    ['a field of another law', { programs: raft, network: { latency: { kind: 'constant', minUs: 3 } } }],
    ['a name that is not kebab-case', { programs: raft, name: 'My run' }],
    ['a title that is too long', { programs: raft, title: 'x'.repeat(121) }],
    ['a target that is a wrong word', { programs: raft, faults: [{ at: 1, op: 'crash', agent: 'boss' }] }],
    ['a set of agents that names one twice', { programs: raft, faults: [{ at: 1, op: 'partition', side: [1, 1] }] }],
    ['a command without its time', { programs: raft, faults: [{ op: 'heal' }] }],
    ['a placement of two kinds', { programs: [{ kind: 'raft', on: { first: 1, last: 1 } }] }],
    ['a wrong budget', { programs: raft, chaos: { weights: {}, budget: 'all' } }],
    ['a wrong version', { programs: raft, version: 2 }],
  ])('refuses, as the parser does, %s', (_, document) => {
    expect(parseScenario(document).ok).toBe(false)
    expect(accepts(document)).toBe(false)
  })

  it('says of every field what it is for', () => {
    const plain = /\.(on|side|from|to)\.(first|last|group)$|^chaos\.weights\./
    expect(undescribed(scenarioJsonSchema()).filter((path) => !plain.test(path))).toEqual([])
  })
})
