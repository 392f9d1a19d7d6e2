import type { AgentView, BootContext, Effects, Input, Program } from '../agents/Program.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import type { KvOp } from './kv.ts'
import type { ClientMark } from './marks.ts'
import { RAFT_KINDS, raftMessages } from './raftMessages.ts'
import type { RaftMsg } from './raftMessages.ts'
import { CLIENT_DEFAULTS } from './raftParams.ts'
import type { ClientParams } from './raftParams.ts'

/** At most this many processes share a key, so that any checker can decide the history. */
const PROCESSES_PER_KEY = 10
const CLIENT_ROLE = 7
const DRAW = { pause: 1, choice: 2, key: 3 } as const
const TWO_32 = 4_294_967_296
type Out = Effects<RaftMsg>

/** One process: one operation at a time, numbered; plain data. */
export interface Process {
  /** Unique for ever: a process whose operation was given up gets another number (Jepsen). */
  id: number
  serial: U32
  op: KvOp | null
  startedUs: number
  /** Index into `servers` of the server asked now. */
  server: number
  /** Redirects in a row, so that two servers naming each other do not make a loop. */
  hops: number
  /** What this process last saw or wrote, by key: a cas starts from there. */
  seen: { [key: string]: number }
}

export interface Client {
  readonly self: AgentId
  readonly params: ClientParams
  /** This program's place among its members. */
  readonly place: number
  readonly incarnation: U32
  processes: Process[]
  /** Operations started by this boot; makes written values unique. */
  started: U32
  retired: U32
  answered: U32
}

/** A workload on the replicated machine: finds the leader by redirects, retries, and tells its history in marks. */
export const client: Program<Client, RaftMsg, Partial<ClientParams>> = {
  kind: 'client',
  messages: raftMessages,
  messageKinds: RAFT_KINDS,
  kindOf: (msg) => msg.type,
  boot,
  step,
  view,
}

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<ClientParams>>): Client {
  const params = { ...CLIENT_DEFAULTS, servers: ctx.members, ...ctx.params }
  const place = ctx.members.indexOf(self)
  const slots = Math.min(PROCESSES_PER_KEY, Math.max(1, params.clientsPerAgent))
  const processes: Process[] = []
  for (let slot = 0; slot < slots; slot++) {
    const server = (place + slot) % Math.max(1, params.servers.length)
    processes.push({
      id: processId(self, slot, ctx.incarnation, 0),
      serial: 0,
      op: null,
      startedUs: 0,
      server,
      hops: 0,
      seen: {},
    })
  }
  return { self, params, place, incarnation: ctx.incarnation, processes, started: 0, retired: 0, answered: 0 }
}

/** Small at first boot (agent × 10 + slot); later lives and replacements start a new block of ten million. */
const processId = (self: AgentId, slot: number, incarnation: U32, retired: U32): number =>
  self * PROCESSES_PER_KEY + slot + (incarnation * 65_536 + retired) * 10_000_000

function step(client: Client, input: Input<RaftMsg>, out: Out): void {
  if (input.type === 'start') {
    for (let slot = 0; slot < client.processes.length; slot++) pause(client, slot, out)
  } else if (input.type === 'timer') {
    const [what, slot] = input.name.split(':') as [string, string]
    onTimer(client, what, Number(slot), out)
  } else if (input.type === 'message' && input.msg.type === 'clientReply') onReply(client, input.msg, out)
}

function onTimer(client: Client, what: string, slot: number, out: Out): void {
  const process = client.processes[slot]!
  if (what === 'next') {
    if (client.params.opsPerSecond > 0) pause(client, slot, out)
    if (!process.op) start(client, slot, out)
  } else if (process.op && what === 'retry') ask(client, slot, out)
  else if (process.op && what === 'timeout') onTimeout(client, slot, out)
}

/** Until the next operation: open loop, ±50 % about the period; closed loop, ±50 % about the think time. */
function pause(client: Client, slot: number, out: Out): void {
  const { opsPerSecond, thinkUs } = client.params
  const meanUs = opsPerSecond > 0 ? 1_000_000 / opsPerSecond : thinkUs
  out.setTimer(`next:${slot}`, Math.max(1, Math.round(meanUs * (0.5 + out.draw(DRAW.pause) / TWO_32))))
}

function start(client: Client, slot: number, out: Out): void {
  const process = client.processes[slot]!
  client.started++
  process.serial++
  process.op = choose(client, slot, out)
  process.startedUs = out.localUs
  process.hops = 0
  out.mark(clientMark('invoke', process, valueOf(process.op)))
  ask(client, slot, out)
}

