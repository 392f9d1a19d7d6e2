import fc from 'fast-check'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { bundleThread } from './testdata/startThread.ts'
import { backSlot, TRIPLE_BUFFER_BYTES, TripleBufferReader, TripleBufferWriter } from './tripleBuffer.ts'

it('always shows the newest finished picture, and never the slot being written', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 100 }), (writes) => {
      const buffer = new SharedArrayBuffer(TRIPLE_BUFFER_BYTES)
      const writer = new TripleBufferWriter(buffer, 0)
      const reader = new TripleBufferReader(buffer, 0)
      const slots = [0, 0, 0]
      let newest = 0
      for (const write of writes) {
        if (write) {
          slots[writer.back] = ++newest
          writer.publish()
        } else expect(slots[reader.acquire()]).toBe(newest)
        expect(reader.acquire()).not.toBe(writer.back)
        expect(backSlot(buffer, 0)).toBe(writer.back)
      }
    }),
  )
})

it('is never torn and never goes back, between two threads', { timeout: 20_000 }, async () => {
  const start = await bundleThread(fileURLToPath(new URL('./testdata/stressThread.ts', import.meta.url)))
  const capacity = 2_000
  const job = { memory: new SharedArrayBuffer(TRIPLE_BUFFER_BYTES + 3 * 8 * capacity), capacity, count: 20_000 }
  const outcome = await Promise.all([start({ task: 'tripleRead', ...job }), start({ task: 'tripleWrite', ...job })])
  expect(outcome).toEqual(['whole', 'published'])
})
