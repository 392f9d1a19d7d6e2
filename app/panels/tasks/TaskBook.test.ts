import { expect, it } from 'vitest'
import type { Mark } from '../../../engine/agents/Program.ts'
import { pathOf, stateOf, TaskBook } from './TaskBook.ts'

let seq = 0
const mark = (time: number, agent: number, kind: string, fields = {}, program = 'worker'): Mark =>
  ({
    key: { time, dst: agent, src: agent, seq: seq++ },
    index: 0,
    agent,
    program,
    body: { kind, ...fields },
  }) as unknown as Mark

const book = (...marks: readonly Mark[]): TaskBook => {
  const made = new TaskBook()
  made.take(marks, true)
  return made
}

it('makes a bar of a start and of what ends it, in a lane of its own while others last', () => {
  const { spans, longestUs } = book(
    mark(10, 3, 'started', { task: 1, waitedUs: 4 }),
    mark(20, 3, 'started', { task: 2, waitedUs: 5 }),
    mark(30, 3, 'preempted', { task: 1 }),
    mark(40, 3, 'started', { task: 3, waitedUs: 5 }),
    mark(70, 3, 'worked', { task: 2, tookUs: 50 }),
  )
  expect(spans.get(3)!.map(({ task, fromUs, toUs, end, lane }) => [task, fromUs, toUs, end, lane])).toEqual([
    [1, 10, 30, 'preempted', 0],
    [2, 20, 70, 'worked', 1],
    [3, 40, Infinity, 'running', 0],
  ])
  expect(longestUs).toBe(50)
})

it('gives a task that takes several slots as many lanes beside each other', () => {
  const { spans, lives } = book(
    mark(0, 0, 'submitted', { task: 1 }, 'distributor'),
    mark(0, 0, 'submitted', { task: 2, demand: 2 }, 'distributor'),
    mark(0, 0, 'submitted', { task: 3, demand: 3 }, 'distributor'),
    mark(10, 3, 'started', { task: 1 }),
    mark(20, 3, 'started', { task: 2 }),
    mark(30, 3, 'worked', { task: 1 }),
    mark(40, 3, 'started', { task: 3 }),
    mark(50, 3, 'started', { task: 4 }),
    mark(60, 3, 'worked', { task: 2 }),
    mark(60, 3, 'started', { task: 2 }),
  )
  expect([1, 2, 3].map((task) => lives.get(task)!.demand)).toEqual([1, 2, 3])
  expect(spans.get(3)!.map(({ task, lane, demand }) => [task, lane, demand])).toEqual([
    [1, 0, 1],
    [2, 1, 2],
    [3, 3, 3],
    [4, 0, 1],
    [2, 1, 2],
  ])
})

it('ends the bars of a worker that crashes, and of no other', () => {
  const { spans } = book(
    mark(10, 1, 'started', { task: 1 }),
    mark(10, 2, 'started', { task: 2 }),
    mark(25, 1, 'crashed', {}, 'host'),
  )
  expect(spans.get(1)![0]).toMatchObject({ toUs: 25, end: 'cut' })
  expect(spans.get(2)![0]).toMatchObject({ toUs: Infinity, end: 'running' })
})

it('follows a task from hand to hand, up to the time asked for', () => {
  const { lives } = book(
    mark(1, 0, 'submitted', { task: 7, taskKind: 2, sizeUs: 100, priority: 1 }, 'distributor'),
    mark(2, 0, 'assigned', { task: 7, to: 4 }, 'distributor'),
    mark(5, 4, 'queued', { task: 7 }),
    mark(6, 4, 'assigned', { task: 7, to: 9 }),
    mark(9, 9, 'queued', { task: 7 }),
    mark(12, 5, 'queued', { task: 7 }),
    mark(13, 5, 'started', { task: 7, waitedUs: 12 }),
    mark(30, 0, 'done', { task: 7, tookUs: 29 }, 'distributor'),
  )
  const life = lives.get(7)!
  expect(life).toMatchObject({ kind: 2, priority: 1, sizeUs: 100 })
  expect(pathOf(life, 6)).toEqual([0, 4, 9])
  expect(pathOf(life, 100)).toEqual([0, 4, 9, 5])
  expect([0, 5, 13, 30].map((t) => stateOf(life, t))).toEqual(['not yet submitted', 'queued', 'started', 'done'])
})

it('has the way of a piece of work that was taken from somebody', () => {
  const { lives } = book(mark(5, 4, 'started', { task: 9, waitedUs: 0, from: 2 }), mark(9, 4, 'worked', { task: 9 }))
  expect(pathOf(lives.get(9)!, 10)).toEqual([2, 4])
})

it('does not count twice what is told again after a crash', () => {
  const { submitted, done } = book(
    mark(1, 0, 'submitted', { task: 1 }),
    mark(2, 0, 'done', { task: 1, tookUs: 1 }),
    mark(9, 0, 'submitted', { task: 1, retold: true }),
    mark(9, 0, 'done', { task: 1, tookUs: 8, retold: true }),
    mark(9, 0, 'submitted', { task: 2, retold: true }),
  )
  expect([submitted.countUpTo(9), done.countUpTo(9)]).toEqual([2, 1])
})

it('counts failures by their reasons', () => {
  const { reasons, failed } = book(
    mark(1, 0, 'failed', { task: 1, why: 'overloaded' }),
    mark(2, 0, 'failed', { task: 2, why: 'overloaded' }),
    mark(3, 0, 'unassignable', { task: 3, why: 'nobody can do kind 4' }),
  )
  expect([...reasons].map(([why, samples]) => [why, samples.countUpTo(3)])).toEqual([
    ['overloaded', 2],
    ['nobody can do kind 4', 1],
  ])
  expect(failed.countUpTo(3)).toBe(2)
})

it('forgets everything when earlier marks are void', () => {
  const made = book(mark(1, 0, 'submitted', { task: 1 }), mark(2, 1, 'started', { task: 1, waitedUs: 1 }))
  made.take([mark(1, 0, 'submitted', { task: 8 })], true)
  expect([...made.lives.keys()]).toEqual([8])
  expect([made.spans.size, made.submitted.countUpTo(9), made.started.countUpTo(9)]).toEqual([0, 1, 0])
})

it('keeps bounded memory of a run without end', () => {
  const made = new TaskBook()
  for (let round = 0; round < 60; round++)
    made.take(
      Array.from({ length: 1_000 }, (_, k) =>
        mark(round, k % 7, 'started', { task: 1_000 * round + k, waitedUs: 1 }),
      ).flatMap((m) => [m, mark(round, m.agent, 'worked', { task: m.body['task'], tookUs: 1 })]),
      false,
    )
  expect(made.lives.size).toBeLessThanOrEqual(20_000)
  expect([...made.spans.values()].reduce((sum, spans) => sum + spans.length, 0)).toBeLessThanOrEqual(40_000)
  expect(made.started.countUpTo(60)).toBe(60_000)
})
