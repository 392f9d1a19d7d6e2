import { describe, expect, it } from 'vitest'
import { frameBytes, frameViews, ROLES, STATUS, type AgentColumns } from '../../engine/frame/frame.ts'
import { writeAgents, type AgentPicture } from './AgentState.ts'
import { SLICES } from './gl/columns.ts'
import { OUTLINE, STATE_FLAGS, WAITING_SHIFT } from './gl/shared.ts'
import { SOLID, SOLIDS } from './gl/solids.ts'
import { labelLine } from './Labels.ts'
import type { Layout } from './layout/Layout.ts'
import { AGENT_HUES, HUE, kindFamily } from './palette.ts'

const shape = { agents: 6, shards: 1, flightsPerShard: 1 }
const role = (name: (typeof ROLES)[number]): number => ROLES.indexOf(name)
const status = (name: (typeof STATUS)[number]): number => STATUS.indexOf(name)
/** Agents 0..2 are replicas, 3..5 members. */
const layout: Layout = {
  places: Float32Array.from({ length: 24 }, (_, i) => (i % 4 === 3 ? (i < 12 ? -0.6 : 0.2) : i)),
  majors: Int32Array.from([0, 1, 2]),
  plates: true,
  headScale: 1,
  polar: 1,
  discs: new Float32Array(0),
}
function setUp(): { agents: AgentColumns; picture: AgentPicture; write: () => void } {
  const { agents } = frameViews(new ArrayBuffer(frameBytes(shape)), 0, shape)
  agents.status.fill(status('up'))
  agents.role.set([role('leader'), role('follower'), role('follower'), role('member'), role('member'), role('member')])
  agents.term.fill(7)
  agents.follows.set([0, 0, 0, 0, 3, -1])
  const picture = {
    state: new Float32Array(24),
    logs: new Float32Array(12),
    wear: new Float32Array(1024),
    solids: 0,
    base: 0,
  }
  return { agents, picture, write: () => writeAgents(agents, 6, layout, 'log', picture) }
}
const hue = (picture: AgentPicture, agent: number): string => AGENT_HUES[picture.state[4 * agent]!]!

