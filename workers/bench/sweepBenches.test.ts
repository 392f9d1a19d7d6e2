import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BUNDLES } from '../setup/bundleNode.mjs'
import { parquetRows } from './parquetRows.ts'
import { sweepSpeed } from './sweepSpeed.ts'

it('a sweep is timed on one worker and on two', async () => {
  const [row] = await sweepSpeed(8, 1, pathToFileURL(join(BUNDLES, 'sweepWorker.mjs')))
  expect(row!.value).toBeGreaterThan(0)
  expect(row!.peers.map(({ name }) => name)).toEqual([
    ...['one worker, runs/s', 'two workers, runs/s'],
    ...['limit: two threads of mere arithmetic, × one', 'limit: two threads of mere objects, × one'],
  ])
  for (const { value } of row!.peers) expect(value).toBeGreaterThan(0)
  expect(row!.note).toContain('8 runs of raft-lan')
})

it('Parquet is timed and weighed beside CSV, which takes more bytes', async () => {
  const [seconds, bytes] = await parquetRows(5_000, 1)
  expect(seconds!.value).toBeGreaterThan(0)
  expect(bytes!.value).toBeGreaterThan(16)
  expect(bytes!.value).toBeLessThan(bytes!.peers[0]!.value)
})
