import { Worker } from 'node:worker_threads'

/** What two threads can do at most on this machine: each does the same piece of work and shares nothing. */
export type Labour = 'arithmetic' | 'objects'

/** Plain source, so that nothing of it has to be bundled. */
const SOURCE = `
  const { parentPort, workerData } = require('node:worker_threads')
  const work = {
    arithmetic: () => {
      let x = 1
      for (let i = 0; i < 2e8; i++) x = (Math.imul(x, 0x9e3779b1) ^ (x >>> 15)) | 0
      return x
    },
    objects: () => {
      let kept = []
      for (let i = 0; i < 6e6; i++) {
        kept.push({ id: i, at: [i, i + 1], body: { kind: 'x', i } })
        if (kept.length > 2e4) kept = []
      }
      return kept.length
    },
  }[workerData]
  work() // compiled now
  parentPort.on('message', () => parentPort.postMessage(work()))
  parentPort.postMessage('ready')
`

/** How many times one thread's work two threads do in the same time; 2 where nothing is shared. */
export async function threadLimit(labour: Labour): Promise<number> {
  const workers = [0, 1].map(() => new Worker(SOURCE, { eval: true, workerData: labour }))
  const answer = (worker: Worker): Promise<unknown> => new Promise((resolve) => worker.once('message', resolve))
  try {
    await Promise.all(workers.map(answer))
    const timed = async (some: readonly Worker[]): Promise<number> => {
      const began = performance.now()
      const answers = some.map(answer)
      for (const worker of some) worker.postMessage('go')
      await Promise.all(answers)
      return performance.now() - began
    }
    const one = Math.min(await timed(workers.slice(0, 1)), await timed(workers.slice(1)))
    const two = Math.min(await timed(workers), await timed(workers))
    return (2 * one) / two
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}
