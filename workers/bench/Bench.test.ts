import { expect, it } from 'vitest'
import { alternate, type Bench, median, selectBenches, significant } from './Bench.ts'

const bench = (name: string): Bench => ({ name, title: name, run: async () => [] })

it('takes the middle, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([10, 9, 1, 2])).toBe(5.5)
  expect(() => median([])).toThrow('no values')
})

it('selects by name in the list’s order, all without names, and names the known ones for an unknown', () => {
  const benches = [bench('a'), bench('b'), bench('c')]
  expect(selectBenches(benches, ['c', 'a'])).toEqual({ ok: true, value: [benches[0], benches[2]] })
  expect(selectBenches(benches, [])).toEqual({ ok: true, value: benches })
  expect(selectBenches(benches, ['a', 'd'])).toEqual({ ok: false, error: 'bench: unknown name d; known: a, b, c' })
})

it('measures peers in turn, so that a slow spell meets them all', async () => {
  const order: string[] = []
  const taken = await alternate(['x', 'y'], 2, async (way) => order.push(way))
  expect(order).toEqual(['x', 'y', 'x', 'y'])
  expect(taken).toEqual({ x: [1, 3], y: [2, 4] })
})

it('gives four significant digits', () => {
  expect([significant(123_456), significant(0.123456)]).toEqual([123_500, 0.1235])
})
