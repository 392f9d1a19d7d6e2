/**
 * SHA-256 (FIPS 180-4) of bytes that come in chunks: the browser's own takes a file only whole, which a large job log
 * does not fit. Give chunks to `update`, then ask for `hex` once.
 */
export class Sha256 {
  private readonly state = new Int32Array(START)
  private readonly block = new Uint8Array(64)
  private readonly words = new Int32Array(64)
  private filled = 0
  private length = 0

  update(bytes: Uint8Array): void {
    this.length += bytes.length
    let at = 0
    if (this.filled > 0) {
      at = Math.min(64 - this.filled, bytes.length)
      this.block.set(bytes.subarray(0, at), this.filled)
      this.filled += at
      if (this.filled < 64) return
      this.compress(this.block, 0)
    }
    for (; at + 64 <= bytes.length; at += 64) this.compress(bytes, at)
    this.block.set(bytes.subarray(at))
    this.filled = bytes.length - at
  }

  /** 64 hexadecimal digits. The object is used up. */
  hex(): string {
    const { block, length } = this
    block[this.filled++] = 0x80
    if (this.filled > 56) {
      block.fill(0, this.filled)
      this.compress(block, 0)
      this.filled = 0
    }
    block.fill(0, this.filled)
    const view = new DataView(block.buffer)
    view.setUint32(56, Math.floor(length / 0x20000000))
    view.setUint32(60, (length << 3) >>> 0)
    this.compress(block, 0)
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
  }

  private compress(bytes: Uint8Array, from: number): void {
    const { state, words: w } = this
    for (let i = 0, at = from; i < 16; i++, at += 4)
      w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!
      const y = w[i - 2]!
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as Eight
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i]! + w[i]!) | 0
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    state[0] = state[0]! + a
    state[1] = state[1]! + b
    state[2] = state[2]! + c
    state[3] = state[3]! + d
    state[4] = state[4]! + e
    state[5] = state[5]! + f
    state[6] = state[6]! + g
    state[7] = state[7]! + h
  }
}

type Eight = [number, number, number, number, number, number, number, number]

/** First 32 bits of the fractional parts of the square roots of the first 8 primes, and cube roots of the first 64. */
const START = primes(8).map((p) => fraction(Math.sqrt(p)))
const ROUNDS = Int32Array.from(primes(64), cubeRootFraction)

function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n)
  return found
}

function fraction(x: number): number {
  return Math.floor((x - Math.floor(x)) * 0x100000000) | 0
}

/** Exact, by whole numbers: ⌊∛(p · 2⁹⁶)⌋ mod 2³². */
function cubeRootFraction(p: number): number {
  const target = BigInt(p) << 96n
  let low = 0n
  let high = 1n << 40n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle * middle * middle <= target) low = middle
    else high = middle
  }
  return Number(low & 0xffffffffn) | 0
}
