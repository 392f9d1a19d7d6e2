import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BUNDLES } from '../setup/bundleNode.mjs'
import { parquetRows } from './parquetRows.ts'
import { sweepSpeed } from './sweepSpeed.ts'

it('a sweep is timed on one worker and on two', async () => {
  const rows = await sweepSpeed(8, 1, pathToFileURL(join(BUNDLES, 'sweepWorker.mjs')))
  expect(rows.map(({ name }) => name)).toEqual(['sweep-two-workers', 'sweep-two-workers-bodies'])
  for (const { value, peers } of rows) {
    expect(value).toBeGreaterThan(0)
    expect(peers.map(({ name }) => name)).toEqual([
      ...['one worker, runs/s', 'two workers, runs/s'],
      ...['limit: two threads of mere arithmetic, × one', 'limit: two threads of mere objects, × one'],
    ])
    for (const peer of peers) expect(peer.value).toBeGreaterThan(0)
  }
  expect(rows[0]!.note).toContain('8 runs of raft-lan')
  expect(rows[1]!.note).toContain('8 runs of vicsek')
})

it('Parquet is timed and weighed beside CSV, which takes more bytes', async () => {
  const [seconds, bytes] = await parquetRows(5_000, 1)
  expect(seconds!.value).toBeGreaterThan(0)
  expect(bytes!.value).toBeGreaterThan(16)
  expect(bytes!.value).toBeLessThan(bytes!.peers[0]!.value)
})
