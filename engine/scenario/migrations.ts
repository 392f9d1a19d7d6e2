import { fail, ok, type Result } from '../kernel/result.ts'
import { show } from './show.ts'

type Document = { readonly [field: string]: unknown }

/** Version of Scenario.ts that this build reads and writes. */
export const SCENARIO_VERSION = 1

/**
 * `MIGRATIONS[n]` rewrites a version-n document as version n + 1, before defaults and bounds. Old versions load for
 * ever: every version has a frozen fixture in testdata/ that must still parse.
 */
export const MIGRATIONS: readonly ((document: Document) => Document)[] = []

/** The document as the current version would have written it. An omitted version means 1. */
export function migrate(document: Document, steps = MIGRATIONS, current = SCENARIO_VERSION): Result<Document> {
  const { version = 1 } = document
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return fail(`version: ${show(version)} is not a version number`)
  if (version > current) return fail(`version: ${version} was written by a newer lab; this one reads 1..${current}`)
  let migrated = document
  for (let from = version; from < current; from++) migrated = { ...steps[from - 1]!(migrated), version: from + 1 }
  return ok(migrated)
}
