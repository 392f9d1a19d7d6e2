import { fail, ok, type Result } from '../kernel/result.ts'
import { show } from './show.ts'

type Document = { readonly [field: string]: unknown }

/**
 * Version of Scenario.ts that this build reads and writes. It counts up only when a document of before would come to
 * mean something else. A new field does not do that where its default is what was so before (no drift, nothing damaged,
 * links without a limit, no chaos): version 1 has gained such fields and is still version 1. A lab from before a field
 * refuses a document that uses it by the field's name, so none is misread in either direction.
 */
export const SCENARIO_VERSION = 1

/**
 * `MIGRATIONS[n]` rewrites a version-n document as version n + 1, before defaults and bounds. Old versions load for
 * ever: every version has frozen fixtures in testdata/ that must still parse.
 */
export const MIGRATIONS: readonly ((document: Document) => Document)[] = []

/**
 * The document as the current version would have written it. An omitted version means 1. `$schema`, by which editors
 * find public/schema/, says nothing about the run and is dropped.
 */
export function migrate(input: Document, steps = MIGRATIONS, current = SCENARIO_VERSION): Result<Document> {
  const { $schema, ...document } = input
  if ($schema !== undefined && typeof $schema !== 'string') return fail(`$schema: ${show($schema)} is not a text`)
  const { version = 1 } = document
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return fail(`version: ${show(version)} is not a version number`)
  if (version > current) return fail(`version: ${version} was written by a newer lab; this one reads 1..${current}`)
  let migrated: Document = document
  for (let from = version; from < current; from++) migrated = { ...steps[from - 1]!(migrated), version: from + 1 }
  return ok(migrated)
}
