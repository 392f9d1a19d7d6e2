import { describe, expect, it } from 'vitest'
import { chaosNamed } from '../../engine/scenario/chaosProfiles.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import { parseFlags, readRequest } from './args.ts'

const request = (...args: string[]) => {
  const { values, positionals } = parseFlags(args)
  return readRequest(positionals[0], values)
}
const lan = presetNamed('raft-lan')!.scenario

describe('--chaos', () => {
  it('gives the scenario a profile by name, whose faults follow the schedule in the log', async () => {
    const { scenario, log } = await request('raft-lan', '--chaos', 'crashes')
    expect(scenario).toEqual({ ...lan, chaos: (chaosNamed('crashes', lan) as { value: unknown }).value })
    expect(log).toEqual(initialLog(scenario))
    expect(log.length).toBeGreaterThan(lan.faults.length)
  })
  it('is drawn from the seed that --seed gives, and edited by --set', async () => {
    const logs = await Promise.all([1, 2].map((seed) => request('raft-lan', '--chaos', 'crashes', `--seed=${seed}`)))
    expect(logs[0]!.log).not.toEqual(logs[1]!.log)
    const more = await request('raft-lan', '--chaos', 'crashes', '--set', 'chaos.perSecond=12')
    expect(more.scenario.chaos).toMatchObject({ perSecond: 12, weights: { crash: 3, pause: 1 } })
    expect(more.log.length).toBeGreaterThan(logs[0]!.log.length)
  })
  it('none takes it out again, and an unknown one is refused with the list', async () => {
    expect((await request('raft-lan', '--chaos', 'none')).log).toEqual(lan.faults)
    await expect(request('raft-lan', '--chaos', 'flaky')).rejects.toThrow(
      '--chaos: "flaky" is not one of none, calm, flaky-network, crashes, partitions, slow-disks, wrong-clocks, ' +
        'comings-and-goings, rough-ground, everything',
    )
  })
  it('works by --set alone where there was none', async () => {
    const { scenario, log } = await request('tree-sync', '--set', 'chaos.weights.lose=1', '--set', 'chaos.perSecond=3')
    expect(scenario.chaos).toMatchObject({ weights: { lose: 1 }, perSecond: 3, pick: 1 })
    expect(new Set(log.slice(scenario.faults.length).map(({ op }) => op))).toEqual(new Set(['lose']))
  })
})
