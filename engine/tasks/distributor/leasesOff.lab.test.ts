import { describe, expect, it } from 'vitest'
import { LocalRun } from '../../LocalRun.ts'
import type { Mark } from '../../agents/Program.ts'
import { micros } from '../../kernel/units.ts'
import { knowPrograms } from '../../programRegistry.ts'
import { parseScenario } from '../../scenario/parse.ts'
import type { Command } from '../../scenario/Scenario.ts'
import { distributor } from './TaskDistributor.ts'
import { worker } from '../worker/worker.ts'

knowPrograms([distributor, worker])

const OFF_US = 1_000_000
const ON_US = 2_500_000

const leases = (at: number, value: number): Command => ({
  ...({ at, op: 'set', agent: 'all', program: 'distributor', param: 'leaseUs', value } as const),
})

/** Tasks of 400 ms at four workers, under leases of 200 ms until they are set. */
function play(faults: readonly Command[]): readonly Mark[] {
  const scenario = parseScenario({
    ...{ swarm: { agents: 5 }, topology: { kind: 'star' }, faults, seed: 5, untilUs: 8_000_000 },
    network: { latency: { kind: 'constant', us: 500 } },
    tasks: { workload: { perSecond: 5, size: 'constant', meanUs: 400_000, count: 30 } },
    programs: [
      { kind: 'distributor', on: { first: 1 }, params: { leaseUs: 200_000, durable: false } },
      { kind: 'worker', on: { last: 4 } },
    ],
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const run = new LocalRun(scenario.value)
  run.runTo(micros(8_000_000))
  return run.takeMarks()
}

/** How often each task was handed out that was handed out first at such a time. */
function timesGiven(marks: readonly Mark[], fromUs: number, toUs: number): number[] {
  const times = new Map<number, number>()
  for (const { body, key } of marks) {
    if (body.kind !== 'assigned') continue
    const task = body['task'] as number
    if (times.has(task)) times.set(task, times.get(task)! + 1)
    else if (key.time >= fromUs && key.time < toUs) times.set(task, 1)
  }
  return [...times.values()]
}
const count = (marks: readonly Mark[], kind: string): number => marks.filter(({ body }) => body.kind === kind).length

describe('leases that are set to 0 during the run', () => {
  it('end no task that is handed out from then on: nobody speaks of it any more', () => {
    const marks = play([leases(OFF_US, 0)])
    const given = timesGiven(marks, OFF_US, Infinity)
    expect(given.length).toBeGreaterThan(10)
    expect(Math.max(...given)).toBe(1)
    expect([count(marks, 'done'), count(marks, 'again')]).toEqual([30, 0])
  })

  it('and to some time again, hand out again what a lost worker had been given since', () => {
    const crash: Command = { at: ON_US + 500_000, op: 'crash', agent: 1 }
    expect(count(play([leases(OFF_US, 0), leases(ON_US, 200_000), crash]), 'done')).toBe(30)
  })
})