/** Groups of ten processes share `keys` keys and nothing with other groups. */
function choose(client: Client, slot: number, out: Out): KvOp {
  const { params } = client
  const group = Math.floor((client.place * client.processes.length + slot) / PROCESSES_PER_KEY)
  const key = `k${group * params.keys + (out.draw(DRAW.key) % Math.max(1, params.keys))}`
  const choice = out.draw(DRAW.choice) / TWO_32
  const seen = client.processes[slot]!.seen[key]
  if (choice < params.readFraction) return { type: 'read', key }
  const fresh = (client.incarnation * 1_000_000 + client.started) * 1_000_000 + client.self
  if (choice < params.readFraction + params.casFraction && seen !== undefined)
    return { type: 'cas', key, from: seen, to: fresh }
  return { type: 'write', key, value: fresh }
}

function ask(client: Client, slot: number, out: Out): void {
  const { servers, timeoutUs } = client.params
  const process = client.processes[slot]!
  const server = servers[process.server % servers.length]
  if (server === undefined) return
  const msg: RaftMsg = { type: 'clientRequest', process: process.id, serial: process.serial, op: process.op! }
  out.sendTo('raft', server, msg)
  out.setTimer(`timeout:${slot}`, timeoutUs)
}

/** With a session the same operation is asked again elsewhere; without one a write may or may not have happened. */
function onTimeout(client: Client, slot: number, out: Out): void {
  const process = client.processes[slot]!
  process.server = (process.server + 1) % client.params.servers.length
  if (client.params.sessions) return ask(client, slot, out)
  const read = process.op!.type === 'read'
  finish(client, slot, read ? 'fail' : 'info', valueOf(process.op!), out, 'timeout')
  if (read) return
  client.retired++
  client.processes[slot] = {
    ...process,
    id: processId(client.self, slot, client.incarnation, client.retired),
    serial: 0,
    op: null,
    seen: {},
  }
}

function onReply(client: Client, msg: Extract<RaftMsg, { type: 'clientReply' }>, out: Out): void {
  const slot = client.processes.findIndex((process) => process.id === msg.process)
  const process = client.processes[slot]
  if (!process?.op || msg.serial !== process.serial) return
  if (msg.status === 'redirect' || msg.status === 'busy') return onRefused(client, slot, msg.leader, out)
  if (msg.value !== null) process.seen[process.op.key] = msg.value
  if (msg.status === 'ok') finish(client, slot, 'ok', process.op.type === 'read' ? msg.value : valueOf(process.op), out)
  else finish(client, slot, 'fail', valueOf(process.op), out, msg.status)
}

/** Follows a redirect at once; with no leader known, or going in circles, it waits a quarter of the time-out. */
function onRefused(client: Client, slot: number, leader: AgentId, out: Out): void {
  const { servers, timeoutUs } = client.params
  const process = client.processes[slot]!
  const named = leader === NONE ? -1 : servers.indexOf(leader)
  process.hops++
  if (named >= 0 && named !== process.server && process.hops <= servers.length) {
    process.server = named
    return ask(client, slot, out)
  }
  process.server = named >= 0 ? named : (process.server + 1) % servers.length
  process.hops = 0
  out.setTimer(`retry:${slot}`, Math.max(1, Math.floor(timeoutUs / 4)))
}

function finish(
  client: Client,
  slot: number,
  kind: 'ok' | 'fail' | 'info',
  value: ClientMark['value'],
  out: Out,
  error?: string,
): void {
  const process = client.processes[slot]!
  const tookUs = out.localUs - process.startedUs
  out.mark({ ...clientMark(kind, process, value), tookUs, ...(error === undefined ? {} : { error }) })
  process.op = null
  client.answered++
  out.cancelTimer(`timeout:${slot}`)
  out.cancelTimer(`retry:${slot}`)
  if (client.params.opsPerSecond <= 0) pause(client, slot, out)
}

function valueOf(op: KvOp): ClientMark['value'] {
  if (op.type === 'read') return null
  return op.type === 'write' ? op.value : [op.from, op.to]
}

const clientMark = (kind: ClientMark['kind'], process: Process, value: ClientMark['value']): ClientMark => ({
  kind,
  process: process.id,
  f: process.op!.type,
  key: process.op!.key,
  value,
})

function view(client: Client, view: AgentView): void {
  if (view.role === 0) view.role = CLIENT_ROLE
  let waiting = 0
  for (const process of client.processes) if (process.op) waiting++
  view.load = waiting / client.processes.length
}
