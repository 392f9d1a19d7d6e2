import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { bundleUrl } from '../shared/testdata/startThread.ts'
import { RING_BENCHES } from './ringBenches.ts'
import { ringMessages } from './ringMessages.ts'
import { ringRoundTrip } from './ringRoundTrip.ts'

describe('ring benchmarks', { timeout: 30_000 }, () => {
  let thread: URL
  beforeAll(async () => {
    thread = await bundleUrl(fileURLToPath(new URL('../node/benchWorker.ts', import.meta.url)))
  })

  it('count every message by every way, and say how to get the peer that is not there', async () => {
    const rows = await ringMessages({ rounds: 1, scale: 0.001, thread, ringbufFolder: '/nowhere' })
    expect(rows.map((row) => row.name)).toEqual(['ring-messages', 'ring-messages-unbatched'])
    expect(rows[0]!.peers.map((peer) => peer.name)).toEqual([
      'postMessage, one at a time',
      'postMessage, 100 in an array',
      'postMessage, 100 packed in one typed array',
    ])
    for (const row of rows) {
      expect(row.value).toBeGreaterThan(0)
      expect(row.note).toContain('peer not installed (npm install --prefix .cache/peers ringbuf.js@0.4.0 --no-save)')
    }
  })

  it('measure the round trip with the spin and by waiting, the quantiles in order', async () => {
    const value = Object.fromEntries((await ringRoundTrip(1, 40, thread)).map((row) => [row.name, row.value]))
    expect(value['ring-round-trip-spin-p50']).toBeGreaterThan(0)
    expect(value['ring-round-trip-spin-p99']).toBeGreaterThanOrEqual(value['ring-round-trip-spin-p50']!)
    expect(value['ring-round-trip-wait-p50']).toBeGreaterThan(0)
    expect(value['ring-round-trip-wait-p99']).toBeGreaterThanOrEqual(value['ring-round-trip-wait-p50']!)
  })

  it('are registered under different names', () => {
    const names = RING_BENCHES.map((bench) => bench.name)
    expect(new Set(names).size).toBe(names.length)
  })
})
