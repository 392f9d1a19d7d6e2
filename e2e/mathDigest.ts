import * as math from '../engine/kernel/math.ts'

/** Outputs of every function that go into the digest. */
const OUTPUTS = 100_000
const UNARY = ['exp', 'log', 'log2', 'log1p', 'sin', 'cos', 'tan', 'atan', 'cbrt'] as const
const BINARY = ['pow', 'atan2', 'hypot'] as const

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

/** Half the inputs are arbitrary bit patterns, half lie within ±64. */
function inputs(seed: number): () => number {
  const next = words(seed)
  const bits = new Uint32Array(2)
  const double = new Float64Array(bits.buffer)
  let i = 0
  return () => {
    bits[0] = next()
    bits[1] = next()
    return i++ % 2 ? double[0]! : ((bits[0]! | 0) + bits[1]! / 4_294_967_296) / 33_554_432
  }
}

/** FNV-1a over the words of each output; every NaN counts as one. */
function digest(output: () => number): string {
  const bytes = new DataView(new ArrayBuffer(8))
  let hash = 0x811c9dc5
  for (let i = 0; i < OUTPUTS; i++) {
    const y = output()
    bytes.setFloat64(0, y)
    hash = Math.imul(hash ^ (y !== y ? 0x7ff80000 : bytes.getUint32(0)), 0x01000193)
    hash = Math.imul(hash ^ (y !== y ? 0 : bytes.getUint32(4)), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/**
 * By function: what this engine makes of the lab's own elementary functions. Runs in Node and, bundled, in the page.
 */
export function mathDigest(): { readonly [name: string]: string } {
  const all: { [name: string]: string } = {}
  for (const name of UNARY) {
    const x = inputs(20250726)
    all[name] = digest(() => math[name](x()))
  }
  for (const name of BINARY) {
    const x = inputs(20250726)
    all[name] = digest(() => math[name](x(), x()))
  }
  return all
}
