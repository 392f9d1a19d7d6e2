import { FATES, ROLES, STATUS, type Frame } from '../../engine/frame/frame.ts'
import type { Mark, MarkBody } from '../../engine/agents/Program.ts'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import { agentId, micros } from '../../engine/kernel/units.ts'

/** A scripted look-alike of a swarm for building the page without an engine: everything is a function of time and log. */
export interface FakeModel {
  readonly scenario: Scenario
  readonly size: number
  readonly groups: number
  readonly marks: readonly Mark[]
  readonly reigns: readonly {
    readonly from: number
    readonly to: number
    readonly head: number
    readonly term: number
  }[]
  readonly down: readonly { readonly agent: number; readonly from: number; readonly to: number }[]
}

const ONE_WAY_MS = [
  [0, 37, 45, 83, 107],
  [37, 0, 7, 122, 131],
  [45, 7, 0, 116, 125],
  [83, 122, 116, 0, 57],
  [107, 131, 125, 57, 0],
]
const latency = (a: number, b: number): number => (ONE_WAY_MS[a % 5]![b % 5]! || 1) * 1000
const HEARTBEAT = 150_000

export function buildModel(scenario: Scenario, log: readonly Command[]): FakeModel {
  const groups = Math.max(1, scenario.topology.groups)
  const size = Math.max(1, Math.floor(scenario.swarm.agents / groups))
  const marks: Mark[] = []
  let seq = 0
  const mark = (time: number, agent: number, program: string, body: MarkBody): void => {
    marks.push({
      key: { time: micros(time), dst: agentId(agent), src: agentId(agent), seq: seq++ },
      index: 0,
      agent: agentId(agent),
      program,
      body,
    })
  }
  const reigns: { from: number; to: number; head: number; term: number }[] = []
  const down: { agent: number; from: number; to: number }[] = []
  let term = 0
  const elect = (at: number, group: number): void => {
    term++
    const agent = group * size
    mark(at, agent, 'raft', { kind: 'role', role: 'candidate', term })
    mark(at + 10, agent, 'raft', { kind: 'vote', term, for: agent })
    for (let g = 0; g < groups; g++)
      if (g !== group) mark(at + latency(group, g), g * size, 'raft', { kind: 'vote', term, for: agent })
    mark(at + 170_000, agent, 'raft', { kind: 'leader', term })
    reigns.push({ from: at + 170_000, to: Infinity, head: group, term })
    for (let g = 0; g < groups; g++)
      mark(at + 260_000 + 9000 * g, g * size, 'tree-sync', { kind: 'synced', epoch: term, agents: size })
  }
  elect(420_000, 2 % groups)
  for (const c of [...log].sort((a, b) => a.at - b.at)) {
    if (c.op === 'crash') {
      const reign = reigns.at(-1)!
      const agent = typeof c.agent === 'number' ? c.agent : reign.head * size
      const to = c.forUs ? c.at + c.forUs : Infinity
      mark(c.at, agent, 'host', { kind: 'crashed' })
      down.push({ agent, from: c.at, to })
      if (agent === reign.head * size && reign.to === Infinity) {
        reign.to = c.at
        elect(c.at + 430_000, (reign.head + 4) % groups)
      }
      if (c.forUs) mark(to, agent, 'host', { kind: 'restarted' })
    } else mark(c.at, -1, 'host', { kind: 'fault', what: c.op })
  }
  marks.sort((a, b) => a.key.time - b.key.time)
  return { scenario, size, groups, marks, reigns, down }
}

const reignAt = (m: FakeModel, t: number) => m.reigns.findLast((r) => r.from <= t && t < r.to)
const isDown = (m: FakeModel, agent: number, t: number): boolean =>
  m.down.some((d) => d.agent === agent && d.from <= t && t < d.to)

export interface FakeFlight {
  readonly src: number
  readonly dst: number
  readonly sent: number
  readonly due: number
  readonly kind: number
  readonly seq: number
}

