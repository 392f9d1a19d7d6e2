import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { micros, NEVER } from '../kernel/units.ts'
import type { Command } from '../scenario/Scenario.ts'
import { CheckpointIndex } from './CheckpointIndex.ts'
import { firstDifferenceUs, forkLog } from './logs.ts'

const crash = (at: number, agent = 0): Command => ({ at, op: 'crash', agent })

describe('command logs', () => {
  it('differ from the earliest command that is not the same in the same place', () => {
    expect(firstDifferenceUs([crash(5), crash(9)], [crash(5), crash(9)])).toBe(NEVER)
    expect(firstDifferenceUs([crash(5), crash(9)], [crash(5), crash(7)])).toBe(7)
    expect(firstDifferenceUs([crash(5), crash(9)], [crash(5)])).toBe(9)
    expect(firstDifferenceUs([crash(9), crash(5)], [crash(5), crash(9)])).toBe(5)
  })

  it('keep the schedule and drop what people did later when they fork', () => {
    const log = [crash(50), crash(10, 1), crash(30, 2)]
    expect(forkLog(log, 1, micros(20))).toEqual([crash(50), crash(10, 1)])
  })
})

describe('CheckpointIndex', () => {
  it('serves a log only up to where it agrees with the one it was made under', () => {
    const index = new CheckpointIndex(1_000)
    const log = [crash(50)]
    index.add({ id: 1, timeUs: micros(40), log, bytes: 10 })
    index.add({ id: 2, timeUs: micros(60), log, bytes: 10 })
    expect(index.nearest(micros(100), log)?.id).toBe(2)
    expect(index.nearest(micros(100), [crash(45)])?.id).toBe(1)
    expect(index.nearest(micros(100), [crash(50), crash(55)])?.id).toBe(1)
    expect(index.nearest(micros(100), [crash(50), crash(60)])?.id).toBe(2)
    expect(index.nearest(micros(30), log)).toBeNull()
  })

  it('stays under its budget, keeps the newest, and thins the old more than the recent', () => {
    const index = new CheckpointIndex(1_000)
    let gone: number[] = []
    for (let i = 1; i <= 1_000; i++) {
      gone = gone.concat(index.add({ id: i, timeUs: micros(i * 100), log: [], bytes: 20 }))
      expect(index.usedBytes).toBeLessThanOrEqual(1_000)
      expect(index.nearest(micros(NEVER), [])!.id).toBe(i)
    }
    expect(new Set(gone).size).toBe(gone.length)
    const kept = Array.from({ length: 1_000 }, (_, i) => i + 1).filter((id) => !gone.includes(id))
    expect(kept.filter((id) => id > 900).length).toBeGreaterThan(kept.filter((id) => id > 300 && id <= 400).length)
  })

  it('never hands out what it dropped', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 60 }), (times) => {
        const index = new CheckpointIndex(100)
        const dead = new Set<number>()
        times.forEach((t, i) => {
          for (const id of index.add({ id: i, timeUs: micros(t), log: [], bytes: 15 })) dead.add(id)
        })
        return times.every((t) => {
          const found = index.nearest(micros(t), [])
          return found === null || (!dead.has(found.id) && found.timeUs <= t)
        })
      }),
    )
  })
})
