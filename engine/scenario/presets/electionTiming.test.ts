import { expect, it } from 'vitest'
import { seconds } from '../../kernel/units.ts'
import { LocalRun } from '../../LocalRun.ts'
import { electionTrial } from './electionTiming.ts'

it.each([3, 14, 15, 92, 65, 35])(
  'Raft §9.3, trial %i: server 0 fails as leader, only a server with the longer log wins, not before half a time-out',
  (seed) => {
    const scenario = electionTrial(seed)
    const run = new LocalRun(scenario)
    run.runTo(seconds(20))
    const marks = run.takeMarks()
    const crash = marks.find(({ program, body }) => program === 'host' && body.kind === 'crashed')!
    const next = marks.find(({ key, body }) => body.kind === 'leader' && key.time > crash.key.time)!
    expect(crash.agent).toBe(0)
    expect([1, 2]).toContain(next.agent)
    expect(next.key.time - crash.key.time).toBeGreaterThanOrEqual(75_000)
  },
)
