import type { Mark } from '../agents/Program.ts'

/** Mean of a gauge over one bucket of virtual time, by name: latencies in µs, figures of a space in their own units. */
export type GaugeRow = { readonly [name: string]: number }

interface Mean {
  sum: number
  count: number
}

/**
 * What the charts show beside counts, out of marks: 'commit latency' (a leader's append until it knows the entry
 * committed) and 'operation latency' (a client's invocation until its answer), in the bucket in which they end; and the
 * figures of every measurement of a space (camelCase), in the bucket in which they were taken.
 */
export class Gauges {
  private readonly rows: { [name: string]: Mean }[] = []
  /** By leader: entries appended and not yet committed, oldest first, as [index, time]. */
  private readonly open = new Map<number, [number, number][]>()

  constructor(private readonly bucketUs: number) {}

  /** The next mark, in total order. */
  take({ program, agent, key, body }: Mark): void {
    if (program === 'client' && body.kind === 'ok' && typeof body['tookUs'] === 'number')
      this.add('operation latency', key.time, body['tookUs'])
    else if (program === 'host' && body.kind === 'crashed') this.open.delete(agent)
    else if (program === 'raft') this.raft(agent, key.time, body)
    else if (program === 'space' && body.kind === 'measure') this.figures(key.time, body)
  }

  private raft(agent: number, time: number, body: Mark['body']): void {
    if (body.kind === 'role') {
      if (body['role'] === 'leader') this.open.set(agent, [])
      else this.open.delete(agent)
      return
    }
    const entries = this.open.get(agent)
    if (entries === undefined) return
    if (body.kind === 'append') {
      const terms = body['terms'] as readonly number[]
      terms.forEach((_, i) => entries.push([(body['from'] as number) + i, time]))
    } else if (body.kind === 'commit') {
      while (entries.length > 0 && entries[0]![0] <= (body['index'] as number))
        this.add('commit latency', time, time - entries.shift()![1])
    }
  }

  private figures(time: number, body: Mark['body']): void {
    for (const [name, value] of Object.entries(body))
      if (typeof value === 'number' && Number.isFinite(value)) this.add(name, time, value)
  }

  private add(name: string, time: number, value: number): void {
    const row = (this.rows[Math.floor(time / this.bucketUs)] ??= {})
    const mean = (row[name] ??= { sum: 0, count: 0 })
    mean.sum += value
    mean.count++
  }

  /** The gauges of one bucket; empty where nothing ended in it. */
  row(bucket: number): GaugeRow {
    const row = this.rows[bucket]
    if (row === undefined) return NOTHING
    return Object.fromEntries(Object.entries(row).map(([name, { sum, count }]) => [name, sum / count]))
  }
}

const NOTHING: GaugeRow = {}
