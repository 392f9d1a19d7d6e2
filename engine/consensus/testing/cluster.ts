import { checkStatus, createChecks, INVARIANTS, observe, reach } from '../../checks/Checks.ts'
import type { Checks } from '../../checks/Checks.ts'
import { assert } from '../../kernel/assert.ts'
import { agentId, micros } from '../../kernel/units.ts'
import { client } from '../client.ts'
import { raft } from '../raft.ts'
import type { RaftParams } from '../raftParams.ts'
import type { Raft } from '../raftState.ts'
import { World } from './World.ts'
import type { WorldOptions } from './World.ts'

/** Servers that never campaign by themselves, for tests that say who does. */
export const BY_HAND: Partial<RaftParams> = {
  electionMinUs: 900_000_000,
  electionMaxUs: 900_000_000,
  heartbeatUs: 10_000,
}

export interface Fixture {
  readonly world: World
  readonly checks: Checks
}

/** `servers` raft servers 0…, then `clients` client agents, under every invariant. */
export function cluster(
  servers: number,
  params: Partial<RaftParams> = {},
  options: Partial<WorldOptions> = {},
  clients = 0,
  clientParams: object = {},
): Fixture {
  const members = [...Array(servers).keys()]
  const checks = createChecks([...INVARIANTS.keys()], {
    members: members.map(agentId),
    quietFromUs: 0,
    electionMaxUs: params.electionMaxUs ?? 300_000,
  })
  const world = new World({ agents: servers + clients, ...options, onMark: (mark) => void observe(checks, mark) })
  world.install(raft, members, params)
  const places = [...Array(clients).keys()].map((k) => servers + k)
  if (clients > 0) world.install(client, places, { servers: members.map(agentId), ...clientParams })
  return { world, checks }
}

/** What the invariants say now, by name; empty = all hold. */
export function violations({ world, checks }: Fixture): { [name: string]: string } {
  reach(checks, micros(world.nowUs))
  const found: { [name: string]: string } = {}
  for (const status of checkStatus(checks)) if (status.violation) found[status.name] = status.violation.sentence
  return found
}

export const server = (world: World, agent: number): Raft => world.state<Raft>(agent, 'raft')

/** The live leader of the highest term, or −1. */
export function leaderOf(world: World): number {
  let best = -1
  for (let a = 0; a < world.up.length; a++) {
    if (!world.up[a] || !world.running[a]!.has('raft') || server(world, a).role !== 'leader') continue
    if (best < 0 || server(world, a).term > server(world, best).term) best = a
  }
  return best
}

/** Makes `agent` lead; a candidate that hears of a later term needs another try. */
export function elect(world: World, agent: number): void {
  for (let tries = 0; tries < 4 && server(world, agent).role !== 'leader'; tries++)
    world.op(agent, 'raft', { op: 'campaign' }).run(30_000)
  assert(server(world, agent).role === 'leader', `server ${agent} can be elected`)
}

export const propose = (world: World, agent: number, key: string, value: number): World =>
  world.op(agent, 'raft', { op: 'propose', value: { key, value } })
