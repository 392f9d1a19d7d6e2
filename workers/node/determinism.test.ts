import { beforeAll, describe, expect, it } from 'vitest'
import { pathToFileURL } from 'node:url'
import { BUNDLES } from '../setup/bundleNode.mjs'
import { LocalRun } from '../../engine/LocalRun.ts'
import { micros } from '../../engine/kernel/units.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import { PRESETS, type Preset } from '../../engine/scenario/presets/index.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { openCluster } from './cluster.ts'

/** Every scenario that is listed joins by being listed: at its least and its default size, past its first fault. */
const CASES = PRESETS.flatMap((preset) =>
  [...new Set([preset.sizes.min, preset.sizes.default])].map((agents) => ({
    name: preset.scenario.name,
    agents,
    preset,
  })),
)

interface Outcome {
  readonly points: readonly { readonly timeUs: number; readonly digest: string }[]
  readonly last: string
}

function runLocal(scenario: Scenario, untilUs: number, shards: number, codecAlways = false): Outcome {
  const run = new LocalRun(scenario, { shards, codecAlways, freeze: !codecAlways })
  run.runTo(micros(untilUs))
  return { points: run.digestPoints(), last: run.digestText() }
}

async function runThreads(scenario: Scenario, untilUs: number, workers: number): Promise<string> {
  const url = new URL('shardWorker.mjs', pathToFileURL(`${BUNDLES}/`))
  const cluster = await openCluster(scenario, initialLog(scenario), { workers }, url)
  try {
    while (!(await Promise.race([cluster.conductor.slice(untilUs, -1, 7), cluster.death])));
    return await cluster.conductor.digest()
  } finally {
    await cluster.close()
  }
}

const firstFaultUs = (scenario: Scenario): number => Math.min(...scenario.faults.map((c) => c.at))

describe.each(CASES)('$name with $agents agents', ({ preset, agents }: { preset: Preset; agents: number }) => {
  const scenario = preset.withAgents(agents)
  const { proofUs } = preset
  let one: Outcome
  beforeAll(() => {
    one = runLocal(scenario, proofUs, 1)
  })

  it('has a proof horizon past its first fault and at least one digest point', () => {
    if (scenario.faults.length > 0) expect(proofUs).toBeGreaterThan(firstFaultUs(scenario))
    expect(one.points.length).toBeGreaterThan(0)
    expect(new Set(one.points.map((p) => p.digest)).size).toBeGreaterThan(1)
  })

  it.each([2, 3, 4, 8])('gives the same digests on %i shards as on one', (shards) => {
    expect(runLocal(scenario, proofUs, shards)).toEqual(one)
  })

  it('gives the same digests when every message is encoded, even within a shard', () => {
    expect(runLocal(scenario, proofUs, 1, true)).toEqual(one)
    expect(runLocal(scenario, proofUs, 2, true)).toEqual(one)
  })

  it.each([2, 4])('gives the same digest on %i worker threads', async (workers) => {
    expect(await runThreads(scenario, proofUs, workers)).toBe(one.last)
  })

  it('gives the same digest from a snapshot, restored on another layout', () => {
    const first = new LocalRun(scenario, { shards: 2 })
    first.runTo(micros(Math.floor(proofUs / 2)))
    const parts = first.snapshot()
    first.runTo(micros(proofUs))
    expect(first.digestText()).toBe(one.last)
    for (const shards of [1, 3, 2]) {
      const second = new LocalRun(scenario, { shards })
      second.restore(parts)
      second.runTo(micros(proofUs))
      expect(second.digestText()).toBe(one.last)
    }
  })

  it('gives another digest from another seed', () => {
    expect(runLocal({ ...scenario, seed: scenario.seed + 1 }, proofUs, 1).last).not.toBe(one.last)
  })
})
