import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { Sha256 } from './Sha256.ts'

const sha256 = (...chunks: readonly Uint8Array[]): string => {
  const hash = new Sha256()
  for (const chunk of chunks) hash.update(chunk)
  return hash.hex()
}

it('gives the test vectors of FIPS 180-4', () => {
  const text = (words: string): Uint8Array => new TextEncoder().encode(words)
  expect(sha256(text('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

it('is the hash that Node makes, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (chunks) => {
      const node = createHash('sha256')
      for (const chunk of chunks) node.update(chunk)
      expect(sha256(...chunks)).toBe(node.digest('hex'))
    }),
  )
})
