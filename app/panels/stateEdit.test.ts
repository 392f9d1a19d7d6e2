import { describe, expect, it } from 'vitest'
import type { Mark } from '../../engine/agents/Program.ts'
import type { AgentId, Micros, U32 } from '../../engine/kernel/units.ts'
import { parseCommand } from '../../engine/scenario/parse.ts'
import type { Command } from '../../engine/scenario/Scenario.ts'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import { awaited, editKind, editOp, handNotes, pendingNotes, typed } from './stateEdit.ts'

const { scenario } = presetNamed('raft-lan')!
const edit = (path: string, now: number | string | boolean | null, text: string) =>
  editOp(scenario, 3, 'raft', path, now, text)

describe('editing an agent by hand', () => {
  it('makes a command that the scenario’s own door accepts: a variable is edited, a parameter is set', () => {
    const term = edit('term', 4, '9')
    expect(term).toEqual({ ok: true, op: { op: 'edit', agent: 3, program: 'raft', path: 'term', value: 9 } })
    const beat = edit('params.heartbeatUs', 50_000, '20000')
    expect(beat).toMatchObject({ ok: true, op: { op: 'set', param: 'heartbeatUs', value: 20_000 } })
    for (const made of [term, beat])
      expect(made.ok && parseCommand({ at: 1, ...made.op }, scenario)).toMatchObject({ ok: true })
  })
  it('keeps the type: a number stays a number, a whole one whole', () => {
    expect(typed(4, '4.5')).toBeUndefined()
    expect(typed(0.5, '4.25')).toBe(4.25)
    expect(typed(4, '')).toBeUndefined()
    expect(typed(true, 'no')).toBe(false)
    expect(typed('follower', '7')).toBe('7')
    expect(typed(null, '7')).toBe(7)
  })
  it('says in one sentence what is wrong', () => {
    expect(edit('term', 4, 'many')).toEqual({ ok: false, error: 'term: many is not a whole number.' })
    expect(edit('params.heartbeatUs', 50_000, '0')).toMatchObject({
      error: expect.stringMatching(/^heartbeatUs: 0 is outside 1\.\./),
    })
  })
  it('offers nothing for what cannot be changed: lists, fixed parameters, keys that no path can name', () => {
    expect(editKind(scenario, 'raft', 'log', [])).toBeNull()
    expect(editKind(scenario, 'raft', 'params.machine', 'kv')).toBeNull()
    expect(editKind(scenario, 'raft', 'params.nothing', 1)).toBeNull()
    expect(editKind(scenario, 'raft', 'kv.a key', 1)).toBeNull()
  })
  it('tells what was done to an agent from the marks of the host, never from later ones', () => {
    const mark = (time: number, agent: number, body: Mark['body']): Mark => ({
      key: { time: time as Micros, dst: agent as AgentId, src: 0 as AgentId, seq: 0 as U32 },
      index: 0 as U32,
      agent: agent as AgentId,
      program: 'host',
      body,
    })
    const marks = [
      mark(10, 3, { kind: 'edited', program: 'raft', path: 'term', value: 9 }),
      mark(20, 4, { kind: 'edited', program: 'raft', path: 'term', value: 8 }),
      mark(30, 3, { kind: 'not edited', program: 'raft', path: 'term', value: 8, why: 'the agent is down' }),
    ]
    const log: Command[] = [{ at: 40, op: 'set', agent: 'all', program: 'raft', param: 'batchMax', value: 2 }]
    expect(pendingNotes(log, marks, 3, 40)).toMatchObject([
      { sentence: 'BatchMax of raft becomes 2 when time goes on.' },
    ])
    expect(pendingNotes(log, marks, 3, 41)).toEqual([])
    expect(handNotes(marks, 3, 29)).toEqual([
      { atUs: 10, sentence: 'Term of raft was overwritten with 9.', refused: false },
    ])
    expect(handNotes(marks, 3, 30)[0]).toMatchObject({
      sentence: 'Term of raft stays: the agent is down.',
      refused: true,
    })
  })
})

it('knows the value that a command of this moment gives, for the agent, the variable and the time it names', () => {
  const log: readonly Command[] = [
    { at: 5 as Micros, op: 'edit', agent: 3 as AgentId, program: 'raft', path: 'term', value: 7 },
    { at: 5 as Micros, op: 'set', agent: 'all', program: 'raft', param: 'batchMax', value: 2 },
  ]
  expect(awaited(log, 5, 3, 'raft', 'term')).toBe(7)
  expect(awaited(log, 5, 3, 'raft', 'params.batchMax')).toBe(2)
  for (const [timeUs, agent, program, path] of [
    [6, 3, 'raft', 'term'],
    [5, 2, 'raft', 'term'],
    [5, 3, 'client', 'term'],
    [5, 3, 'raft', 'vote'],
  ] as const)
    expect(awaited(log, timeUs, agent, program, path)).toBeUndefined()
})