describe('writeAgents', () => {
  it('knows the roles of the frame by their numbers', () => {
    expect(AGENT_HUES.slice(0, ROLES.length)).toEqual([...ROLES])
    expect(Object.keys(SOLID)).toEqual([...SOLIDS])
  })

  it("gives members their leader's colour, through whoever they follow", () => {
    const { agents, picture, write } = setUp()
    write()
    expect([3, 4, 5].map((agent) => hue(picture, agent))).toEqual(['led', 'led', 'member'])
    agents.status[0] = status('down')
    write()
    expect([3, 4, 5].map((agent) => hue(picture, agent))).toEqual(['stale', 'stale', 'member'])
  })

  it('tells the followers of an old leader from those of the new one', () => {
    const { agents, picture, write } = setUp()
    agents.role[1] = role('leader')
    agents.term[1] = 8
    agents.follows[5] = 1
    agents.term[5] = 8
    write()
    expect([3, 5].map((agent) => hue(picture, agent))).toEqual(['rival', 'led'])
  })

  it('tells the roles of plain members by outline as well as by colour, and what is down has none', () => {
    const { agents, picture, write } = setUp()
    agents.role.set([
      role('idle'),
      role('informed'),
      role('spreading'),
      role('suspect'),
      role('blocked'),
      role('suspect'),
    ])
    agents.status[5] = status('down')
    agents.follows.fill(-1)
    write()
    const outlines = [0, 1, 2, 3, 4, 5].map((agent) => picture.state[4 * agent + 3]! & OUTLINE.square)
    expect(outlines).toEqual([0, 0, OUTLINE.diamond, OUTLINE.triangle, OUTLINE.square, 0])
    expect([1, 2, 3, 4].map((agent) => hue(picture, agent))).toEqual(['informed', 'spreading', 'suspect', 'blocked'])
  })

  it('lets an agent swell with the logarithm of what waits for it', () => {
    const { agents, picture, write } = setUp()
    agents.inbox.set([0, 1, 3, 64, 1_000, 0])
    agents.status[1] = status('absent')
    write()
    const swell = [0, 1, 2, 3, 4].map((agent) => picture.state[4 * agent + 3]! >> WAITING_SHIFT)
    expect(swell).toEqual([0, 0, 2, 7, 7])
  })

  it('ends with followers that follow each other', () => {
    const { agents, picture, write } = setUp()
    agents.follows.set([0, 0, 0, 4, 5, 3])
    write()
    expect(hue(picture, 3)).toBe('stale')
  })

  it('gives each role its shape, and a crashed replica a broken one', () => {
    const { agents, picture, write } = setUp()
    agents.role[1] = role('candidate')
    agents.role[2] = role('byzantine')
    agents.status[3] = status('down')
    write()
    expect([...picture.wear.slice(0, 2 * picture.solids)]).toEqual([
      0,
      SOLID.octahedron,
      1,
      SOLID.cone,
      2,
      SOLID.spiked,
    ])
    expect(picture.state[4 * 3 + 3]! & STATE_FLAGS.down).toBeTruthy()
    agents.status[0] = status('down')
    write()
    expect([...picture.wear.slice(0, 2)]).toEqual([0, SOLID.broken])
    expect(picture.state[0]).toBe(HUE.down)
  })

  it('shows who has left as nothing', () => {
    const { agents, picture, write } = setUp()
    agents.status[4] = status('absent')
    write()
    expect(picture.state[4 * 4 + 3]).toBe(STATE_FLAGS.absent)
  })

  it('keeps between 8 and 14 entries of the longest log above the base, all logs on the same base', () => {
    const { agents, picture, write } = setUp()
    for (let last = 0; last < 200; last++) {
      agents.lastIndex.set([last, Math.max(0, last - 2), 0])
      agents.commitIndex.set([Math.max(0, last - 1), 0, 0])
      write()
      expect(picture.logs[0]! + picture.base).toBe(last)
      expect(picture.logs[0]).toBeLessThanOrEqual(SLICES)
      if (last > SLICES) expect(picture.logs[0]).toBeGreaterThanOrEqual(8)
      else expect(picture.base).toBe(0)
    }
  })

  it('lifts the head onto its column: a longer log stands higher', () => {
    const { agents, picture, write } = setUp()
    agents.lastIndex.set([12, 9, 3])
    write()
    expect(picture.state[2]).toBeGreaterThan(picture.state[6]!)
    expect(picture.state[6]).toBeGreaterThan(picture.state[10]!)
    expect(picture.state[4 * 3 + 2]).toBe(0)
  })

  it('counts votes against a majority of all replicas, only while it stands', () => {
    const { agents, picture, write } = setUp()
    agents.role[1] = role('candidate')
    agents.votes.set([3, 1, 0])
    write()
    expect([picture.logs[3], picture.logs[7], picture.logs[11]]).toEqual([-1, 0.5, -1])
  })
})

describe('labelLine', () => {
  it('says role and what matters about it', () => {
    const { agents } = setUp()
    agents.lastIndex[1] = 212
    expect([labelLine(agents, 0, 'log'), labelLine(agents, 1, 'log'), labelLine(agents, 1, 'none')]).toEqual([
      'leader · term 7',
      'follower · 212',
      'follower · term 7',
    ])
    agents.role[2] = role('candidate')
    expect(labelLine(agents, 2, 'none')).toBe('candidate')
    agents.votes[2] = 1
    expect(labelLine(agents, 2, 'log')).toBe('candidate · 1 vote')
    agents.status[2] = status('down')
    expect(labelLine(agents, 2, 'log')).toBe('crashed')
  })
})

describe('kindFamily', () => {
  it('knows questions, answers, votes and clients by their names', () => {
    const names = ['appendEntries', 'appendReply', 'requestVote', 'voteReply', 'clientRequest', 'heartbeat', 'token']
    expect(names.map(kindFamily)).toEqual(['order', 'answer', 'vote', 'vote', 'client', 'order', 'other'])
  })
})
