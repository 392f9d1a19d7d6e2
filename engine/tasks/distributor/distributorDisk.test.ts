import fc from 'fast-check'
import { expect, it } from 'vitest'
import { emptyDisk, forUnfinished, OPS_FROM, writeDisk, type DiskRecord } from './distributorDisk.ts'

const arrivals = { place: 0, of: 1, count: 0, atUs: 0, phase: 0, phaseEndUs: 0 }
const END = { what: 'end', why: '', priority: 0, tookUs: 1, waitedUs: 0, workedUs: 1 } as const

/** `ends`: which of the tasks so far, by turns, end after each submission of so many. */
const story = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.nat(500), { maxLength: 60 })), {
  maxLength: 20,
})

it('holds what was submitted and has not ended, in order, whatever ends first', () => {
  fc.assert(
    fc.property(story, (turns) => {
      const disk = emptyDisk()
      const open = new Map<number, number>()
      let n = 1
      let next = 0
      const write = (record: object): void => writeDisk(disk, { n: n++, told: 0, ...record } as DiskRecord)
      for (const [count, ends] of turns) {
        write({ what: 'submit', first: next, count, size: 1, atUs: n, arrivals, nextUs: 5 })
        for (let k = 0; k < count; k++) open.set(next++, n - 1)
        for (const end of ends) {
          const task = [...open.keys()][end % Math.max(1, open.size)]
          if (task === undefined) continue
          open.delete(task)
          write({ ...END, task, outcome: 'done' })
        }
      }
      const found: [number, number][] = []
      forUnfinished(disk, (count, atUs) => found.push([count, atUs]))
      expect(found).toEqual([...open])
      expect([disk.submitted, disk.ended.done, disk.next]).toEqual([next, next - open.size, next])
    }),
  )
})

it('keeps in mind whatever may not have been told, and no more', () => {
  const disk = emptyDisk()
  const write = (n: number, told: number): void =>
    writeDisk(disk, { n, told, what: 'submit', first: n, count: 1, size: 1, atUs: 0, arrivals, nextUs: 0 })
  for (let n = 1; n <= 5; n++) write(n, 0)
  expect(disk.unsure.map((record) => record.n)).toEqual([1, 2, 3, 4, 5])
  write(6, 4)
  expect(disk.unsure.map((record) => record.n)).toEqual([5, 6])
})

it('holds tasks given by hand as they are', () => {
  const disk = emptyDisk()
  const task = { id: OPS_FROM, kind: 0, sizeUs: 1, predictedUs: 0, priority: 0, deadlineUs: 0, submittedUs: 0 }
  const given = [{ ...task, submitter: 0, after: [] }] as never
  writeDisk(disk, { n: 1, told: 0, what: 'ops', tasks: given })
  expect(disk.ops).toHaveLength(1)
  writeDisk(disk, { n: 2, told: 1, ...END, task: OPS_FROM, outcome: 'failed' })
  expect([disk.ops, disk.submitted, disk.ended.failed]).toEqual([[], 1, 1])
})

it('keeps in mind what comes after a failure, once however many before it failed, until it has ended', () => {
  const disk = emptyDisk()
  writeDisk(disk, { n: 1, told: 0, what: 'submit', first: 0, count: 1, size: 3, atUs: -1, arrivals, nextUs: 0 })
  writeDisk(disk, { n: 2, told: 1, ...END, task: 0, outcome: 'failed', dooms: [2] })
  writeDisk(disk, { n: 3, told: 2, ...END, task: 1, outcome: 'failed', dooms: [2] })
  const found: unknown[] = []
  forUnfinished(disk, (...one) => found.push(one))
  expect(found).toEqual([[2, -1, true]])
  writeDisk(disk, { n: 4, told: 3, ...END, task: 2, outcome: 'failed' })
  expect([disk.base, disk.next, disk.ended.failed]).toEqual([3, 3, 3])
})
