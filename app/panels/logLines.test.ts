import { describe, expect, it } from 'vitest'
import type { Mark, MarkBody } from '../../engine/agents/Program.ts'
import { agentId, micros } from '../../engine/kernel/units.ts'
import { lineOf, selectLines } from './logLines.ts'

const names = { agent: (id: number) => `agent ${id}`, group: (id: number) => `group ${id}`, groups: [] }
const mark = (time: number, agent: number, program: string, body: MarkBody): Mark => ({
  key: { time: micros(time), dst: agentId(agent), src: agentId(agent), seq: 0 },
  index: 0,
  agent: agentId(agent),
  program,
  body,
})
const MARKS = [
  mark(1, 3, 'raft', { kind: 'vote', term: 2, for: 1 }),
  mark(2, 4, 'client', { kind: 'invoke', process: 7, f: 'read', key: 'a' }),
  mark(3, 1, 'host', { kind: 'crashed' }),
]
const line = (i: number): string => lineOf(MARKS, i, names, 5)

describe('log lines', () => {
  it('are sentences where there is one, and kind with fields where there is none', () => {
    expect([0, 1, 2].map(line)).toEqual([
      'Agent 3 votes for agent 1 in term 2',
      'Agent 4: invoke process 7, f read, key a',
      'Agent 1 crashed',
    ])
  })
  it('say faults and what programs tell in the words of the caption line', () => {
    const one = (agent: number, program: string, body: MarkBody): string =>
      lineOf([mark(1, agent, program, body)], 0, names, 5)
    const fault = (op: string, active: boolean, rest = {}): string =>
      one(-1, 'host', { kind: 'fault', op, command: 0, active, ...rest })
    expect(fault('lose', true)).toBe('The fault “Lose” begins')
    expect(fault('heal', false)).toBe('A fault ends')
    expect(fault('crash', false, { missed: true })).toBe('The fault “Crash” finds nobody to hit')
    expect(one(7, 'swim', { kind: 'discovered', of: 9, incarnation: 0 })).toBe(
      'Agent 7 is the first to meet agent 9, and tells the others',
    )
    expect(one(7, 'swim', { kind: 'welcomed', by: 9, members: 12 })).toBe(
      'Agent 7 is welcomed by agent 9, and knows 12 members',
    )
  })
  it('say what befalls bodies, what becomes of their model, and what emerges', () => {
    const one = (program: string, body: MarkBody): string => lineOf([mark(1, -1, program, body)], 0, names, 5)
    const afflict = { kind: 'fault', op: 'afflict', command: 0 }
    expect(one('host', { ...afflict, active: true, effect: 'deaf', bodies: 1_200 })).toBe('1,200 bodies go deaf')
    expect(one('host', { ...afflict, active: true, effect: 'kill', bodies: 1 })).toBe('One body falls')
    expect(one('host', { ...afflict, active: false, effect: 'blind' })).toBe('They see again')
    expect(one('host', { kind: 'set', program: 'space', param: 'noiseRad', value: 2 })).toMatch(/becomes 2/)
    const mill = { kind: 'emerged', what: 'mill', figure: 'milling', value: 0.7, alive: 10, members: 9, onsetUs: 1 }
    expect(one('space', { kind: 'measure', alive: 1_200, polarisation: 0.123456, clusterSizes: [1] })).toBe(
      'The bodies are measured: bodies up 1200, polarisation 0.12',
    )
    expect(one('space', mill)).toBe('A mill has formed: 90 % circle about one centre')
  })
  it('are no agreement where bodies tell them', () => {
    expect(selectLines([mark(1, -1, 'space', { kind: 'emerged' })], 'agreement', '', null, String)).toEqual([])
  })
  it('are chosen by kind, by every word, and by agent', () => {
    expect(selectLines(MARKS, 'hosts', '', null, line)).toEqual([2])
    expect(selectLines(MARKS, 'clients', '', null, line)).toEqual([1])
    expect(selectLines(MARKS, 'all', 'agent READ', null, line)).toEqual([1])
    expect(selectLines(MARKS, 'all', '', 3, line)).toEqual([0])
  })
})
