import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { seqlockBytes, SeqlockReader, SeqlockWriter } from './seqlock.ts'
import { bundleThread } from './testdata/startThread.ts'

it('reads back what was written, every f64 bit for bit', () => {
  const memory = new SharedArrayBuffer(seqlockBytes(4))
  const out = new Float64Array(4)
  new SeqlockWriter(memory, 0, 4).write([1 / 3, -0, Infinity, Number.MIN_VALUE])
  expect(new SeqlockReader(memory, 0, 4).read(out)).toBe(true)
  expect([...out]).toEqual([1 / 3, -0, Infinity, Number.MIN_VALUE])
})

it('gives up, with the old values untouched, where the writer died inside', () => {
  const memory = new SharedArrayBuffer(seqlockBytes(1))
  new Int32Array(memory)[0] = 1
  const out = Float64Array.of(42)
  expect(new SeqlockReader(memory, 0, 1).read(out)).toBe(false)
  expect(out[0]).toBe(42)
})

it('never mixes two writes, between two threads (Boehm 2012)', { timeout: 20_000 }, async () => {
  const start = await bundleThread(fileURLToPath(new URL('./testdata/stressThread.ts', import.meta.url)))
  const job = { memory: new SharedArrayBuffer(seqlockBytes(12)), capacity: 12, count: 100_000 }
  const outcome = await Promise.all([start({ task: 'seqRead', ...job }), start({ task: 'seqWrite', ...job })])
  expect(outcome).toEqual(['whole', 'published'])
})
