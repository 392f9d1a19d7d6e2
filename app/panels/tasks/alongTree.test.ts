import { expect, it } from 'vitest'
import { alongTree } from './alongTree.ts'

// 0 heads 1 and 2; 1 heads 3 and 4; 5 heads 6 in a tree of its own.
const parent = Int32Array.of(-1, 0, 0, 1, 1, -1, 5)

it('goes up as far as both report to, and down from there', () => {
  expect(alongTree([0, 3], parent)).toEqual([0, 1, 3])
  expect(alongTree([3, 4], parent)).toEqual([3, 1, 4])
  expect(alongTree([3, 2, 4], parent)).toEqual([3, 1, 0, 2, 0, 1, 4])
})

it('crosses from root to root between trees, and leaves neighbours as they are', () => {
  expect(alongTree([3, 6], parent)).toEqual([3, 1, 0, 5, 6])
  expect(alongTree([0, 1, 3], parent)).toEqual([0, 1, 3])
  expect(alongTree([0, 5], parent)).toEqual([0, 5])
  expect(alongTree([4], parent)).toEqual([4])
})

it('takes the direct way where nobody reports to anybody', () => {
  expect(alongTree([0, 3, 5], new Int32Array(7).fill(-1))).toEqual([0, 3, 5])
})
