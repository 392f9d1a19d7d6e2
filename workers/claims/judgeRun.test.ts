import { describe, expect, it } from 'vitest'
import { CLAIMS } from '../../engine/checks/claims/index.ts'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import { setFields } from '../../engine/scenario/set.ts'
import { orThrow } from '../node/args.ts'
import { judgeRun } from './judgeRun.ts'
import { runHeadless } from '../node/headless.ts'

/** Claims judged in one run of a built-in scenario, as name → whether it holds. */
async function judged(name: string, set: readonly string[] = [], untilUs?: number) {
  const scenario = orThrow(setFields(presetNamed(name)!.scenario, set))
  const run = await runHeadless(scenario, { untilUs: untilUs ?? scenario.untilUs, workers: 1 })
  return Object.fromEntries(judgeRun(run).map((claim) => [claim.name, claim.ok]))
}

describe('judgeRun: the claims that one run decides', () => {
  it('hold in the built-in run', async () => {
    expect(await judged('raft-partition')).toEqual({ 'partition-safety': true })
    expect(await judged('first-swarm')).toEqual({ 'opening-election': true, 'head-quorum-distance': true })
  })

  it('fail where a mistake is switched on', async () => {
    const bug = 'programs.raft.params.bugs=["even-quorum"]'
    expect(await judged('raft-partition', ['swarm.agents=4', bug])).toEqual({ 'partition-safety': false })
    expect(await judged('raft-regions', ['swarm.agents=4', bug])).toEqual({ 'quorum-distance': false })
  })

  it('are left out where the run does not meet their conditions', async () => {
    expect(await judged('first-swarm', ['network.latency.jitter=0.5'], 4_600_000)).toEqual({})
    const connect = 'faults=[{"at":1000,"op":"connect","a":0,"b":1,"weight":2}]'
    expect(await judged('raft-regions', [connect], 3_000_000)).toEqual({})
  })

  it('are left out where the run shows nothing of them yet', async () => {
    expect(await judged('raft-partition', [], 1_000_000)).toEqual({})
    expect(await judged('election-timing', [], 500_000)).toEqual({})
  })

  it('are bounds and exact statements: a mean or a median needs many runs', () => {
    const means = [
      'election-median-150-155',
      'election-median-150-300',
      'lan-recovery',
      'commit-latency',
      'ring-messages',
    ]
    for (const { name, oneRun } of CLAIMS) if (means.includes(name)) expect(oneRun, name).toBeUndefined()
  })
})
