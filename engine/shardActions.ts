import type { Action } from './actions.ts'
import { setParam, editState } from './agents/editState.ts'
import { EVENT, type AgentState } from './agents/agentState.ts'
import type { Surroundings } from './agents/Program.ts'
import { ENV, NONE, type AgentId, type Micros } from './kernel/units.ts'
import { FATE } from './net/Network.ts'
import { CREDITED, type Packet } from './net/Packet.ts'
import type { Shard } from './Shard.ts'
import type { Topology } from './topology/Topology.ts'

/** One shard's part of one action of a cut. `before` is the topology as it was. Mutates the shard. */
export function applyAction(shard: Shard, action: Action, before: Topology): void {
  switch (action.what) {
    case 'mark':
      if (shard.options.index === 0) shard.hostMark(ENV, action.seq, action.body)
      return
    case 'discover':
      return discover(shard, action.seq, before)
    case 'dropMessage':
    case 'duplicateMessage':
    case 'delayMessage':
      return inFlight(shard, action)
  }
  if (action.what === 'set') return setParameter(shard, action)
  if (action.what === 'join') spawnBody(shard, action.agent)
  if (!shard.owns(action.agent)) return
  if (action.what === 'join') {
    shard.addAgent(action.agent, (shard.now + 1) as Micros, action.seq)
    shard.hostMark(action.agent, action.seq, { kind: 'joined' })
    return
  }
  const agent = shard.agents.get(action.agent)
  if (agent === undefined) return bodyAlone(shard, action)
  const { host } = shard
  switch (action.what) {
    case 'crash':
      powerOff(shard, agent)
      return shard.hostMark(agent.id, action.seq, { kind: 'crashed' })
    case 'restart':
      host.restart(agent)
      shard.fromOutside((shard.now + 1) as Micros, agent.id, action.seq, EVENT.start, 0, agent.incarnation, null)
      return shard.hostMark(agent.id, action.seq, { kind: 'restarted' })
    case 'pause':
      host.pause(agent)
      return shard.hostMark(agent.id, action.seq, { kind: 'paused' })
    case 'resume':
      host.resume(agent)
      return shard.hostMark(agent.id, action.seq, { kind: 'resumed' })
    case 'slow':
      agent.slowFactor = action.factor
      return shard.hostMark(agent.id, action.seq, { kind: 'slowed', factor: action.factor })
    case 'clock': {
      const { offsetUs, driftPpm } = action
      host.setClock(agent, offsetUs, driftPpm)
      return shard.hostMark(agent.id, action.seq, { kind: 'clock set', offsetUs, driftPpm })
    }
    case 'disk':
      host.setDisk(agent, action.factor, action.forgets)
      return shard.hostMark(agent.id, action.seq, { kind: 'disk set', factor: action.factor, forgets: action.forgets })
    case 'edit': {
      const { program, path, value } = action
      const problem = editState(agent, programIndex(shard, program), path, value)
      const body = { program, path, value }
      const mark = problem === null ? { kind: 'edited', ...body } : { kind: 'not edited', why: problem, ...body }
      return shard.hostMark(agent.id, action.seq, mark)
    }
    case 'leave':
      powerOff(shard, agent)
      shard.agents.delete(agent.id)
      return shard.hostMark(agent.id, action.seq, { kind: 'left' })
    case 'clientOp': {
      const program = programIndex(shard, action.program)
      shard.fromOutside((shard.now + 1) as Micros, agent.id, action.seq, EVENT.clientOp, program, 0, action.op)
      return shard.hostMark(agent.id, action.seq, { kind: 'asked', program: action.program })
    }
  }
}

/** By the parameters and obstacles of this very cut: what the last step left depends on where this shard comes from. */
function spawnBody({ space, world, now }: Shard, agent: AgentId): void {
  if (space === null) return
  space.prepare(world, now)
  space.bound.spawn(agent)
}

