import type { Plain } from '../kernel/plain.ts'
import { raftMembers } from './placement.ts'
import type { ProgramSpec, Scenario } from './Scenario.ts'

/** What follows from the rest of a scenario: filled in by `parse`, left out again by `set`, `diff` and links. */

/** Checks (checks/) that watch a program; what `checks` means where a scenario leaves it out. */
export const CHECKS_OF: { readonly [program: string]: readonly string[] } = {
  raft: [
    'election-safety',
    'leader-append-only',
    'log-matching',
    'leader-completeness',
    'state-machine-safety',
    'commit-within-log',
    'commit-monotone',
    'term-monotone',
    'one-vote-per-term',
    'entry-terms',
    'durable-quorum',
    'leader-elected',
    'inherited-commits',
  ],
  client: ['exactly-once', 'one-completion', 'operations-answered'],
  allocator: ['within-capacity'],
  swim: ['incarnation-monotone', 'no-resurrection', 'no-self-death'],
  aimd: ['rates-by-rule', 'within-bucket'],
  auction: ['prices-rise', 'within-epsilon', 'one-object-each'],
  'sealed-bid': ['highest-bid-wins', 'price-as-ruled'],
  dataflow: ['inputs-first', 'every-step-once'],
  stealing: ['every-node-once'],
  list: ['task-conservation'],
  cluster: ['task-conservation'],
  distributor: ['task-conservation', 'tasks-answered', 'counts-progress'],
  worker: ['capability', 'starvation-bound', 'no-idle-hoarding', 'within-slots'],
}
/** Those that watch the bodies of a space. */
const SPACE_CHECKS: readonly string[] = ['finite-state', 'inside-the-world']
export const CHECK_NAMES: readonly string[] = [...new Set([...Object.values(CHECKS_OF).flat(), ...SPACE_CHECKS])]

export const checksFor = ({ programs, space }: Watched): string[] => [
  ...new Set(programs.flatMap(({ kind }) => CHECKS_OF[kind] ?? [])),
  ...(space === null ? [] : SPACE_CHECKS),
]
interface Watched {
  readonly programs: readonly { readonly kind: string }[]
  readonly space: object | null
}

/** Clients told of no servers talk to every raft member. */
export const withServers = (scenario: Scenario): Scenario =>
  mapClients(scenario, (params) =>
    params.servers === undefined ? { ...params, servers: raftMembers(scenario) } : params,
  )

/** Drops from a complete scenario what parsing would fill in again, so that it follows when something else is set. */
export function withoutImplied(scenario: Scenario): Omit<Scenario, 'checks'> & Partial<Pick<Scenario, 'checks'>> {
  const members = raftMembers(scenario).join()
  const slim = mapClients(scenario, ({ servers, ...params }) =>
    Array.isArray(servers) && servers.join() !== members ? { ...params, servers } : params,
  )
  const { checks, ...rest } = slim
  return checks.join() === checksFor(scenario).join() ? rest : slim
}

type Params = { readonly [name: string]: Plain | undefined }

const mapClients = (scenario: Scenario, change: (params: Params) => Params): Scenario => ({
  ...scenario,
  programs: scenario.programs.map((program) =>
    program.kind === 'client' ? { ...program, params: change(program.params) as ProgramSpec['params'] } : program,
  ),
})
