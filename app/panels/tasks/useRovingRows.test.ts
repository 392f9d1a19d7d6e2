import { expect, it } from 'vitest'
import { scrolledTo } from './useRovingRows.ts'

it('scrolls a list by as little as it takes for a row to be seen', () => {
  const list = { scrollTop: 300, clientHeight: 260 }
  expect([12, 17, 18, 9, 0].map((row) => scrolledTo(row, 30, list))).toEqual([300, 300, 310, 270, 0])
})
