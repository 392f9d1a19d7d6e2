import { STATUS } from '../../engine/frame/frame.ts'
import { clonePlain, type Plain } from '../../engine/kernel/plain.ts'
import type { AgentId } from '../../engine/kernel/units.ts'
import type { Shard } from '../../engine/Shard.ts'
import type { AgentDetail, BodyDetail } from '../protocol.ts'

/** A copy of everything one agent is; null where this shard does not own it or it is not there. */
export function inspectAgent(shard: Shard, id: number): AgentDetail | null {
  const { registry } = shard.world.state
  const agent = shard.agents.get(id as AgentId)
  if (agent === undefined) return inspectBody(shard, id)
  const kind = (program: number): string => shard.plan.programs[program]!.kind
  return {
    agent: id,
    body: bodyOf(shard, id),
    status: STATUS[agent.status]!,
    group: registry.group[id]!,
    incarnation: agent.incarnation,
    programs: agent.programs.map((p) => ({
      kind: kind(p.program),
      state: clonePlain(p.state) as Plain,
      disk: clonePlain(p.disk) as Plain,
    })),
    timers: agent.programs.flatMap((p) =>
      Object.entries(p.timers).map(([name, timer]) => ({ program: kind(p.program), name, dueUs: timer.dueUs })),
    ),
    inbox: agent.inbox.length,
    outbox: shard.network.queues.countAt(id as AgentId),
    pendingWrites: agent.programs.reduce((sum, p) => sum + p.writes.length, 0),
  }
}

/** A body that runs no program: the shard that owns its id answers. */
function inspectBody(shard: Shard, id: number): AgentDetail | null {
  const { registry } = shard.world.state
  if (shard.space === null || id >= registry.count || !shard.owns(id as AgentId)) return null
  const nothing = { programs: [], timers: [], inbox: 0, outbox: 0, pendingWrites: 0, incarnation: 0 }
  const status = STATUS[registry.status[id]!]!
  return { agent: id, status, group: registry.group[id]!, body: bodyOf(shard, id), ...nothing }
}

function bodyOf({ space }: Shard, id: number): BodyDetail | null {
  if (space === null) return null
  const three = (column: Float32Array): [number, number, number] => [
    column[3 * id]!,
    column[3 * id + 1]!,
    column[3 * id + 2]!,
  ]
  return {
    position: three(space.position),
    heading: three(space.heading),
    speed: space.speed[id]!,
    group: space.group[id]!,
    state: space.state[id]!,
    flags: space.flags[id]!,
    senses: space.sense(id),
  }
}
