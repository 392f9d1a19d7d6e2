import { significant, type Bench, type BenchRow } from './Bench.ts'
import { startThread } from './startThread.ts'

/** Memory of a pending message without its body, beside what plain objects would take. */
export async function eventBytesRow(url?: URL): Promise<readonly BenchRow[]> {
  const thread = startThread({ task: 'eventBytes' }, url)
  try {
    const answer = thread.next()
    thread.worker.postMessage(null)
    const { columns, objects } = (await answer) as { columns: number; objects: number }
    return [
      {
        name: 'event-bytes',
        value: significant(columns),
        unit: 'bytes',
        runs: 1,
        peers: [{ name: 'plain objects in an array', version: process.version, value: significant(objects) }],
        note: 'one pending message with its key, cause and packet, without its body, 65,536 of them; the wheel of 1 MB a worker is in it',
      },
    ]
  } finally {
    await thread.stop()
  }
}

export const eventBytesBench: Bench = {
  name: 'event-bytes',
  title: 'Memory of one pending event',
  run: () => eventBytesRow(),
}
