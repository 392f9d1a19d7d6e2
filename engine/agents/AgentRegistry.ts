import { assert } from '../kernel/assert.ts'
import type { AgentId } from '../kernel/units.ts'
import { STATUS_CODE, type StatusCode } from './agentState.ts'

/**
 * Who there is: one row an agent up to a fixed capacity, ids in join order, never reused. Every shard holds the same
 * copy and changes it only at cuts. Plain columns.
 */
export interface AgentRegistry {
  /** Ids given out so far. */
  count: number
  /** STATUS_CODE by id. */
  readonly status: Uint8Array
  readonly group: Int32Array
  /** Bit k: runs program kind k. */
  readonly programs: Uint32Array
  /** Names of the program kinds: what an agent can do. */
  readonly capabilities: readonly string[]
}

export function makeRegistry(capacity: number, capabilities: readonly string[]): AgentRegistry {
  assert(capabilities.length <= 32, 'at most 32 program kinds in one run')
  return {
    count: 0,
    status: new Uint8Array(capacity),
    group: new Int32Array(capacity),
    programs: new Uint32Array(capacity),
    capabilities,
  }
}

/** Gives out the next id, up. Mutates `registry`. */
export function register(registry: AgentRegistry, group: number, programs: number): AgentId {
  assert(registry.count < registry.status.length, 'the capacity of the registry is not exceeded')
  const id = registry.count++ as AgentId
  registry.status[id] = STATUS_CODE.up
  registry.group[id] = group
  registry.programs[id] = programs >>> 0
  return id
}

export const statusOf = (registry: AgentRegistry, id: AgentId): StatusCode => registry.status[id] as StatusCode

export const isPresent = (registry: AgentRegistry, id: AgentId): boolean =>
  id >= 0 && id < registry.count && registry.status[id] !== STATUS_CODE.absent

/** Ids of present agents with `capability`, ascending. */
export function withCapability(registry: AgentRegistry, capability: string): AgentId[] {
  const bit = registry.capabilities.indexOf(capability)
  const found: AgentId[] = []
  if (bit < 0) return found
  for (let id = 0; id < registry.count; id++)
    if (registry.status[id] !== STATUS_CODE.absent && (registry.programs[id]! >>> bit) & 1) found.push(id as AgentId)
  return found
}
