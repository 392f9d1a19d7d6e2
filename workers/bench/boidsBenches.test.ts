import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { LocalRun } from '../../engine/LocalRun.ts'
import { micros } from '../../engine/kernel/units.ts'
import { parseScenario } from '../../engine/scenario/parse.ts'
import { BUNDLES } from '../setup/bundleNode.mjs'
import { boidsMemory, heapGrowth } from './boidsMemory.ts'
import { boidsSteps } from './boidsSteps.ts'
import { flockFrameworks } from './flockFrameworks.ts'
import { compilePeer, numbersFrom } from './peers/compilePeer.ts'

describe('benchmarks of flocking', { timeout: 60_000 }, () => {
  const url = new URL('shardWorker.mjs', pathToFileURL(`${BUNDLES}/`))

  it('time a step on one worker and on two, beside plain C where there is a compiler', async () => {
    const small = { rounds: 1, warmUp: 2, steps: 2 }
    const rows = await boidsSteps(
      [
        { agents: 500, ...small },
        { agents: 2_000, ...small },
      ],
      url,
    )
    const hasCompiler = (await compilePeer('boids')) !== null
    expect(rows.map(({ name }) => name)).toEqual(['boids-500', 'boids-2000'])
    for (const { value, peers, note } of rows) {
      for (const figure of [value, ...peers.map((peer) => peer.value)]) expect(figure).toBeGreaterThan(0)
      expect(peers).toHaveLength(hasCompiler ? 2 : 1)
      expect(note.includes('peer not installed')).toBe(!hasCompiler)
    }
    expect(rows[1]!.note).toMatch(/grows with n to the power -?[\d.e-]+ from 500 on/)
  })

  it('the C loop flocks by the same rule: as many neighbours, and the same agreement', async () => {
    const program = await compilePeer('boids')
    if (program === null) return
    const [, neighbours, polarisation] = await numbersFrom(
      program,
      [300, 44, 5, 2, 200, 1, 0.5, 0.3, 0.05, 0.2, 0.2, 0.3],
    )
    const own = flocked()
    expect(own.polarisation).toBeGreaterThan(0.8)
    expect(polarisation).toBeGreaterThan(0.8)
    expect(Math.abs(neighbours! / own.neighbours - 1)).toBeLessThan(0.2)
  })

  it('say that the frameworks are not installed where they are not, and time our own flock', async () => {
    const [row] = await flockFrameworks(1, [{ agents: 50, side: 40, vision: 5, steps: 10 }], false)
    expect(row!.value).toBeGreaterThan(0)
    expect(row!.peers).toEqual([])
    expect(row!.note).toContain('peer not installed')
  })

  it('a body takes less than 256 bytes, and 10,000 steps leave nothing behind', async () => {
    const [row] = await boidsMemory(20)
    expect(row!.value).toBeGreaterThan(0)
    expect(row!.value).toBeLessThan(256)
    // A few kilobytes of code compiled late, and less than a number a step.
    expect(heapGrowth(10_000)).toBeLessThan(80_000)
  })
})

/** What the engine makes of the parameters given to the C loop. */
function flocked(): { readonly polarisation: number; readonly neighbours: number } {
  const params = { vision: 5, separation: 2, speed: 0.5, align: 0.3, cohere: 0.05, separate: 0.2 }
  const parsed = parseScenario({
    ...{ name: 'flocked', untilUs: 1_000_000, swarm: { agents: 300 }, topology: { kind: 'none' } },
    space: { kind: 'boids', width: 44, height: 44, stepUs: 1_000, measureEvery: 201, params },
  })
  if (!parsed.ok) throw new Error(parsed.error)
  const run = new LocalRun(parsed.value)
  run.runTo(micros(201_001))
  return run.takeMarks().find(({ body }) => body.kind === 'measure')!.body as never
}
