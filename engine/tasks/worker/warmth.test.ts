import { describe, expect, it } from 'vitest'
import { COLD, idleSlotFor, warmAhead, warmUp } from './warmth.ts'
import type { Slot } from './workerState.ts'

const idle = (): Slot => ({ held: null, startedUs: 0, sliceUs: 0, speed: 1, warming: false, ...COLD })

describe('a slot that gets ready', () => {
  it('takes the whole time for another kind, what is left of it for the same, and nothing once it is ready', () => {
    const slot = idle()
    expect(warmUp(slot, 2, 100, 1_000)).toBe(100)
    expect(warmUp(slot, 2, 100, 1_030)).toBe(70)
    expect(warmUp(slot, 2, 100, 5_000)).toBe(0)
    expect(warmUp(slot, 1, 100, 5_000)).toBe(100)
    expect(warmUp(slot, 2, 100, 5_010)).toBe(100)
  })

  it('is always ready where turning over takes no time', () => {
    const slot = idle()
    for (const kind of [0, 3, 1]) expect(warmUp(slot, kind, 0, 10)).toBe(0)
  })

  it('ahead: one idle slot, and none where one is ready already or all are at work', () => {
    const slots = [{ ...idle(), held: {} as Slot['held'] }, idle(), idle()]
    warmAhead(slots, 4, 100, 0)
    warmAhead(slots, 4, 100, 50)
    expect(slots.map(({ warm }) => warm)).toEqual([-1, 4, -1])
    expect(slots[1]!.warmAtUs).toBe(100)
    warmAhead([slots[0]!], 4, 100, 0)
    expect(slots[0]!.warm).toBe(-1)
  })
})

it('of several idle slots the one that is ready is taken, else one that is ready for nothing, else the first', () => {
  const slot = (warm: number, busy = false): Slot => ({ ...idle(), warm, held: busy ? ({} as Slot['held']) : null })
  expect(idleSlotFor([slot(2), slot(-1), slot(1)], 3, 1)).toBe(2)
  expect(idleSlotFor([slot(2), slot(-1), slot(1, true)], 3, 1)).toBe(1)
  expect(idleSlotFor([slot(2), slot(3), slot(1)], 2, 1)).toBe(0)
  expect(idleSlotFor([slot(1, true)], 1, 1)).toBe(-1)
})
