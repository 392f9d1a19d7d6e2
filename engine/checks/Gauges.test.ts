import { expect, it } from 'vitest'
import type { Mark, MarkBody } from '../agents/Program.ts'
import { agentId, micros } from '../kernel/units.ts'
import { Gauges } from './Gauges.ts'

const mark = (time: number, agent: number, program: string, body: MarkBody): Mark => ({
  key: { time: micros(time), dst: agentId(agent), src: agentId(agent), seq: 0 },
  index: 0,
  agent: agentId(agent),
  program,
  body,
})

it('measures a commit from the leader that appended to when that leader knows, in the bucket where it ends', () => {
  const gauges = new Gauges(100)
  gauges.take(mark(0, 1, 'raft', { kind: 'role', role: 'leader', term: 1 }))
  gauges.take(mark(10, 1, 'raft', { kind: 'append', from: 1, terms: [1, 1], digests: [0, 0] }))
  gauges.take(mark(20, 2, 'raft', { kind: 'append', from: 1, terms: [1], digests: [0] }))
  gauges.take(mark(90, 1, 'raft', { kind: 'commit', index: 1 }))
  gauges.take(mark(130, 1, 'raft', { kind: 'commit', index: 2 }))
  gauges.take(mark(140, 2, 'raft', { kind: 'commit', index: 2 }))
  expect([gauges.row(0), gauges.row(1), gauges.row(2)]).toEqual([
    { 'commit latency': 80 },
    { 'commit latency': 120 },
    {},
  ])
})

it('forgets what a leader had open when it falls', () => {
  const gauges = new Gauges(100)
  gauges.take(mark(0, 1, 'raft', { kind: 'role', role: 'leader', term: 1 }))
  gauges.take(mark(1, 1, 'raft', { kind: 'append', from: 1, terms: [1], digests: [0] }))
  gauges.take(mark(2, 1, 'host', { kind: 'crashed' }))
  gauges.take(mark(3, 1, 'raft', { kind: 'role', role: 'leader', term: 3 }))
  gauges.take(mark(50, 1, 'raft', { kind: 'commit', index: 1 }))
  expect(gauges.row(0)).toEqual({})
})

it('averages the answers of a bucket', () => {
  const gauges = new Gauges(100)
  gauges.take(mark(5, 4, 'client', { kind: 'ok', tookUs: 10 }))
  gauges.take(mark(6, 4, 'client', { kind: 'ok', tookUs: 30 }))
  expect(gauges.row(0)).toEqual({ 'operation latency': 20 })
})

it('shows the figures of measurements under their names, and nothing that is not a number', () => {
  const gauges = new Gauges(100)
  gauges.take(mark(10, 0, 'space', { kind: 'measure', polarisation: 0.5, clusterSizes: [1], text: 'x', bad: NaN }))
  gauges.take(mark(60, 0, 'space', { kind: 'measure', polarisation: 0.7 }))
  gauges.take(mark(160, 0, 'space', { kind: 'emerged', value: 0.7 }))
  expect([gauges.row(0), gauges.row(1)]).toEqual([{ polarisation: 0.6 }, {}])
})
