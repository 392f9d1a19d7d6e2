import { Worker } from 'node:worker_threads'
import { build } from 'rolldown'

/**
 * A thread that has said nothing by then is stopped (tests allow 20 s), so that a broken primitive is a failed test and
 * not a hang.
 */
const THREAD_MS = 15_000

/** Bundles a TypeScript thread entry in memory: Node 20 runs no TypeScript. What it imports must be bundled whole. */
export async function bundleUrl(entry: string): Promise<URL> {
  const output = { codeSplitting: false } // one chunk, with what it would fetch
  const { output: chunks } = await build({ input: entry, platform: 'node', write: false, logLevel: 'silent', output })
  return new URL(`data:text/javascript,${encodeURIComponent(chunks[0].code)}`)
}

/** Bundles a thread entry and returns what starts it with data and resolves with the first message it posts. */
export async function bundleThread(entry: string): Promise<(data: unknown) => Promise<unknown>> {
  const source = await bundleUrl(entry)
  return (data) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(source, { workerData: data })
      const timer = setTimeout(() => void worker.terminate(), THREAD_MS)
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', (code) => {
        clearTimeout(timer)
        reject(new Error(`the thread ended with code ${code} and said nothing`))
      })
    })
}
