import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import { compareRun } from '../compare/measures.ts'
import { repetition } from '../compare/repetition.ts'

const BUNDLES = join(import.meta.dirname, '../../.cache/node')
const { scenario } = presetNamed('raft-lan')!

const lab = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(BUNDLES, 'lab.mjs'), 'compare', ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('lab compare', () => {
  it('names the first difference, and gives differences of whole runs over the same seeds', () => {
    const { status, stdout } = lab('raft-lan', '--with', 'network.loss=0.1', '--until', '1s', '--repeat', '3', '--json')
    expect(status).toBe(0)
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({ until_us: 1_000_000, seeds: 3, first_event: { only: expect.anything() } })
    expect(result.first_event.time_us).toBeGreaterThan(0)
    expect(result.first_digest_us).toBeGreaterThan(0)
    const lossy = { ...scenario, network: { ...scenario.network, loss: 0.1 } }
    const losses = (of: typeof scenario): number[] =>
      [0, 1, 2].map((by) => {
        return compareRun(repetition(of, initialLog(of), by), 1_000_000).figures['losses']!
      })
    const [none, some] = [losses(scenario), losses(lossy)]
    const row = result.measures.find((m: { name: string }) => m.name === 'losses')
    expect(row).toMatchObject({ pairs: 3, excludes_zero: true })
    expect(row.difference).toBeCloseTo((some[0]! + some[1]! + some[2]! - none[0]! - none[1]! - none[2]!) / 3, 9)
  })

  it('finds none between a scenario and itself', () => {
    const { stdout } = lab('raft-lan', 'raft-lan', '--until', '500ms', '--json')
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({ first_event: null, first_digest_us: null, first_fact: null })
    expect(result.a.digest).toBe(result.b.digest)
  })

  it('runs the second scenario on the seed of the first, unless it is told another', () => {
    const { stdout } = lab('raft-lan', 'raft-partition', '--until', '10ms', '--json')
    const result = JSON.parse(stdout)
    expect(result.b).toMatchObject({ scenario: 'raft-partition', seed: result.a.seed })
    const other = JSON.parse(lab('raft-lan', '--with', 'seed=99', '--until', '10ms', '--json').stdout)
    expect([other.a.seed, other.b.seed]).toEqual([scenario.seed, 99])
  })

  it('compares what moves by the figures of its measurements', () => {
    const { stdout } = lab('vicsek', '--with', 'space.params.noiseRad=5', '--until', '5s', '--json')
    const { measures } = JSON.parse(stdout)
    expect(measures.map((m: { name: string }) => m.name)).not.toContain('messages')
    const row = measures.find((m: { name: string }) => m.name === 'polarisation_mean')
    expect(row).toMatchObject({ pairs: 1, unit: '' })
    expect(row.difference).toBeLessThan(0)
  })

  it('says in one sentence what is missing, and exits 2', () => {
    for (const args of [
      ['raft-lan'],
      ['raft-lan', 'raft-partition', '--with', 'seed=2'],
      ['raft-lan', '--with', 'x=1'],
    ]) {
      const { status, stdout, stderr } = lab(...args)
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr.trim().split('\n')).toHaveLength(1)
    }
  })
})
