import { RULES_VERSION } from '../../engine/rulesVersion.ts'
import { equal } from '../../engine/scenario/diff.ts'
import { columnsOf } from './columns.ts'
import type { SweepPart, SweepSpec } from './SweepSpec.ts'

/** What must be the same for rows to belong to one table. Plain data, kept beside the rows. */
export interface SweepIdentity extends SweepSpec {
  readonly rules: number
  readonly part: SweepPart
  readonly columns: readonly string[]
}

export const identityOf = (spec: SweepSpec, part: SweepPart): SweepIdentity => ({
  ...spec,
  rules: RULES_VERSION,
  part,
  columns: columnsOf(spec).map(({ name }) => name),
})

const WORDS: { readonly [K in keyof SweepIdentity]: string } = {
  rules: 'other rules of the lab',
  scenario: 'another scenario',
  axes: 'other swept values',
  repeat: 'other repetitions',
  untilUs: 'another end of its runs',
  stop: 'another stop condition',
  part: 'another shard',
  columns: 'other columns',
}

/**
 * In what a kept sweep is not this one, in words; null where their rows belong together.
 * @param kept outside data: a file's or the browser's
 */
export function differenceOf(kept: unknown, now: SweepIdentity): string | null {
  if (typeof kept !== 'object' || kept === null) return 'no description'
  const known = kept as { readonly [key: string]: unknown }
  const wanted = JSON.parse(JSON.stringify(now)) as typeof known // as a file would hold it
  for (const [key, word] of Object.entries(WORDS)) if (!equal(known[key] ?? null, wanted[key] ?? null)) return word
  return null
}
