import { describe, expect, it } from 'vitest'
import { agentId } from '../kernel/units.ts'
import type { AgentState } from './agentState.ts'
import { AgentTable } from './AgentTable.ts'

const agent = (id: number): AgentState => ({ id }) as AgentState

describe('AgentTable', () => {
  it('lists agents in the order of ids, whatever the order they came in, and forgets those that left', () => {
    const table = new AgentTable(8)
    for (const id of [5, 1, 3]) table.set(agentId(id), agent(id))
    table.delete(agentId(3))
    expect(Array.from(table.values(), ({ id }) => id)).toEqual([1, 5])
    expect(Array.from(table, ([id]) => id)).toEqual([1, 5])
    expect(table.get(agentId(3))).toBeUndefined()
    expect(table.get(agentId(-1))).toBeUndefined()
    table.clear()
    expect([...table.values()]).toEqual([])
  })
})
