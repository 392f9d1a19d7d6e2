import { describe, expect, it } from 'vitest'
import { INVARIANTS } from '../checks/Checks.ts'
import { RAFT_BUGS } from './raftBugs.ts'
import type { RaftBug } from './raftBugs.ts'
import { BY_HAND, cluster, elect, leaderOf, propose, server, violations } from './testing/cluster.ts'
import type { Entry } from './raftMessages.ts'
import type { Fixture } from './testing/cluster.ts'
import type { WorldOptions } from './testing/World.ts'

/** One pinned schedule a trap; without the bug every invariant holds on it, with the bug the named one does not. */
const SCHEDULES: { readonly [bug in RaftBug]: (bugs: readonly string[]) => Fixture } = {
  'commit-old-term': figure8,
  'vote-before-fsync': forgottenVote,
  'no-noop': inheritance,
  'no-session': lostReply,
  'stale-append-truncates': delayedAppend,
  'match-regresses': delayedReply,
  'keep-commit-index': restartedFollower,
  'even-quorum': halfOfFour,
  'duplicate-vote': duplicatedVote,
}

describe('each trap, correct and inverted', () => {
  for (const bug of RAFT_BUGS) {
    it(`trap ${bug.trap}: all invariants hold without '${bug.name}'`, () => {
      expect(violations(SCHEDULES[bug.name]([]))).toEqual({})
    })
    it(`trap ${bug.trap}: '${bug.name}' is caught by ${bug.caughtBy}`, () => {
      expect(violations(SCHEDULES[bug.name]([bug.name]))).toHaveProperty(bug.caughtBy)
    })
  }
  it('names an invariant that exists for every bug', () => {
    for (const bug of RAFT_BUGS) expect(INVARIANTS.has(bug.caughtBy)).toBe(true)
  })
})

/** Raft §5.4.2, Figure 8: servers S1…S5 of the paper are 0…4. */
function figure8(bugs: readonly string[]): Fixture {
  // An entry of term 2 leaves S5 for nobody; one of term 3 leaves S1 only for those who must first ask for what is
  // before.
  const network: WorldOptions['network'] = ({ from, to, msg }) => {
    const has = (term: number): boolean => msg.entries?.some((entry: Entry) => entry.term === term)
    const fits = msg.type === 'append' && server(fixture.world, to).log.length >= msg.prevIndex
    return (from === 4 && msg.term === 2 && has(2)) || (from === 0 && has(3) && fits) ? [] : [1_000]
  }
  const fixture: Fixture = cluster(5, { ...BY_HAND, batchMax: 1, bugs }, { network })
  const { world } = fixture
  elect(world, 0)
  world.run(50_000).partition([0, 1])
  propose(world, 0, 'x', 1).run(50_000) // (a) on S1 and S2 only
  world.crash(0).heal().partition([2, 3, 4])
  elect(world, 4) // (b) S5 leads with votes of S3 and S4 and writes for itself
  world.run(50_000).crash(4).heal()
  world.restart(0).run(20_000)
  elect(world, 0) // (c) S1 leads again and replicates its old entry to S3: on a majority
  world.run(100_000)
  const copies = [0, 2, 3].filter((a) => server(world, a).log[1]?.term === 1)
  expect(copies).toEqual([0, 2, 3])
  world.crash(0)
  world.restart(4).run(20_000)
  elect(world, 4) // (d) S5 may be elected, and overwrites it
  world.run(100_000)
  expect(server(world, 3).log[1]?.term).toBe(2)
  return fixture
}

/** Thesis §3.8: the vote is on disk before it leaves. */
function forgottenVote(bugs: readonly string[]): Fixture {
  const fixture = cluster(3, { ...BY_HAND, bugs }, { fsyncUs: 5_000 })
  const { world } = fixture
  world.cut(1, 0).cut(0, 2)
  world.op(0, 'raft', { op: 'campaign' }).run(7_000)
  world.crash(1) // the request of server 0 has come, its write has not ended
  world.restart(1).run(10_000)
  world.op(2, 'raft', { op: 'campaign' }).run(50_000)
  world.heal()
  return fixture
}

