import { expect, it } from 'vitest'
import { distributorCaption } from './distributor.ts'

const names = { agent: (id: number) => `agent ${id}` } as never
const say = (body: object) => distributorCaption({ agent: 0, body } as never, names)

it('a breaker is told by what it does to a worker, and single tasks are not told', () => {
  expect(say({ kind: 'tripped', server: 2, failures: 5, calls: 10 })).toEqual([
    'agent 0 gives agent 2 nothing for a while: 5 of its last 10 tasks came to nothing',
    'fault',
  ])
  expect(say({ kind: 'closed', server: 2 })).toEqual(['agent 0 trusts agent 2 again', 'up'])
  expect(say({ kind: 'strategy', strategy: 'auction' })?.[0]).toContain('another way from now on: auction')
  expect(say({ kind: 'assigned', task: 1, to: 2 })).toBeNull()
})
