import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addSum, digestText, emptySum, Hasher } from './digest.ts'

const hasher = new Hasher()
function digest(value: unknown): string {
  const sum = emptySum()
  hasher.begin(1)
  hasher.plain(value)
  hasher.end(sum)
  return digestText(sum)
}

describe('digest', () => {
  it('does not depend on the order of object keys', () => {
    expect(digest({ a: 1, b: { c: 2, d: 3 } })).toBe(digest({ b: { d: 3, c: 2 }, a: 1 }))
    expect(digest({ a: 1, b: undefined })).toBe(digest({ a: 1 }))
  })

  it('tells −0 from 0 and 1 from "1", and takes every NaN as one', () => {
    expect(digest(-0)).not.toBe(digest(0))
    expect(digest(1)).not.toBe(digest('1'))
    expect(digest(NaN)).toBe(digest(0 / 0))
    expect(digest([1, [2]])).not.toBe(digest([[1], 2]))
  })

  it('differs between different plain values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (x, y) => {
        const same = JSON.stringify(sorted(x)) === JSON.stringify(sorted(y)) && zeroSigns(x) === zeroSigns(y)
        return same === (digest(x) === digest(y))
      }),
      { numRuns: 2_000 },
    )
  })

  it('sums in any order, with the carry, to the same 64 bits', () => {
    const parts: [number, number][] = [
      [0xffffffff, 1],
      [1, 0xffffffff],
      [0x80000000, 7],
    ]
    const forward = emptySum()
    const backward = emptySum()
    for (const [low, high] of parts) addSum(forward, low, high)
    for (const [low, high] of parts.toReversed()) addSum(backward, low, high)
    expect(forward).toEqual(backward)
    expect(digestText(forward)).toBe('0000000880000000')
  })

  it('is the same where more kinds of objects are hashed than it remembers', () => {
    const objects = Array.from({ length: 6_000 }, (_, i) => ({ [`z${i}`]: 1, a: { [`k${i}`]: i, b: 2 } }))
    const reversed = objects.map((_, i) => ({ a: { b: 2, [`k${i}`]: i }, [`z${i}`]: 1 }))
    const first = objects.map(digest)
    expect(reversed.map(digest)).toEqual(first)
    expect(objects.map(digest)).toEqual(first)
    expect(new Set(first).size).toBe(objects.length)
  })

  it('is frozen: a change here voids every recorded digest', () => {
    expect(digest({ term: 7, log: [1, 2.5, 'x'], up: true, none: null })).toMatchInlineSnapshot(`"37805a536c45c954"`)
  })
})

const zeroSigns = (x: unknown): string => JSON.stringify(x, (_, v) => (Object.is(v, -0) ? '-0' : v))
const sorted = (x: unknown): unknown =>
  Array.isArray(x)
    ? x.map(sorted)
    : typeof x === 'object' && x !== null
      ? Object.keys(x)
          .sort()
          .map((k) => [k, sorted((x as any)[k])])
          .concat([['object', true]])
      : x
