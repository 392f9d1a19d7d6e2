import { assert } from '../../kernel/assert.ts'
import { cluster, leaderOf, propose, server, violations } from './cluster.ts'
import type { Fixture } from './cluster.ts'
import type { RaftMsg } from '../raftMessages.ts'
import type { RaftParams } from '../raftParams.ts'
import type { Sent, World } from './World.ts'

/** Times that make a script's virtual clock easy to read: 1 ms a message, 0.5 ms a write, a heartbeat every 50 ms. */
const TIMES: Partial<RaftParams> = { electionMinUs: 150_000, electionMaxUs: 300_000, heartbeatUs: 50_000 }

/**
 * Runs `elect 3; crash leader; settle` and the like, and returns what happened as text: each command, the messages that
 * carry something, and the marks. Servers are named by id, or `leader`.
 *
 * elect N · crash N · restart N · cut A B · partition A,B · heal · propose N KEY VALUE · run MS · settle · logs
 */
export function trace(script: string, servers = 3, params: Partial<RaftParams> = {}): string {
  const fixture = cluster(servers, { ...TIMES, ...params })
  const lines: string[] = []
  for (const command of script.split(';').map((part) => part.trim())) {
    lines.push(`> ${command}`)
    const from = { marks: fixture.world.marks.length, sent: fixture.world.sent.length }
    const said = perform(fixture, command)
    lines.push(...story(fixture.world, from.marks, from.sent), ...said)
  }
  const broken = violations(fixture)
  lines.push(Object.keys(broken).length === 0 ? 'all invariants hold' : JSON.stringify(broken, null, 2))
  return `${lines.join('\n')}\n`
}

function perform(fixture: Fixture, command: string): string[] {
  const { world } = fixture
  const [verb, ...args] = command.split(/\s+/) as [string, ...string[]]
  const agent = (text = ''): number => (text === 'leader' ? leaderOf(world) : Number(text))
  switch (verb) {
    case 'elect':
      world.op(agent(args[0]), 'raft', { op: 'campaign' })
      world.runUntil(() => server(world, agent(args[0])).role === 'leader', 100_000).run(5_000)
      return []
    case 'crash':
      world.crash(agent(args[0]))
      return []
    case 'restart':
      world.restart(agent(args[0])).run(10)
      return []
    case 'cut':
      world.cut(agent(args[0]), agent(args[1]))
      return []
    case 'partition':
      world.partition(args[0]!.split(',').map(agent))
      return []
    case 'heal':
      world.heal()
      return []
    case 'propose':
      propose(world, agent(args[0]), args[1]!, Number(args[2])).run(5_000)
      return []
    case 'run':
      world.run(Number(args[0]) * 1_000)
      return []
    case 'settle':
      world.runUntil(() => settled(world), 5_000_000)
      return []
    case 'logs':
      return logs(world)
    default:
      assert(false, `${verb} is a verb of the script`)
  }
}

/** A live leader, and every live server has its log, all of it committed. */
function settled(world: World): boolean {
  const leader = leaderOf(world)
  if (leader < 0) return false
  const { log, term } = server(world, leader)
  return world.up.every((up, a) => {
    const raft = server(world, a)
    return !up || (raft.term === term && raft.commitIndex === log.length && raft.log.length === log.length)
  })
}

function logs(world: World): string[] {
  return world.up.map((up, a) => {
    const { log, commitIndex, durableIndex } = server(world, a)
    const terms = log.map((entry) => entry.term).join(' ')
    return `  ${a}${up ? '' : ' (down)'}: terms ${terms || '-'}, committed ${commitIndex}, on disk ${durableIndex}`
  })
}

/** Marks and messages since then, in order of time; empty appends and their answers are left out. */
function story(world: World, marksFrom: number, sentFrom: number): string[] {
  const told: { us: number; text: string }[] = []
  for (const { key, agent, program, body } of world.marks.slice(marksFrom)) {
    const { kind, digest: _digest, digests: _digests, ...rest } = body as any
    if (kind === 'durable' || kind === 'fault') continue
    const fields = Object.entries(rest).map(
      ([name, value]) => `${name} ${Array.isArray(value) ? value.join(',') : value}`,
    )
    told.push({ us: key.time, text: `${agent} ${program === 'host' ? '' : '* '}${kind} ${fields.join(', ')}`.trim() })
  }
  for (const sent of world.sent.slice(sentFrom)) if (isTold(sent)) told.push({ us: sent.timeUs, text: describe(sent) })
  told.sort((a, b) => a.us - b.us)
  return told.map(({ us, text }) => `  ${(us / 1_000).toFixed(2).padStart(8)} ms  ${text}`)
}

const isTold = ({ msg }: Sent): boolean =>
  !(msg.type === 'append' && msg.entries.length === 0) && !(msg.type === 'appendReply' && msg.ok)

function describe({ from, to, msg: any }: Sent): string {
  const msg = any as RaftMsg
  const arrow = `${from} → ${to} ${msg.type}`
  switch (msg.type) {
    case 'append':
      return `${arrow} after ${msg.prevIndex}/${msg.prevTerm}: terms ${msg.entries.map((e) => e.term).join(' ')}`
    case 'appendReply':
      return `${arrow} refused at ${msg.prevIndex}: conflict ${msg.conflictIndex}/${msg.conflictTerm}`
    case 'requestVote':
    case 'preVote':
      return `${arrow} term ${msg.term}, log ${msg.lastIndex}/${msg.lastTerm}`
    case 'vote':
    case 'preVoteReply':
      return `${arrow} term ${msg.term}, ${msg.granted ? 'granted' : 'refused'}`
    default:
      return arrow
  }
}
