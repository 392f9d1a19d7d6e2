import { toJsonSchema } from '@valibot/to-json-schema'
import { DEFAULTS, PROGRAM_DEFAULTS } from '../../engine/scenario/defaults.ts'
import type { JsonSchema } from '../../engine/scenario/jsonSchema.ts'
import { PROGRAM_TEXTS } from '../../engine/scenario/jsonSchemaPrograms.ts'
import { SCHEMA_TEXTS } from '../../engine/scenario/jsonSchemaTexts.ts'
import { SCENARIO_VERSION } from '../../engine/scenario/migrations.ts'
import { scenarioSchema } from '../../engine/scenario/schema.ts'
import type { SpaceKind } from '../../engine/scenario/Scenario.ts'
import { paramText, SPACE_TEXTS } from '../../engine/scenario/spaceTexts.ts'

/** Where public/schema/ holds it, from the project's root. */
export const SCHEMA_PATH = `public/schema/scenario-${SCENARIO_VERSION}.json`

/**
 * The schema of a scenario file as JSON Schema: what `parseScenario` checks field by field. What spans fields
 * (relations, references to agents and groups) it cannot say, so a document that it takes may still be refused, with
 * one sentence.
 */
export function scenarioJsonSchema(): JsonSchema {
  const converted = toJsonSchema(scenarioSchema, {
    target: 'draft-07', // what editors know
    errorMode: 'ignore', // closures say what they check by `published`
    overrideSchema: ({ valibotSchema, jsonSchema }) => (valibotSchema.type === 'custom' ? jsonSchema : undefined),
  }) as object as JsonSchema
  const { $schema, type, properties, ...rest } = converted
  const schema: JsonSchema = {
    ...($schema === undefined ? {} : { $schema }),
    title: 'Scenario of the swarm lab',
    description: SCHEMA_TEXTS['']!,
    ...(type === undefined ? {} : { type }),
    properties: { $schema: { type: 'string' }, ...properties },
    ...rest,
  }
  for (const [field, value] of Object.entries(DEFAULTS)) schema.properties![field]!.default = value
  describe(schema, '')
  return schema
}

/** The word by which an option of a choice is named. */
const wordOf = ({ properties }: JsonSchema): string | null => {
  const word = properties?.['kind']?.const ?? properties?.['op']?.const
  return typeof word === 'string' ? word : null
}

const optionsOf = (schema: JsonSchema): readonly JsonSchema[] => [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]

/** What is said about the field at `path`; what stands in several places is said once. */
function textOf(path: string): string | undefined {
  const [, kind, param = 'is'] = /^programs\.([\w-]+)(?:\.params\.(\w+))?$/.exec(path) ?? []
  if (kind !== undefined) return PROGRAM_TEXTS[kind]?.[param]
  const [, space, field] = /^space\.(\w+)(?:\.(.+))?$/.exec(path) ?? []
  if (space !== undefined && space in SPACE_TEXTS) return spaceText(space as SpaceKind, field)
  return [
    path,
    path.replace(/^faults\.\w+\./, 'faults.*.'),
    `*.${path.split('.').slice(-2).join('.')}`,
    `*${/\.\w+$/.exec(path)?.[0]}`,
  ]
    .map((known) => SCHEMA_TEXTS[known])
    .find((text) => text !== undefined)
}

/** What is said about a model by which bodies move, about one of its parameters, or about the world. */
function spaceText(kind: SpaceKind, field: string | undefined): string | undefined {
  if (field === undefined) return SPACE_TEXTS[kind].is
  if (!field.startsWith('params.'))
    return SCHEMA_TEXTS[`space.*.${field}`] ?? SCHEMA_TEXTS[`*.${field.split('.').slice(-2).join('.')}`]
  const [label, unit, words] = paramText(kind, field.slice('params.'.length))
  const choices = Object.entries(words ?? {}).map(([word, meaning]) => `${word}: ${meaning}`)
  return `${label}${unit ? `, ${unit}` : ''}${choices.length > 0 ? ` (${choices.join('; ')})` : ''}.`
}

/** Adds descriptions by path, and the defaults of programs. Changes `schema`. */
function describe(schema: JsonSchema, path: string): void {
  const text = textOf(path)
  if (text !== undefined) schema.description = text
  if (schema.required?.length === 0) delete schema.required
  for (const [field, inner] of Object.entries(schema.properties ?? {}))
    describe(inner, path ? `${path}.${field}` : field)
  for (const option of optionsOf(schema)) {
    const word = wordOf(option)
    describe(option, word === null ? path : `${path}.${word}`)
    const defaults = path === 'programs' ? PROGRAM_DEFAULTS[word as keyof typeof PROGRAM_DEFAULTS] : undefined
    if (defaults) option.properties!['params']!.default = defaults.params
    if (word === null) delete option.description // said where the choice is
  }
  if (schema.items) {
    describe(schema.items, path)
    delete schema.items.description
  }
}

/** Paths of fields and options that nothing is said about. */
export function undescribed(schema: JsonSchema, path = ''): string[] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([field, inner]) => {
    const at = path ? `${path}.${field}` : field
    const own = inner.description === undefined && typeof inner.const !== 'string' ? [at] : []
    return [...own, ...undescribed(inner, at)]
  })
  const options = optionsOf(schema).flatMap((option) => {
    const word = wordOf(option)
    if (word === null) return undescribed(option, path)
    const at = `${path}.${word}`
    return [...(option.description === undefined ? [at] : []), ...undescribed(option, at)]
  })
  return [...fields, ...options, ...(schema.items ? undescribed(schema.items, path) : [])]
}
