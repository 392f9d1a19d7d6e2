import { describe, expect, it } from 'vitest'
import { agentId, micros } from '../kernel/units.ts'
import { LinkTable } from './LinkTable.ts'

describe('LinkTable', () => {
  it('counts each directed link from 0, through growth', () => {
    const table = new LinkTable()
    for (let round = 0; round < 3; round++)
      for (let src = 0; src < 40; src++)
        for (let dst = 0; dst < 40; dst++) expect(table.next(table.slot(agentId(src), agentId(dst)))).toBe(round)
  })

  it('forgets what is not in the rows it is restored from', () => {
    const table = new LinkTable()
    for (let i = 0; i < 5; i++) table.next(table.slot(agentId(1), agentId(2)))
    table.next(table.slot(agentId(3), agentId(4)))
    const rows = table.rows()
    for (let i = 0; i < 5; i++) table.next(table.slot(agentId(7), agentId(8)))
    table.restore(rows)
    expect(table.next(table.slot(agentId(7), agentId(8)))).toBe(0)
    expect(table.next(table.slot(agentId(1), agentId(2)))).toBe(5)
  })

  it('keeps order on a link: nothing is due before what was sent earlier', () => {
    const table = new LinkTable()
    const slot = table.slot(agentId(0), agentId(1))
    expect([50, 20, 60, 61].map((due) => table.inOrder(slot, micros(due)))).toEqual([50, 51, 60, 61])
  })
})
