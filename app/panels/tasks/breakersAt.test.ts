import { expect, it } from 'vitest'
import type { Mark } from '../../../engine/agents/Program.ts'
import { breakersAt } from './breakersAt.ts'

const mark = (time: number, agent: number, kind: string, server?: number): Mark =>
  ({
    key: { time, dst: agent, src: agent, seq: 0 },
    index: 0,
    agent,
    program: server === undefined ? 'host' : 'distributor',
    body: server === undefined ? { kind } : { kind, server },
  }) as never

it('knows which breakers are open or half open at a time, and that a crash forgets them', () => {
  const marks = [
    mark(1, 0, 'tripped', 4),
    mark(2, 9, 'tripped', 4),
    mark(5, 0, 'half-open', 4),
    mark(6, 0, 'closed', 4),
    mark(7, 9, 'crashed'),
  ]
  const at = (timeUs: number) => breakersAt(marks, timeUs).map(({ owner, half }) => [owner, half])
  expect(at(0)).toEqual([])
  expect(at(3)).toEqual([
    [0, false],
    [9, false],
  ])
  expect(at(5)).toEqual([
    [0, true],
    [9, false],
  ])
  expect(at(6)).toEqual([[9, false]])
  expect(at(7)).toEqual([])
})
