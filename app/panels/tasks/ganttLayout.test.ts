import { expect, it } from 'vitest'
import type { Mark } from '../../../engine/agents/Program.ts'
import { barAt, barBy, eachBar, meanBarUs, nextWidth, rowHeight, rowsOf, widthFor, windowAt } from './ganttLayout.ts'
import { TaskBook } from './TaskBook.ts'

const mark = (time: number, agent: number, kind: string, task: number): Mark =>
  ({ key: { time, dst: agent, src: agent, seq: 0 }, index: 0, agent, program: 'worker', body: { kind, task } }) as never

const book = new TaskBook()
book.take(
  [
    mark(0, 5, 'started', 1),
    mark(100, 2, 'started', 2),
    mark(150, 2, 'worked', 2),
    mark(200, 2, 'started', 3),
    mark(250, 2, 'started', 4),
    mark(300, 2, 'worked', 3),
    mark(400, 2, 'worked', 4),
  ],
  true,
)

it('has a row for each worker that has worked, as high as all can be seen', () => {
  expect(rowsOf(book)).toEqual([
    { worker: 2, lanes: 2 },
    { worker: 5, lanes: 1 },
  ])
  expect([rowHeight(2, 100), rowHeight(10, 100), rowHeight(1_000, 100)]).toEqual([20, 10, 5])
})

it('shows bars that reach into the view, also one that began long before and still lasts', () => {
  const seen: number[] = []
  const view = { fromUs: 260, toUs: 380 }
  for (const spans of book.spans.values()) eachBar(spans, view, book.firstStartUs(260), ({ task }) => seen.push(task))
  expect(seen.sort()).toEqual([1, 3, 4])
})

it('finds the bar under a point, by its lane', () => {
  const [row, other] = rowsOf(book)
  const view = { fromUs: 0, toUs: 1_000 }
  const at = (x: number, inRow: number) => ({ x, width: 1_000, timeUs: 1_000, inRow })
  expect(barAt(book, row, view, at(275, 0.2))?.task).toBe(3)
  expect(barAt(book, row, view, at(275, 0.8))?.task).toBe(4)
  expect(barAt(book, row, view, at(600, 0.2))).toBeNull()
  expect(barAt(book, other, view, at(900, 0.5))?.task).toBe(1)
  expect(barAt(book, undefined, view, at(900, 0.5))).toBeNull()
})

it('leads from bar to bar by arrow keys: along a row, and to the other rows', () => {
  const rows = rowsOf(book)
  const view = { fromUs: 0, toUs: 1_000 }
  const by = (task: number | null, key: string): number | undefined => {
    const from = [...book.spans.values()].flat().find((span) => span.task === task) ?? null
    return barBy(book, rows, view, from, key)?.task
  }
  expect(by(null, 'ArrowDown')).toBe(4)
  expect([by(4, 'ArrowLeft'), by(3, 'ArrowLeft'), by(2, 'ArrowLeft'), by(4, 'ArrowRight')]).toEqual([3, 2, 2, 4])
  expect([by(4, 'ArrowDown'), by(1, 'ArrowUp'), by(1, 'ArrowDown')]).toEqual([1, 2, 1])
  expect(barBy(book, rows, view, null, 'a')).toBeUndefined()
  expect(barBy(new TaskBook(), [], view, null, 'ArrowUp')).toBeNull()
})

it('is as high as the slots of a worker where tasks take several, and a bar is hit in all of its lanes', () => {
  const wide = new TaskBook()
  const submitted = { ...mark(0, 0, 'submitted', 1), body: { kind: 'submitted', task: 1, demand: 2 } }
  wide.take([submitted, mark(0, 4, 'started', 9), mark(0, 4, 'started', 1), mark(0, 6, 'started', 8)], true)
  const rows = rowsOf(wide, 4)
  expect(rows).toEqual([
    { worker: 4, lanes: 4 },
    { worker: 6, lanes: 4 },
  ])
  const view = { fromUs: 0, toUs: 1_000 }
  const hit = (inRow: number) => barAt(wide, rows[0], view, { x: 10, width: 1_000, timeUs: 1_000, inRow })?.task
  expect([0.1, 0.3, 0.7, 0.9].map(hit)).toEqual([9, 1, 1, undefined])
  expect(rowsOf(book, 4)).toEqual(rowsOf(book))
})

it('stands still until the time has come nine tenths of the way, then goes along', () => {
  expect(windowAt(500, 1_000)).toEqual({ fromUs: 0, toUs: 1_000 })
  expect(windowAt(2_000, 1_000)).toEqual({ fromUs: 1_100, toUs: 2_100 })
})

it('shows what there is where no bar has ended yet', () => {
  const young = new TaskBook()
  young.take([mark(0, 1, 'started', 1), mark(140_000, 2, 'started', 2)], true)
  expect(widthFor(meanBarUs(young), 90e6)).toBe(200_000)
  expect(widthFor(meanBarUs(new TaskBook()), 90e6)).toBe(90e6)
})

it('takes a round width that fits the bars, and the whole run where that is shorter', () => {
  expect(meanBarUs(book)).toBeCloseTo((50 + 100 + 150) / 3)
  expect([widthFor(10_000, 1e7), widthFor(1e9, 30e6), widthFor(0, 5e6)]).toEqual([200_000, 50e6, 5e6])
  expect([nextWidth(200_000, 1), nextWidth(200_000, -1), nextWidth(1_000, -1)]).toEqual([500_000, 100_000, 1_000])
})
