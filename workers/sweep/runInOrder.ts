/** Runs that may wait, done, for an earlier one that takes longer, for each thread. */
const AHEAD_PER_THREAD = 32

export interface InOrder<T> {
  /** Work items 0 … count − 1. */
  readonly count: number
  readonly threads: number
  /** Does item `i` on a thread; each thread is asked for one at a time. May reject once `stop` was said. */
  ask(thread: number, i: number): Promise<T>
  /** Takes the results in order of the items, whichever was done first. */
  take(result: T, i: number): void
  /** Awaited before each item is begun: where a pause waits. */
  gate?(): Promise<void>
  /** Nothing is begun after it. */
  readonly stop?: AbortSignal
}

/**
 * Spreads work over threads; what `take` sees does not depend on how many there are. Resolves when all is taken or
 * `stop` was said; rejects with the first error of a thread, and then begins nothing more.
 */
export async function runInOrder<T>({ count, threads, ask, take, gate, stop }: InOrder<T>): Promise<void> {
  const ahead = AHEAD_PER_THREAD * threads
  const done = new Map<number, T>()
  let next = 0
  let taken = 0
  let failed = false
  let waiting: (() => void)[] = []
  const wake = (): void => {
    const all = waiting
    waiting = []
    for (const go of all) go()
  }
  const hand = (): void => {
    for (let result = done.get(taken); done.has(taken); result = done.get(taken)) {
      done.delete(taken)
      take(result as T, taken++)
    }
    wake()
  }
  const ended = (): boolean => failed || stop?.aborted === true || next >= count
  const thread = async (index: number): Promise<void> => {
    while (!ended()) {
      await gate?.()
      while (!ended() && next >= taken + ahead) await new Promise<void>((resolve) => waiting.push(resolve))
      if (ended()) return
      const i = next++
      done.set(i, await ask(index, i))
      hand()
    }
  }
  stop?.addEventListener('abort', wake)
  const all = Array.from({ length: Math.min(threads, Math.max(1, count)) }, (_, index) =>
    thread(index).catch((error: unknown) => {
      failed = true
      wake()
      if (stop?.aborted !== true) throw error // what was being done when it was stopped is simply not done
    }),
  )
  try {
    await Promise.all(all)
  } finally {
    stop?.removeEventListener('abort', wake)
  }
}