/** Thesis §6.4: entries of earlier terms commit only below one of the leader's own. */
function inheritance(bugs: readonly string[]): Fixture {
  const fixture = cluster(3, { ...BY_HAND, electionMaxUs: 900_000_000, bugs })
  const { world, checks } = fixture
  Object.assign(checks.ctx, { electionMaxUs: 100_000 })
  elect(world, 0)
  world.run(50_000).cut(1, 0).cut(2, 0)
  propose(world, 0, 'x', 1).run(50_000) // everywhere, but its leader does not hear so
  world.crash(0).heal()
  elect(world, 1)
  world.run(2_000_000)
  return fixture
}

/** Thesis §6.3: the reply is lost, the client asks again. */
function lostReply(bugs: readonly string[]): Fixture {
  let lost = false
  const network: WorldOptions['network'] = ({ msg }) => {
    const first = msg.type === 'clientReply' && msg.status === 'ok' && !lost
    if (first) lost = true
    return first ? [] : [1_000]
  }
  const fixture = cluster(3, { bugs }, { network }, 1, { readFraction: 0, casFraction: 0, timeoutUs: 100_000 })
  fixture.world.run(2_000_000)
  expect(lost).toBe(true)
  return fixture
}

/** Raft §5.3: "if an existing entry conflicts", and only then. */
function delayedAppend(bugs: readonly string[]): Fixture {
  const fixture = cluster(3, { ...BY_HAND, bugs })
  const { world } = fixture
  elect(world, 0)
  for (let k = 1; k <= 3; k++) propose(world, 0, 'x', k).run(20_000)
  const first = world.sent.find(({ to, msg }) => to === 1 && msg.type === 'append' && msg.entries.length > 0)
  world.deliver(first!, 1)
  world.run(5_000)
  return fixture
}

/** Replies overtake each other; what was matched stays matched. */
function delayedReply(bugs: readonly string[]): Fixture {
  const fixture = cluster(3, { ...BY_HAND, bugs })
  const { world } = fixture
  elect(world, 0)
  for (let k = 1; k <= 3; k++) propose(world, 0, 'x', k).run(20_000)
  for (const follower of [1, 2]) {
    const old = world.sent.find(({ from, msg }) => from === follower && msg.type === 'appendReply' && msg.match === 2)
    world.deliver(old!, 1)
  }
  world.run(50_000)
  return fixture
}

/** Thesis §3.8: commitIndex and the machine are volatile together. */
function restartedFollower(bugs: readonly string[]): Fixture {
  const fixture = cluster(3, { ...BY_HAND, bugs })
  const { world } = fixture
  elect(world, 0)
  for (let k = 1; k <= 5; k++) propose(world, 0, 'x', k).run(20_000)
  world.crash(1).restart(1).run(50_000)
  propose(world, 0, 'x', 6).run(50_000)
  expect(server(world, 1).commitIndex).toBe(7)
  return fixture
}

/** Of four servers, two are half and not a majority. */
function halfOfFour(bugs: readonly string[]): Fixture {
  const fixture = cluster(4, { ...BY_HAND, bugs })
  const { world } = fixture
  elect(world, 0)
  world.run(50_000).partition([0, 1])
  propose(world, 0, 'x', 1).run(50_000)
  world.heal().run(50_000)
  expect(leaderOf(world)).toBe(0)
  return fixture
}

/** Raft §5.2: votes of different servers; the network may deliver one twice. */
function duplicatedVote(bugs: readonly string[]): Fixture {
  const network: WorldOptions['network'] = ({ msg }) => (msg.type === 'vote' ? [1_000, 1_200] : [1_000])
  const fixture = cluster(5, { ...BY_HAND, bugs }, { network })
  const { world } = fixture
  world.partition([0, 1])
  world.cut(2, 3).cut(2, 4).cut(3, 2).cut(4, 2)
  world.op(0, 'raft', { op: 'campaign' }).op(4, 'raft', { op: 'campaign' })
  world.run(50_000)
  world.heal()
  return fixture
}
