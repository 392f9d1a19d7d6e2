import { describe, expect, it } from 'vitest'
import { frameBytes, frameViews, ROLES, STATUS } from '../../../engine/frame/frame.ts'
import { csvLine } from '../../../workers/sweep/csv.ts'
import { agentRecords, orderedAgents } from './agentTable.ts'

const shape = { agents: 6, shards: 1, flightsPerShard: 1 }
const nameOf = (agent: number): string => ['London', 'Tokyo, 2', 'Dallas', 'Tokyo', 'Osaka', 'Madrid'][agent]!

/** Five agents that are up, the third one down, the sixth not there. */
function frame() {
  const made = frameViews(new ArrayBuffer(frameBytes(shape)), 0, shape)
  const { agents } = made
  for (let id = 0; id < 5; id++) {
    agents.status[id] = STATUS.indexOf(id === 2 ? 'down' : 'up')
    agents.role[id] = ROLES.indexOf(id === 3 ? 'leader' : 'follower')
    agents.load[id] = [0.5, 0.25, 0, 0.5, 0.75][id]!
    agents.follows[id] = id === 3 ? -1 : 3
  }
  return made
}
const order = (column: string, down = false) => ({ column, down })

describe('orderedAgents', () => {
  it('leaves out who is not there, and sorts by number where no column is named', () => {
    expect(orderedAgents(frame(), 6, nameOf, '', order('agent'))).toEqual([0, 1, 2, 3, 4])
    expect(orderedAgents(frame(), 6, nameOf, '', order('agent', true))).toEqual([4, 3, 2, 1, 0])
  })

  it('sorts by a column, equal values by number either way', () => {
    expect(orderedAgents(frame(), 6, nameOf, '', order('load'))).toEqual([2, 1, 0, 3, 4])
    expect(orderedAgents(frame(), 6, nameOf, '', order('load', true))).toEqual([4, 0, 3, 1, 2])
    expect(orderedAgents(frame(), 6, nameOf, '', order('state'))[0]).toBe(2) // crashed, follower, leader
  })

  it('says and finds states in the words of the legend where it is given them', () => {
    const words = new Map([['follower', 'follows orders']])
    expect(orderedAgents(frame(), 6, nameOf, 'orders', order('agent'), words)).toEqual([0, 1, 4])
    expect(orderedAgents(frame(), 6, nameOf, 'follower', order('agent'), words)).toEqual([])
  })

  it('finds by every word of name, state or number', () => {
    expect(orderedAgents(frame(), 6, nameOf, 'tokyo', order('agent'))).toEqual([1, 3])
    expect(orderedAgents(frame(), 6, nameOf, 'tokyo leader', order('agent'))).toEqual([3])
    expect(orderedAgents(frame(), 6, nameOf, 'paris', order('agent'))).toEqual([])
    expect(orderedAgents(null, 6, nameOf, '', order('agent'))).toEqual([])
  })
})

it('writes every agent with every column, quoted where a name has a comma (RFC 4180)', () => {
  const [header, ...rows] = agentRecords(frame(), 6, nameOf, () => 0).map(csvLine)
  expect(header).toMatch(/^agent,name,group,role,status,term,.*,load,inbox\r\n$/)
  expect(rows).toHaveLength(5)
  expect(rows[1]).toBe('1,"Tokyo, 2",0,follower,up,0,0,0,0,0,3,0.25,0\r\n')
})
