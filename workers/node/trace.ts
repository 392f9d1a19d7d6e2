import type { Writable } from 'node:stream'
import type { Mark } from '../../engine/agents/Program.ts'
import { compareKeys, type Key } from '../../engine/kernel/key.ts'
import type { Trace } from '../shared/ShardWorker.ts'

/**
 * Writes a run's trace as one JSON object a line in total order: marks and, of Raft, the events of etcd's state
 * tracing.
 * Lines of one event keep the order in which its handler made them, marks after trace events.
 */
export function traceWriter(out: Writable) {
  const traces: Trace[] = []
  return {
    take: (more: Trace[]): void => {
      traces.push(...more)
    },
    async close(marks: readonly Mark[]): Promise<void> {
      const lines: { key: Key; order: number; line: object }[] = [
        ...traces.map((t, order) => ({
          key: t.key,
          order,
          line: { time: t.key.time, agent: t.agent, tag: 'trace', event: t.event },
        })),
        ...marks.map((m) => ({
          key: m.key,
          order: traces.length + m.index,
          line: { time: m.key.time, agent: m.agent, event: { program: m.program, ...m.body } },
        })),
      ]
      lines.sort((x, y) => compareKeys(x.key, y.key) || x.order - y.order)
      for (const { line } of lines) if (!out.write(JSON.stringify(line) + '\n')) await drained(out)
      await new Promise((resolve) => out.end(resolve))
    },
  }
}

const drained = (out: Writable): Promise<unknown> => new Promise((resolve) => out.once('drain', resolve))
