import type { Mark } from '../agents/Program.ts'

/** One line of a history in Jepsen's words. `time` is virtual µs; the value of a cas is [from, to]. */
export interface HistoryEvent {
  readonly process: number
  readonly type: 'invoke' | 'ok' | 'fail' | 'info'
  readonly f: 'read' | 'write' | 'cas'
  readonly key: string
  readonly value: number | null | readonly [number, number]
  readonly time: number
  readonly error?: string
}

const TYPES: readonly string[] = ['invoke', 'ok', 'fail', 'info'] satisfies readonly HistoryEvent['type'][]

/** The clients' operations out of all marks, in their total order. */
export function history(marks: Iterable<Mark>): HistoryEvent[] {
  const events: HistoryEvent[] = []
  for (const { program, body, key } of marks) {
    if (program !== 'client' || !TYPES.includes(body.kind)) continue
    const { process, f, key: name, value, error } = body as any
    const type = body.kind as HistoryEvent['type']
    events.push({ process, type, f, key: name, value, time: key.time, ...(error === undefined ? {} : { error }) })
  }
  return events
}