/** All messages that could be in flight (or just ended) around `t`. */
export function flightsAt(m: FakeModel, t: number, kept = 300_000): FakeFlight[] {
  const out: FakeFlight[] = []
  const beats = Math.floor(t / HEARTBEAT)
  for (let k = Math.max(1, beats - 6); k <= beats; k++) {
    const at = k * HEARTBEAT
    const reign = reignAt(m, at)
    if (!reign) continue
    for (let g = 0; g < m.groups; g++) {
      if (g === reign.head) continue
      const head = reign.head * m.size
      const there = at + latency(reign.head, g)
      out.push({ src: head, dst: g * m.size, sent: at, due: there, kind: 0, seq: k * 64 + g })
      if (!isDown(m, g * m.size, there))
        out.push({
          src: g * m.size,
          dst: head,
          sent: there,
          due: there + latency(reign.head, g),
          kind: 1,
          seq: k * 64 + 16 + g,
        })
    }
    for (let i = 1; i < m.size * m.groups; i++) {
      const place = i % m.size
      if (place === 0) continue
      const parent = i - place + Math.floor((place - 1) / 3)
      const depth = Math.floor(Math.log(2 * place + 1) / Math.log(3))
      const sent = at + depth * 12_000 + (i % 7) * 900
      out.push({ src: parent, dst: i, sent, due: sent + 11_000, kind: 4, seq: k * 4096 + i })
    }
  }
  for (const r of m.reigns)
    for (let g = 0; g < m.groups; g++) {
      if (g === r.head) continue
      const sent = r.from - 170_000
      const there = sent + latency(r.head, g)
      out.push({ src: r.head * m.size, dst: g * m.size, sent, due: there, kind: 2, seq: r.term * 7 + g })
      out.push({
        src: g * m.size,
        dst: r.head * m.size,
        sent: there,
        due: there + latency(r.head, g),
        kind: 3,
        seq: r.term * 7 + g,
      })
    }
  return out.filter((f) => f.sent <= t && t < f.due + kept)
}

export const MESSAGE_KINDS = ['append', 'appendReply', 'requestVote', 'vote', 'order', 'report']

/** Fills a frame for time `t`. */
export function paint(m: FakeModel, t: number, frame: Frame, number: number): void {
  const { agents } = frame
  const reign = reignAt(m, t)
  const standing = m.marks.find(
    (x) => x.body.kind === 'role' && x.key.time <= t && t < x.key.time + 170_000 && x.program === 'raft',
  )
  for (let i = 0; i < m.size * m.groups; i++) {
    const head = i % m.size === 0
    const g = Math.floor(i / m.size)
    const dead = isDown(m, i, t)
    const role = !head ? 'member' : reign?.head === g ? 'leader' : standing?.agent === i ? 'candidate' : 'follower'
    agents.role[i] = ROLES.indexOf(role)
    agents.status[i] = STATUS.indexOf(dead ? 'down' : 'up')
    agents.term[i] = standing
      ? Number(standing.body['term'])
      : (reign?.term ?? m.reigns.findLast((r) => r.from <= t)?.term ?? 0)
    const index = Math.floor(t / 90_000)
    agents.lastIndex[i] = head ? Math.max(0, index - (g === reign?.head ? 0 : g % 3)) : 0
    agents.commitIndex[i] = head ? Math.max(0, index - 3) : 0
    agents.durableIndex[i] = head ? Math.max(0, index - 1) : 0
    agents.votes[i] = standing?.agent === i ? Math.min(3, 1 + Math.floor((t - standing.key.time) / 45_000)) : 0
    agents.follows[i] = reign ? reign.head * m.size : -1
    agents.load[i] = 0.3 + 0.2 * Math.sin(i + t / 2e5)
    agents.inbox[i] = i % 5
  }
  const rows = frame.flights[0]!
  rows.dueUs.fill(0)
  rows.sentUs.fill(0)
  flightsAt(m, t)
    .slice(0, rows.dueUs.length)
    .forEach((f, k) => {
      rows.sentUs[k] = f.sent
      rows.dueUs[k] = f.due
      rows.src[k] = rows.txSrc[k] = f.src
      rows.dst[k] = f.dst
      rows.kind[k] = f.kind
      rows.txSeq[k] = f.seq
      rows.fate[k] = FATES.indexOf(isDown(m, f.dst, f.due) ? 'unheard' : 'delivered')
    })
  frame.header[0] = t
  frame.header[1] = number
  frame.header[2] = Math.floor(t / 130)
  frame.header[3] = Math.floor(t / 400)
}
