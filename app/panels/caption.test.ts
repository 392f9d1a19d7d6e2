import { describe, expect, it } from 'vitest'
import type { Mark, MarkBody } from '../../engine/agents/Program.ts'
import { agentId, millis } from '../../engine/kernel/units.ts'
import type { Names } from '../state/names.ts'
import { bands } from '../../engine/faults/bands.ts'
import { captionAt, leadSpans, standingAt, withMissed } from './caption.ts'

const CITIES = ['Washington DC', 'London', 'Frankfurt', 'Tokyo', 'Sydney']
const names: Names = { agent: (id) => CITIES[id] ?? `Agent ${id}`, group: (id) => CITIES[id]!, groups: CITIES }
const mark = (ms: number, agent: number, program: string, body: MarkBody): Mark => ({
  key: { time: millis(ms), dst: agentId(agent), src: agentId(agent), seq: ms },
  index: 0,
  agent: agentId(agent),
  program,
  body,
})
const raft = (ms: number, agent: number, body: MarkBody): Mark => mark(ms, agent, 'raft', body)
const host = (ms: number, agent: number, kind: string): Mark => mark(ms, agent, 'host', { kind })

const RUN = [
  raft(300, 1, { kind: 'role', role: 'candidate', term: 3 }),
  raft(301, 1, { kind: 'vote', term: 3, for: 1 }),
  raft(400, 2, { kind: 'role', role: 'candidate', term: 4 }),
  raft(401, 2, { kind: 'vote', term: 4, for: 2 }),
  raft(410, 1, { kind: 'vote', term: 4, for: 2 }),
  raft(440, 0, { kind: 'vote', term: 4, for: 2 }),
  raft(450, 2, { kind: 'leader', term: 4 }),
  host(3000, 3, 'crashed'),
  host(4000, 2, 'crashed'),
]
const says = (ms: number): string | undefined => captionAt(RUN, [], millis(ms), names, 5)?.sentence

describe('caption', () => {
  it('says nothing before anything has happened', () => expect(says(10)).toBeUndefined())
  it('names who stands and in which term', () => expect(says(350)).toBe('London stands for election in term 3'))
  it('counts the votes that the leader’s term gave it', () =>
    expect(says(460)).toBe('Frankfurt leads term 4: 3 of 5 votes'))
  it('names who crashed', () => expect(says(3100)).toBe('Tokyo crashed'))
  it('shows the past when the time is in the past', () =>
    expect(says(2999)).toBe('Frankfurt leads term 4: 3 of 5 votes'))
  it('holds a new leader’s line against a tree in step right after it', () => {
    const run = [...RUN.slice(0, 7), mark(500, 2, 'tree-sync', { kind: 'synced', epoch: 1, agents: 200 })]
    expect(captionAt(run, [], millis(510), names, 5)?.tone).toBe('leader')
  })
})

describe('caption from the command log', () => {
  it('says what was done to the network, which no agent marks', () => {
    const log = [{ at: millis(3500), op: 'partition', side: { group: 1 }, forUs: millis(2000) }] as const
    expect(captionAt(RUN, log, millis(3600), names, 5)?.sentence).toMatch(/^London/)
    expect(captionAt(RUN, log, millis(4100), names, 5)?.sentence).toBe('Frankfurt crashed')
  })
})

describe('a fault that found nobody', () => {
  const log = [{ at: millis(3500), op: 'crash', agent: 'leader', forUs: millis(3000) }] as const
  const told = mark(3500, -1, 'host', { kind: 'fault', op: 'crash', command: 0, active: false, missed: true })

  it('is said to have hit nobody, and its band is a moment', () => {
    expect(captionAt([told], log, millis(3600), names, 5)?.sentence).toBe(
      'The leader crashes for 3 s: there was nobody to hit',
    )
    const [band] = withMissed(bands(log, millis(9000)), [told])
    expect(band).toMatchObject({ from: millis(3500), to: millis(3500), label: expect.stringContaining('nobody') })
    expect(withMissed(bands(log, millis(9000)), [])[0]!.to).toBe(millis(6500))
  })
})

describe('caption of a log that is not in time order', () => {
  it('says the newest command, wherever it stands: chaos comes behind the schedule', () => {
    const log = [
      { at: millis(5000), op: 'heal' },
      { at: millis(2000), op: 'partition', side: { group: 1 }, forUs: millis(100) },
    ] as const
    expect(captionAt([], log, millis(2500), names, 5)?.sentence).toMatch(/^London/)
    expect(captionAt([], log, millis(5100), names, 5)?.sentence).toBe('The network heals')
  })
})

describe('standingAt', () => {
  it('follows the leader of the highest term until it crashes', () => {
    expect(standingAt(RUN, millis(449)).leader).toBeNull()
    expect(standingAt(RUN, millis(2000))).toMatchObject({ leader: 2, term: 4 })
    const after = standingAt(RUN, millis(4000))
    expect(after.leader).toBeNull()
    expect([...after.down]).toEqual([3, 2])
  })
})

describe('leadSpans', () => {
  it('tiles 0..until without gaps or overlaps', () => {
    const spans = leadSpans(RUN, millis(5000))
    expect(spans.map((s) => s.kind)).toEqual(['none', 'election', 'election', 'leader', 'none'])
    expect(spans[0]!.fromUs).toBe(0)
    for (let i = 1; i < spans.length; i++) expect(spans[i]!.fromUs).toBe(spans[i - 1]!.toUs)
    expect(spans.at(-1)!.toUs).toBe(millis(5000))
  })
})
