import type { Program } from './agents/Program.ts'
import { INVARIANTS } from './checks/Checks.ts'
import { treeSync } from './collective/treeSync.ts'
import { client } from './consensus/client.ts'
import { raft } from './consensus/raft.ts'
import { assert } from './kernel/assert.ts'
import { bus } from './net/bus.ts'
import { fetchChaos } from './scenario/initialLog.ts'
import type { Scenario } from './scenario/Scenario.ts'
import { knowsSpaces } from './spaceRegistry.ts'

/**
 * The programs that this thread knows. A page starts with those of its first scenario and fetches the others when a
 * scenario names one; hosts that have no first picture to wait for import programs.ts, which makes all known.
 */
const known = new Map<string, Program>([raft, client, treeSync, bus].map((program) => [program.kind, program]))

export function knowPrograms(programs: readonly Program[]): void {
  for (const program of programs) known.set(program.kind, program)
}

/** Resolves once all that a scenario runs is known, checks too. Rejects where a file cannot be fetched. */
export async function fetchPrograms({
  programs,
  space,
  checks,
  chaos,
}: Pick<Scenario, 'programs' | 'space' | 'checks' | 'chaos'>): Promise<void> {
  if (programs.some(({ kind }) => !known.has(kind)) || checks.some((name) => !INVARIANTS.has(name)))
    await import('./programs.ts')
  if (space !== null && !knowsSpaces()) await import('./spaceModels.ts')
  await fetchChaos({ chaos })
}

export function programNamed(kind: string, extra: readonly Program[]): Program {
  const program = extra.find((p) => p.kind === kind) ?? known.get(kind)
  assert(program !== undefined, `program ${kind} is one of ${[...known.keys()].join(', ')}, or was fetched before`)
  return program
}
