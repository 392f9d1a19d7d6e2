import { expect, it } from 'vitest'
import type { AgentState } from './agentState.ts'
import { editState } from './editState.ts'

const agentWith = (state: object) => ({ programs: [{ program: 0, state }] }) as unknown as AgentState

it('edits an entry of a list, never its length, and leaves what a checkpoint may share alone', () => {
  const log = [{ term: 1 }, { term: 2 }]
  const agent = agentWith({ log })
  expect(editState(agent, 0, 'log.1.term', 7)).toBe(null)
  expect(agent.programs[0]!.state).toEqual({ log: [{ term: 1 }, { term: 7 }] })
  expect(log[1]).toEqual({ term: 2 })
  for (const length of [-1, 0, 4_000_000_000])
    expect(editState(agent, 0, 'log.length', length)).toContain('there is no')
  expect(agent.programs[0]!.state).toEqual({ log: [{ term: 1 }, { term: 7 }] })
})
