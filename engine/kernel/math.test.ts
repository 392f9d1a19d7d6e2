import { describe, expect, it } from 'vitest'
import * as m from './math.ts'

type Unary = (x: number) => number
const UNARY = ['exp', 'log', 'log2', 'log1p', 'sin', 'cos', 'tan', 'atan', 'cbrt'] as const
const BINARY = ['pow', 'atan2', 'hypot'] as const
const MIN = 5e-324
const MAX = Number.MAX_VALUE
const SPECIAL = [
  0,
  MIN,
  1e-310,
  2.2250738585072014e-308,
  1e-160,
  1e-20,
  1e-8,
  0.5,
  1,
  2,
  3,
  1e16,
  1e22,
  1e160,
  MAX,
  Infinity,
]
const SIGNED = [...SPECIAL, ...SPECIAL.map((x) => -x), NaN]

const order = new BigInt64Array(1)
const asDouble = new Float64Array(order.buffer)
/** Doubles in ascending order as consecutive integers. */
function rank(x: number): bigint {
  asDouble[0] = x
  return order[0]! < 0n ? -(order[0]! & 0x7fffffffffffffffn) : order[0]!
}
/** Doubles apart; 0 only when both are the same value (one NaN; −0 is not 0). */
function apart(a: number, b: number): number {
  if (Object.is(a, b)) return 0
  if (a !== a || b !== b || a - a !== 0 || b - b !== 0 || a === b) return Infinity
  const d = rank(a) - rank(b)
  return Number(d < 0n ? -d : d)
}

/** Uniform 32-bit words (xorshift32, Marsaglia 2003): the same inputs in every engine. */
function words(seed: number): () => number {
  let s = seed
  return () => {
    s ^= s << 13
    s ^= s >>> 17
    s ^= s << 5
    return s >>> 0
  }
}
const bits = new Uint32Array(2)
const bitsDouble = new Float64Array(bits.buffer)
/** Half the inputs are arbitrary bit patterns (every size, NaN, subnormal), half lie within ±64. */
function input(next: () => number, i: number): number {
  bits[0] = next()
  bits[1] = next()
  return i % 2 ? bitsDouble[0]! : ((bits[0]! | 0) + bits[1]! / 4294967296) / 33554432
}

describe('special values as ECMAScript requires', () => {
  for (const name of UNARY)
    it(name, () => {
      for (const x of SIGNED) expect([x, apart(m[name](x), Math[name](x)) <= 2]).toEqual([x, true])
    })
  for (const name of BINARY)
    it(name, () => {
      for (const x of SIGNED)
        for (const y of SIGNED) expect([x, y, apart(m[name](x, y), Math[name](x, y)) <= 2]).toEqual([x, y, true])
    })
  it('exp ends where its result leaves the doubles', () => {
    expect(m.exp(709.782712893384)).toBeLessThan(Infinity)
    expect(m.exp(709.7827128933841)).toBe(Infinity)
    expect(m.exp(-745.1332191019411)).toBe(MIN)
    expect(m.exp(-745.1332191019412)).toBe(0)
  })
})

describe('exact where the result is a double', () => {
  it('pow of small integers', () => {
    for (let x = -40; x <= 40; x++)
      for (let y = 0, exact = 1; y < 60 && Math.abs(exact) <= 2 ** 53; y++, exact *= x) expect(m.pow(x, y)).toBe(exact)
  })
  it('log2 and pow of every power of two', () => {
    for (let e = -1074, x = MIN; e <= 1023; e++, x *= 2) {
      expect(m.log2(x)).toBe(e)
      expect(m.pow(2, e)).toBe(x)
    }
  })
  it('cbrt of cubes, hypot of Pythagorean triples, pow(x, ½) of squares', () => {
    for (let x = 1; x <= 2000; x++) {
      expect(m.cbrt(-x * x * x)).toBe(-x)
      expect(m.hypot(2 * x, x * x - 1)).toBe(x * x + 1)
      expect(m.pow(x * x, 0.5)).toBe(x)
    }
  })
})

it('stays within 2 ulp of this engine’s Math over 100,000 inputs of each function', () => {
  for (const name of UNARY) {
    const next = words(7)
    for (let i = 0; i < 100_000; i++) {
      const x = input(next, i)
      if (apart(m[name](x), Math[name](x)) > 2) expect([name, x, m[name](x)]).toEqual([name, x, Math[name](x)])
    }
  }
  for (const name of BINARY) {
    const next = words(7)
    for (let i = 0; i < 100_000; i++) {
      const x = input(next, i)
      const y = input(next, i)
      if (apart(m[name](x, y), Math[name](x, y)) > 2)
        expect([name, x, y, m[name](x, y)]).toEqual([name, x, y, Math[name](x, y)])
    }
  }
})

describe('the same bits in every engine: digest of 100,000 outputs', () => {
  /** FNV-1a over the words of each output; every NaN counts as one. */
  function digest(f: (next: () => number, i: number) => number): string {
    const next = words(20250726)
    const out = new DataView(new ArrayBuffer(8))
    let hash = 0x811c9dc5
    for (let i = 0; i < 100_000; i++) {
      const y = f(next, i)
      out.setFloat64(0, y)
      hash = Math.imul(hash ^ (y !== y ? 0x7ff80000 : out.getUint32(0)), 0x01000193)
      hash = Math.imul(hash ^ (y !== y ? 0 : out.getUint32(4)), 0x01000193)
    }
    return (hash >>> 0).toString(16).padStart(8, '0')
  }
  const frozen: Record<string, string> = {
    exp: '69b106c7',
    log: 'ea9ce2f9',
    log2: 'ea4cf8c2',
    log1p: 'fa2e993e',
    sin: 'a322274c',
    cos: '20c28d2e',
    tan: 'c7b9bcbf',
    atan: 'a556f9dd',
    cbrt: '5db9869a',
    pow: '9a52d267',
    atan2: 'f3414b20',
    hypot: '5d65d087',
  }
  for (const name of UNARY)
    it(name, () => expect(digest((next, i) => (m[name] as Unary)(input(next, i)))).toBe(frozen[name]))
  for (const name of BINARY)
    it(name, () => expect(digest((next, i) => m[name](input(next, i), input(next, i)))).toBe(frozen[name]))
  it('one changed bit in one output changes the digest', () => {
    const changed = digest((next, i) => {
      const x = input(next, i)
      return i === 50_001 ? m.exp(x) * (1 + 2 ** -52) + MIN : m.exp(x)
    })
    expect(changed).not.toBe(frozen['exp'])
  })
})
