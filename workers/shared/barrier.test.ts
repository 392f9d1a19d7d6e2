import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { allReduceBytes } from './AllReduce.ts'
import { Barrier, BARRIER_BYTES } from './barrier.ts'
import { bundleThread } from './testdata/startThread.ts'

it('lets a lone worker through every time', () => {
  const barrier = new Barrier(new SharedArrayBuffer(BARRIER_BYTES), 0, 1, 0)
  for (let round = 0; round < 3; round++) expect(barrier.arrive()).toBe('ok')
})

it('frees those who wait for a worker that has died, and tells them', { timeout: 20_000 }, async () => {
  const start = await bundleThread(fileURLToPath(new URL('./testdata/stressThread.ts', import.meta.url)))
  const memory = new SharedArrayBuffer(allReduceBytes(2))
  const waiting = start({ task: 'allReduce', memory, me: 0, workers: 2, count: 1, capacity: 0, spin: true })
  const barrier = new Barrier(memory, 0, 2, 0)
  const arrived = new Int32Array(memory, 0, 1)
  while (Atomics.load(arrived, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  barrier.kill()
  expect(await waiting).toBe('dead in round 0')
  expect(barrier.arrive()).toBe('dead')
})

it('frees a sleeper whose killer could not wake it, within the time-out', { timeout: 20_000 }, async () => {
  const start = await bundleThread(fileURLToPath(new URL('./testdata/stressThread.ts', import.meta.url)))
  const memory = new SharedArrayBuffer(allReduceBytes(2))
  const waiting = start({ task: 'allReduce', memory, me: 0, workers: 2, count: 1, capacity: 0 })
  const control = new Int32Array(memory, 0, BARRIER_BYTES / 4)
  while (Atomics.load(control, 1) === 0) await new Promise((resolve) => setTimeout(resolve, 5)) // asleep
  Atomics.store(control, 33, 1) // the flag alone, no notify
  expect(await waiting).toBe('dead in round 0')
})
