import { fileURLToPath, pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { BUNDLES } from '../setup/bundleNode.mjs'
import { bundleUrl } from '../shared/testdata/startThread.ts'
import { selectBenches } from './Bench.ts'
import { ENGINE_BENCHES } from './engineBenches.ts'
import { eventBytesRow } from './eventBytesRow.ts'
import { fieldRows, physarumRows } from './fieldSteps.ts'
import { networkEvents } from './networkEvents.ts'
import { queueBare } from './queueBare.ts'
import { RING_BENCHES } from './ringBenches.ts'
import { seekTimes } from './seekTimes.ts'
import { digestCost, snapshotCost } from './stateCosts.ts'
import { twoWorkers } from './twoWorkers.ts'

describe('engine benchmarks', { timeout: 60_000 }, () => {
  let url: URL
  beforeAll(async () => {
    url = await bundleUrl(fileURLToPath(new URL('../node/benchWorker.ts', import.meta.url)))
  }, 60_000)

  it('time the queue beside a heap of objects that does the same work', async () => {
    const [row, ...more] = await queueBare(1, [500], 5_000, url)
    expect(more).toEqual([])
    expect(row!.name).toBe('queue-bare-500')
    expect(row!.peers[0]!.name).toBe('binary heap of objects')
    for (const value of [row!.value, row!.peers[0]!.value]) expect(value).toBeGreaterThan(0)
  })

  it('time messages through the network beside the queue alone', async () => {
    const [row] = await networkEvents(1, [{ name: 'small', agents: 50, pending: 200 }], 5_000, url)
    expect(row!.value).toBeGreaterThan(0)
    expect(row!.note).toContain('50 agents in a mesh, 200 messages in flight')
    expect(row!.peers.map((peer) => peer.name)).toEqual(['the queue alone'])
  })

  it('count the bytes of a pending event: its 112 in flat rows at least, and less than as objects', async () => {
    const [row] = await eventBytesRow(url)
    expect(row!.value).toBeGreaterThanOrEqual(112)
    expect(row!.value).toBeLessThan(row!.peers[0]!.value)
  })

  it('run one swarm on one thread and on two, and state the ratio of what they handled', async () => {
    const [row] = await twoWorkers({ rounds: 1, perWindow: [100], sliceMs: 20, url })
    const [one, two] = row!.peers.map((peer) => peer.value)
    expect(row!.value).toBeCloseTo(two! / one!, 2)
  })

  it('seek all over a run and end in the digest that it had', async () => {
    const [row] = await seekTimes(20_000, 5)
    expect(row!.value).toBeGreaterThan(0)
    expect(row!.runs).toBe(5)
  })

  it('time snapshots and digests of real scenarios', () => {
    expect(snapshotCost(100, 1).map((row) => row.name)).toEqual(['snapshot', 'restore'])
    const rows = digestCost(1)
    expect(rows.map((row) => row.name)).toEqual(['digest-agent-raft', 'digest-agent-tree', 'digest-mark'])
    for (const row of rows) expect(row.value).toBeGreaterThan(0)
  })

  it('time fields and slime moulds on one worker and on two', { timeout: 60_000 }, async () => {
    const small = {
      rounds: 1,
      warmUp: 2,
      steps: 4,
      workerUrl: new URL('shardWorker.mjs', pathToFileURL(`${BUNDLES}/`)),
    }
    const [ms, cells] = await fieldRows(64, small)
    expect([ms!.name, cells!.name]).toEqual(['field-64', 'field-64-cells'])
    expect((cells!.value * ms!.value) / (2 * 64 * 64 * 1_000)).toBeCloseTo(1, 2)
    const [slime] = await physarumRows(1_500, small)
    expect(slime!.note).toMatch(/^1,500 agents on 100 × 100 cells/)
    for (const row of [ms!, slime!]) expect(row.peers[0]!.name).toBe('one worker')
    for (const { value } of [ms!, slime!, ...slime!.peers]) expect(value).toBeGreaterThan(0)
  })

  it('have names of their own, and an unknown one is answered by those there are', () => {
    const all = [...ENGINE_BENCHES, ...RING_BENCHES]
    expect(new Set(all.map((bench) => bench.name)).size).toBe(all.length)
    const chosen = selectBenches(all, ['queue'])
    expect(chosen.ok ? '' : chosen.error).toMatch(/^bench: unknown name queue; known: queue-bare, /)
  })
})
