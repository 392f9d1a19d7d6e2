import { describe, expect, it } from 'vitest'
import type { MarkBody } from '../agents/Program.ts'
import { ByteReader, ByteWriter } from '../kernel/codec.ts'
import { agentId, NONE } from '../kernel/units.ts'
import { ConsensusEngine } from './ConsensusEngine.ts'
import { raft } from './raft.ts'
import { BY_HAND, cluster, elect, leaderOf, propose, server, violations } from './testing/cluster.ts'
import { RAFT_KINDS, raftMessages } from './raftMessages.ts'
import type { RaftMsg } from './raftMessages.ts'
import type { World } from './testing/World.ts'

const from = (world: World, kind: string): MarkBody[] =>
  world.marks.filter(({ body }) => body.kind === kind).map(({ body }) => body)
const answers = (world: World, type: string, agent: number): any[] =>
  world.sent.filter(({ msg, from: src }) => msg.type === type && src === agent).map(({ msg }) => msg)
/** A message out of nowhere, as an old or a foreign server might send it. */
function receive(world: World, to: number, src: number, msg: RaftMsg): void {
  world.deliver({ from: agentId(src), to: agentId(to), program: 'raft', msg, timeUs: 0 }, 1)
  world.run(5_000)
}
const requestVote = (term: number, lastIndex = 0, lastTerm = 0): RaftMsg => ({
  ...{ type: 'requestVote', term, lastIndex, lastTerm, force: false },
})

describe('leader election (Raft §5.2)', () => {
  it('grants at most one vote per term', () => {
    const { world } = cluster(3, BY_HAND)
    receive(world, 0, 1, requestVote(1))
    receive(world, 0, 2, requestVote(1))
    receive(world, 0, 1, requestVote(1)) // asked again: the same answer
    expect(answers(world, 'vote', 0).map(({ granted }) => granted)).toEqual([true, false, true])
  })
  it('starts an election within [min, max] of silence, at times that differ between servers', () => {
    const { world } = cluster(5)
    const due = world.running.map((_, a) => world.run(0) && server(world, a).electionDueUs)
    for (const us of due) expect(us >= 150_000 && us <= 300_000).toBe(true)
    expect(new Set(due).size).toBe(5)
  })
  it('elects one leader, which keeps the others quiet', () => {
    const fixture = cluster(5)
    fixture.world.run(3_000_000)
    expect(from(fixture.world, 'leader')).toHaveLength(1)
    expect(violations(fixture)).toEqual({})
  })
  it('refuses a candidate whose log is behind (§5.4.1)', () => {
    const { world } = cluster(3, BY_HAND)
    elect(world, 0)
    propose(world, 0, 'x', 1).run(50_000)
    receive(world, 1, 2, requestVote(5, 1, 1))
    receive(world, 1, 2, requestVote(6, 9, 0))
    receive(world, 1, 2, requestVote(7, 2, 1))
    expect(answers(world, 'vote', 1).map(({ granted }) => granted)).toEqual([true, false, false, true])
  })
  it('sends a vote only when it is on disk (thesis §3.8)', () => {
    const { world } = cluster(3, BY_HAND, { fsyncUs: 8_000 })
    receive(world, 0, 1, requestVote(1))
    expect(answers(world, 'vote', 0)).toEqual([])
    world.run(8_000)
    expect(answers(world, 'vote', 0)).toEqual([{ type: 'vote', term: 1, granted: true }])
  })
})

describe('a partitioned server comes back (trap 3)', () => {
  const rejoin = (preVote: boolean): number => {
    const { world } = cluster(5, { preVote, checkQuorum: preVote })
    world.run(1_000_000)
    const leader = leaderOf(world)
    world.partition([(leader + 1) % 5]).run(3_000_000)
    const before = from(world, 'leader').length
    world.heal().run(1_000_000)
    return from(world, 'leader').length - before
  }
  it('deposes the leader with the term it has inflated, without PreVote', () =>
    expect(rejoin(false)).toBeGreaterThan(0))
  it('disturbs nobody with PreVote (thesis §9.6)', () => expect(rejoin(true)).toBe(0))
})

