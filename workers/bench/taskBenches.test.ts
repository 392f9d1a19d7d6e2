import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { BUNDLES } from '../setup/bundleNode.mjs'
import { assignmentTimes } from './assignmentTimes.ts'
import { taskMemory } from './taskMemory.ts'
import { taskSpeed } from './taskSpeed.ts'

describe('benchmarks of tasks', { timeout: 60_000 }, () => {
  const url = new URL('shardWorker.mjs', pathToFileURL(`${BUNDLES}/`))

  it('every strategy gets all tasks done, and says what they cost', async () => {
    const rows = await taskSpeed(1, 500, 20, ['random', 'choices', 'work-stealing', 'auction'])
    expect(rows.map(({ name }) => name)).toEqual([
      ...['tasks-random', 'tasks-choices', 'tasks-work-stealing', 'tasks-auction'],
    ])
    for (const { value, note } of rows) {
      expect(value).toBeGreaterThan(0)
      expect(note).toMatch(/; [1-9][\d.]* messages and [1-9][\d.]* ms of virtual time a task/)
    }
  })

  it('a waiting task takes tens of bytes, and more of them more', async () => {
    const [row] = await taskMemory(20_000)
    expect(row!.value).toBeGreaterThan(20)
    expect(row!.value).toBeLessThan(500)
  })

  it('assignments are timed one by one, each from arrival to start', async () => {
    const [row] = await assignmentTimes(20, [5], url)
    expect(row!.value).toBeGreaterThan(0)
    expect(row!.runs).toBeGreaterThan(5)
    expect(row!.peers[0]!.value).toBeLessThanOrEqual(row!.value)
  })
})