const BODY_WORDS: { readonly [what: string]: string } = {
  crash: 'crashed',
  restart: 'restarted',
  pause: 'paused',
  resume: 'resumed',
  leave: 'left',
}

/** A body that runs no program is a row of the tables, which have changed already. */
function bodyAlone(shard: Shard, { what, agent, seq }: { what: string; agent: AgentId; seq: number }): void {
  shard.hostMark(agent, seq, { kind: BODY_WORDS[what] ?? 'unmoved', what })
}

/** What waited at the agent's end of its links is gone with it. */
function powerOff(shard: Shard, agent: AgentState): void {
  shard.host.crash(agent)
  for (let count = shard.network.queues.drop(agent.id); count > 0; count--) shard.stats.lost(shard.now)
}

const programIndex = (shard: Shard, kind: string): number =>
  shard.plan.scenario.programs.findIndex((p) => p.kind === kind)

/** On one agent, or on every agent of this shard that runs the program; later boots start with it too. */
function setParameter(shard: Shard, { agent, program, param, value, seq }: Extract<Action, { what: 'set' }>): void {
  const index = programIndex(shard, program)
  for (const state of shard.agents.values()) {
    if (agent !== NONE && state.id !== agent) continue
    if (setParam(state, index, param, value)) shard.hostMark(state.id, seq, { kind: 'set', program, param, value })
  }
}

/**
 * Lists of neighbours longer than this are not compared: in a mesh everybody is a neighbour and nobody's place changes.
 */
const COMPARED_NEIGHBOURS = 64

/** Tells the agents whose surroundings changed; they hear it 1 µs later. */
function discover(shard: Shard, seq: number, before: Topology): void {
  for (const { id } of shard.agents.values()) {
    if (shard.topology.degree(id) > COMPARED_NEIGHBOURS) continue
    const now = shard.topology.surroundings(id)
    if (same(now, before.surroundings(id))) continue
    shard.fromOutside((shard.now + 1) as Micros, id, seq, EVENT.discovery, 0, 0, now)
  }
}

const same = (a: Surroundings, b: Surroundings): boolean =>
  a.parent === b.parent && a.group === b.group && equal(a.children, b.children) && equal(a.neighbours, b.neighbours)

const equal = (a: readonly AgentId[], b: readonly AgentId[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i])

/** Drops, copies or delays the one transmission named (src, txSeq), where it is still in flight in this shard. */
function inFlight(shard: Shard, action: Extract<Action, { txSeq: number }>): void {
  const { queue } = shard
  for (const slot of queue.slots()) {
    if (queue.seq(slot) !== action.txSeq || queue.src(slot) !== action.src || queue.type(slot) !== EVENT.arrive)
      continue
    const row = shard.row(slot)
    const packet = row.payload as Packet
    const due = row.time + (action.what === 'delayMessage' ? action.us : action.what === 'duplicateMessage' ? 1 : 0)
    if (action.what !== 'duplicateMessage') queue.remove([slot])
    const credited = row.b & CREDITED
    if (action.what === 'delayMessage') shard.accept({ ...row, time: due, src: ENV, seq: action.seq })
    else if (action.what === 'duplicateMessage')
      shard.accept({ ...row, b: row.b & ~CREDITED, time: due, src: ENV, seq: action.seq })
    else if (credited) shard.credit(row.dst as AgentId, packet, ENV, action.seq, false)
    const fate = { dropMessage: FATE.dropped, duplicateMessage: FATE.duplicated, delayMessage: FATE.delayed }[
      action.what
    ]
    // A dropped one ends where it is now; the others go on under the environment's name.
    const ends = action.what === 'dropMessage' ? shard.now : due
    shard.flights.add(packet.leftUs, ends, packet.via, row.dst, packet.kind, fate, action.seq, ENV)
    const body = { kind: 'caught', op: action.what, from: packet.from, to: packet.to, message: packet.kind }
    shard.hostMark(row.dst as AgentId, action.seq, body)
    return
  }
}
