import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runInOrder } from './runInOrder.ts'

const nothing = (): Promise<void> => Promise.resolve()

describe('runInOrder', () => {
  it('hands results over in order, each once, whatever the threads take', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(60), fc.integer({ min: 1, max: 5 }), async (s, count, threads) => {
        const taken: number[] = []
        const busy = new Set<number>()
        const run = runInOrder({
          ...{ count, threads },
          ask: async (thread, i) => {
            expect(busy.has(thread), 'a thread is asked for one thing at a time').toBe(false)
            busy.add(thread)
            await s.schedule(nothing())
            busy.delete(thread)
            return i * i
          },
          take: (result, i) => {
            expect(result).toBe(i * i)
            taken.push(i)
          },
        })
        await s.waitFor(run)
        expect(taken).toEqual(Array.from({ length: count }, (_, i) => i))
      }),
      { numRuns: 50 },
    )
  })

  it('does not run far ahead of one that takes long', async () => {
    let release = (): void => {}
    const slow = new Promise<void>((resolve) => (release = resolve))
    let begun = 0
    const run = runInOrder({
      ...{ count: 1_000, threads: 2 },
      ask: async (_, i) => {
        begun++
        if (i === 0) await slow
      },
      take: () => {},
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(begun).toBeGreaterThan(10)
    expect(begun).toBeLessThan(100)
    release()
    await run
    expect(begun).toBe(1_000)
  })

  it('begins nothing after an error, and passes it on', async () => {
    let begun = 0
    const ask = async (_: number, i: number): Promise<void> => {
      begun++
      await nothing()
      if (i === 5) throw new Error('run 5')
    }
    await expect(runInOrder({ count: 1_000, threads: 2, ask, take: () => {} })).rejects.toThrow('run 5')
    expect(begun).toBeLessThan(10)
  })

  it('ends where it is stopped; a gate holds it without ending it', async () => {
    const stop = new AbortController()
    const taken: number[] = []
    let open = (): void => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const run = runInOrder({
      ...{ count: 1_000, threads: 2, stop: stop.signal, gate: () => gate },
      ask: nothing,
      take: (_, i) => {
        taken.push(i)
        if (i === 20) stop.abort()
      },
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(taken).toEqual([])
    open()
    await run
    expect(taken.length).toBeLessThan(25)
  })
})
