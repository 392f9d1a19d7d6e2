import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Advanced } from '../../workers/browser/client.ts'
import { Lockstep, type Steps } from './Lockstep.ts'

const TOTALS = {} as Advanced['totals']
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A lab with events at given times that takes a while for everything. */
function lab(events: readonly number[], slowMs = 0): Steps & { readonly seen: number[]; clock: number } {
  const fake = {
    clock: 0,
    seen: [] as number[],
    frames: { acquire: () => ({ header: Float64Array.of(fake.clock) }) as never },
    advance: async (timeUs: number): Promise<Advanced> => {
      await wait(slowMs)
      fake.clock = Math.max(fake.clock, timeUs)
      return { timeUs: fake.clock, nextUs: events.find((t) => t >= fake.clock) ?? 1e9, totals: TOTALS }
    },
    seek: async (timeUs: number) => {
      await wait(slowMs)
      fake.clock = timeUs
    },
    pause: async () => {},
    stepBack: async () => {
      const before = events.filter((t) => t + 1 < fake.clock)
      fake.clock = before.length === 0 ? 0 : before.at(-1)! + 1
    },
  }
  return fake
}

async function pair(a: Steps, b: Steps): Promise<{ lockstep: Lockstep; moves: number[] }> {
  const moves: number[] = []
  const lockstep = new Lockstep(() => moves.push(lockstep.timeUs))
  await lockstep.add(1, a, 0)
  await lockstep.add(2, b, 0)
  return { lockstep, moves }
}

describe('Lockstep', () => {
  it('steps to just after the next event of any of them, and back the same way', async () => {
    const [a, b] = [lab([10, 40]), lab([20, 30])]
    const { lockstep } = await pair(a, b)
    const times: number[] = []
    for (let i = 0; i < 4; i++) {
      await lockstep.step(1_000)
      times.push(lockstep.timeUs)
      expect([a.clock, b.clock]).toEqual([lockstep.timeUs, lockstep.timeUs])
    }
    expect(times).toEqual([11, 21, 31, 41])
    for (const back of [31, 21, 11, 0]) {
      await lockstep.stepBack()
      expect([lockstep.timeUs, a.clock, b.clock]).toEqual([back, back, back])
    }
  })

  it('waits for the slowest while playing, and never shows two times at once', async () => {
    const [a, b] = [lab([]), lab([], 15)]
    const { lockstep } = await pair(a, b)
    const shown = (): number[] => lockstep.members.map(({ frames }) => frames.acquire()!.header[0]!)
    for (let wall = 0; wall < 120; wall += 5) {
      lockstep.tick(wall, 1, 1e9)
      await wait(2)
      if (a.clock === b.clock) expect(shown()).toEqual([lockstep.timeUs, lockstep.timeUs])
      expect(lockstep.timeUs).toBeLessThanOrEqual(Math.min(a.clock, b.clock))
    }
    await lockstep.refresh()
    expect(lockstep.timeUs).toBeGreaterThan(0)
    expect([a.clock, b.clock]).toEqual([lockstep.timeUs, lockstep.timeUs])
  })

  it('does not make up for a wall time in which nobody asked', async () => {
    const { lockstep } = await pair(lab([]), lab([]))
    lockstep.tick(0, 1, 1e9)
    lockstep.tick(60_000, 1, 1e9)
    await lockstep.refresh()
    expect(lockstep.timeUs).toBe(100_000)
  })

  it('says so where the end is reached', async () => {
    const { lockstep } = await pair(lab([]), lab([]))
    await lockstep.to(1_000)
    expect(lockstep.tick(16, 1, 1_000)).toBe(false)
    expect(lockstep.tick(16, 0, 1_000)).toBe(true)
  })

  it('brings whoever joins late to the time of the others', async () => {
    const { lockstep } = await pair(lab([]), lab([]))
    await lockstep.to(5_000)
    const late = lab([])
    await lockstep.add(3, late, 0)
    expect([late.clock, lockstep.timeUs]).toEqual([5_000, 5_000])
  })

  it('keeps all at one time, whatever is asked in whatever order', async () => {
    const ask = fc.oneof(
      fc.constant((l: Lockstep) => l.step(1_000)),
      fc.constant((l: Lockstep) => l.stepBack()),
      fc.integer({ min: 0, max: 1_000 }).map((t) => (l: Lockstep) => l.to(t)),
      fc.integer({ min: 1, max: 90 }).map((ms) => async (l: Lockstep) => void l.tick(ms, 0.001, 1_000)),
    )
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 9 }).map((t) => t.sort((x, y) => x - y))
    await fc.assert(
      fc.asyncProperty(times, times, fc.array(ask, { maxLength: 9 }), async (x, y, asks) => {
        const [a, b] = [lab(x), lab(y)]
        const { lockstep } = await pair(a, b)
        await Promise.all(asks.map((work) => work(lockstep)))
        await lockstep.refresh()
        expect([a.clock, b.clock]).toEqual([lockstep.timeUs, lockstep.timeUs])
      }),
      { numRuns: 30 },
    )
  })
})
