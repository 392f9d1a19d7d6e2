import { expect, it } from 'vitest'
import { micros } from '../kernel/units.ts'
import type { Plain } from '../kernel/plain.ts'
import { LocalRun } from '../LocalRun.ts'
import { parseScenario } from '../scenario/parse.ts'

const NONSENSE: readonly Plain[] = [null, 'x', 7, [], {}, { op: 'broadcast' }, { op: 'direct', body: 1 }]

function heard(value: Plain, shards: number): { digest: string; marks: number } {
  const parsed = parseScenario({
    ...{ untilUs: 300_000, swarm: { agents: 5 }, programs: [{ kind: 'bus' }] },
    faults: [{ at: 1_000, op: 'propose', agent: 0, program: 'bus', value }],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  const run = new LocalRun(parsed.value, { shards })
  run.runTo(micros(300_000))
  const marks = run.takeMarks().filter(({ body }) => body.kind === 'heard').length
  return { digest: run.digestText(), marks }
}

it('a proposal that asks the bus for nothing it can do is no message, on any layout', () => {
  for (const value of NONSENSE) {
    expect(heard(value, 1).marks).toBe(0)
    expect(heard(value, 5)).toEqual(heard(value, 1))
  }
  expect(heard({ op: 'broadcast', body: null }, 5).marks).toBe(4)
})