describe('a leader that speaks and does not hear (trap 4)', () => {
  const progress = (checkQuorum: boolean): number => {
    const { world } = cluster(3, { preVote: true, checkQuorum })
    world.run(1_000_000)
    const leader = leaderOf(world)
    for (const a of [0, 1, 2]) if (a !== leader) world.cut(a, leader)
    world.run(3_000_000)
    return from(world, 'leader').length - 1
  }
  it('holds everybody up for ever, with PreVote alone', () => expect(progress(false)).toBe(0))
  it('steps down without a quorum, with CheckQuorum (thesis §6.2)', () => expect(progress(true)).toBe(1))
})

describe('log replication (Raft §5.3)', () => {
  it('repairs any follower of Figure 7', () => {
    const terms = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6]
    const others = [
      [1, 1, 1, 4, 4, 5, 5, 6, 6],
      [1, 1, 1, 4],
      [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
      [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
      [1, 1, 1, 4, 4, 4, 4],
      [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
    ]
    const { world } = cluster(7, BY_HAND)
    const logs = [terms, ...others].map((row) =>
      row.map((term) => ({ term, op: { type: 'noop' as const }, ...NOBODY })),
    )
    logs.forEach((log, a) => {
      const row = world.running[a]!.get('raft')!
      raft.disk!.write(row.disk, { term: 7, vote: NONE, from: 1, entries: log, commit: 0 })
      world.crash(a).restart(a)
    })
    elect(world, 0) // only servers with no later last term can vote for it: a, b, e, f of the figure
    world.run(500_000)
    const shape = server(world, 0).log.map((entry) => entry.term)
    expect(shape).toEqual([...terms, 8])
    for (let a = 1; a < 7; a++) expect(server(world, a).log.map((entry) => entry.term)).toEqual(shape)
  })
  it('counts its own entry only when it is on its own disk (thesis §10.2.1)', () => {
    const { world } = cluster(3, BY_HAND, { fsyncUs: 1_000 })
    elect(world, 0)
    world.crash(2).run(50_000)
    const { durableIndex } = server(world, 0)
    propose(world, 0, 'x', 1).run(900)
    expect(server(world, 0).log).toHaveLength(durableIndex + 1)
    expect(server(world, 0).durableIndex).toBe(durableIndex)
    world.run(5_000)
    expect(server(world, 0).commitIndex).toBe(durableIndex + 1)
  })
  it('does not take a finished write for entries that replaced those it wrote (trap 17)', () => {
    const { world } = cluster(3, BY_HAND, { fsyncUs: 10_000 })
    const entry = (term: number) => ({ term, op: { type: 'noop' as const }, ...NOBODY })
    const append = (term: number): RaftMsg => ({
      ...{ type: 'append', term, prevIndex: 0, prevTerm: 0, commit: 0, entries: [entry(term)] },
    })
    receive(world, 2, 0, append(1)) // its write starts
    receive(world, 2, 1, append(2)) // replaced while the write is under way
    world.run(2_000)
    expect(server(world, 2).durableIndex).toBe(0)
    expect(answers(world, 'appendReply', 2)).toEqual([])
    world.run(12_000)
    expect(server(world, 2).durableIndex).toBe(1)
    expect(answers(world, 'appendReply', 2).map(({ term }) => term)).toEqual([2])
  })
  it('sends at most batchMax entries a message', () => {
    const { world } = cluster(3, { ...BY_HAND, batchMax: 3 })
    elect(world, 0)
    world.partition([2])
    for (let k = 0; k < 20; k++) propose(world, 0, 'x', k)
    world.run(50_000).heal().run(200_000)
    const sizes = answers(world, 'append', 0).map(({ entries }) => entries.length)
    expect(Math.max(...sizes)).toBe(3)
    expect(server(world, 2).log).toHaveLength(21)
  })
})

const NOBODY = { agent: NONE, process: -1, serial: 0 } as const

describe('what the host relies on', () => {
  it('passes a proposal from a follower to the leader, and refuses what is no operation', () => {
    const { world } = cluster(3, BY_HAND)
    elect(world, 0)
    world.run(50_000)
    propose(world, 2, 'x', 5).op(1, 'raft', { op: 'propose', value: 'text' }).run(50_000)
    expect(server(world, 0).machine.values).toEqual({ x: 5 })
    expect(from(world, 'refused')).toHaveLength(1)
    expect(ConsensusEngine.propose(agentId(1), 'text').ok).toBe(false)
    expect(ConsensusEngine.propose(agentId(1), { key: 'x', value: 5 }).ok).toBe(true)
  })
  it('lets a person elect any replica, against the lease of a standing leader', () => {
    const { world } = cluster(5, { preVote: true, checkQuorum: true })
    world.run(1_000_000)
    const next = (leaderOf(world) + 2) % 5
    const { agent, program, op } = ConsensusEngine.electLeader(agentId(next))
    world.op(agent, program, op).run(50_000)
    expect(leaderOf(world)).toBe(next)
  })
  it('tells tree-sync of the same agent who leads, once a term', () => {
    const { world } = cluster(3, { ...BY_HAND, announce: true })
    elect(world, 1)
    world.run(100_000)
    const led = world.sent.filter(({ program }) => program === 'tree-sync')
    expect(led.map(({ from: src, to, msg }) => [src, to, msg.leader, msg.term]).sort()).toEqual([
      ...[[0, 0, 1, 1], [1, 1, 1, 1], [2, 2, 1, 1]], // prettier-ignore
    ])
  })
  it('reads back every message from its bytes', () => {
    const messages: RaftMsg[] = [
      requestVote(3, 4, 2),
      { type: 'vote', term: 3, granted: true },
      { type: 'preVote', term: 3, lastIndex: 1, lastTerm: 1 },
      { type: 'preVoteReply', term: 3, granted: false },
      {
        type: 'append',
        term: 3,
        prevIndex: 1,
        prevTerm: 1,
        commit: 1,
        entries: [{ term: 3, op: { type: 'noop' }, ...NOBODY }],
      },
      { type: 'appendReply', term: 3, ok: false, match: 0, prevIndex: 7, conflictTerm: 2, conflictIndex: 5 },
      { type: 'clientRequest', process: 655_360_000_012, serial: 1, op: { type: 'cas', key: 'k', from: 1, to: 2 } },
      { type: 'clientReply', process: 12, serial: 1, status: 'precondition-failed', value: null, leader: NONE },
    ]
    expect(messages.map(({ type }) => type)).toEqual(RAFT_KINDS)
    for (const msg of messages) {
      const writer = new ByteWriter(8)
      raftMessages.write(writer, msg)
      expect(raftMessages.read(new ByteReader(writer.bytes.slice(0, writer.at)))).toEqual(msg)
    }
  })
  it('traces in the words of etcd’s raft', () => {
    const { world } = cluster(3, BY_HAND)
    elect(world, 0)
    const mine = world.traces.filter(({ nid }) => nid === '1').map(({ name }) => name)
    expect(mine.slice(0, 10)).toEqual([
      ...[
        'InitState',
        'BecomeCandidate',
        'SendRequestVoteResponse',
        'SendRequestVoteRequest',
        'SendRequestVoteRequest',
      ],
      ...['Ready', 'ReceiveRequestVoteResponse', 'ReceiveRequestVoteResponse', 'BecomeLeader', 'Replicate'],
    ])
    expect(world.traces.find(({ name }) => name === 'SendRequestVoteRequest')).toEqual({
      ...{ name: 'SendRequestVoteRequest', nid: '1', state: { term: 1, vote: '1', commit: 0 } },
      ...{ role: 'StateCandidate', log: 0, conf: [['1', '2', '3'], []] },
      msg: {
        ...{ type: 'MsgVote', term: 1, from: '1', to: '2', entries: 0, logTerm: 0, index: 0 },
        ...{ commit: 0, vote: '0', reject: false, rejectHint: 0 },
      },
    })
  })
})
