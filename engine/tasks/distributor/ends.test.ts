import { expect, it } from 'vitest'
import { agentId } from '../../kernel/units.ts'
import { isAnother, newEnded, remember } from './ends.ts'

it('tells a message that comes twice from a task that was done twice', () => {
  const ended = newEnded()
  remember(ended, 7, agentId(3), 1)
  expect(isAnother(ended, 7, agentId(3), 1)).toBe(false)
  expect(isAnother(ended, 7, agentId(3), 2)).toBe(true)
  expect(isAnother(ended, 7, agentId(4), 1)).toBe(true)
  expect(isAnother(ended, 8, agentId(3), 1)).toBe(false)
})

it('keeps the newest 65,536 ends', () => {
  const ended = newEnded()
  for (let task = 0; task < 70_000; task++) remember(ended, task, agentId(1), 0)
  expect(ended.index.size).toBe(65_536)
  expect(isAnother(ended, 69_999, agentId(2), 0)).toBe(true)
  expect(isAnother(ended, 4_464, agentId(2), 0)).toBe(true)
  expect(isAnother(ended, 4_463, agentId(2), 0)).toBe(false)
})
