import { describe, expect, it } from 'vitest'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { parseScenario } from './scenario/parse.ts'
import { compileChaos } from './scenario/chaos.ts'
import { editState } from './agents/editState.ts'

const make = (input: object, shards = 1) => {
  const parsed = parseScenario(input)
  if (!parsed.ok) throw new Error(parsed.error)
  return new LocalRun(parsed.value, { shards })
}
describe('suspicions', () => {
  it('credits that a cut sends arrive on every layout', () => {
    const value = { op: 'direct', to: 1, body: 'x' }
    const input = {
      untilUs: 3_000_000, digestEveryUs: 10_000,
      swarm: { agents: 2, serviceUs: 500_000 },
      network: { latency: { kind: 'constant', us: 1_000 }, credits: 2 },
      programs: [{ kind: 'bus' }],
      faults: [
        ...Array.from({ length: 8 }, () => ({ at: 0, op: 'propose', agent: 0, program: 'bus', value })),
        { at: 50_000, op: 'crash', agent: 1, forUs: 500_000 },
      ],
    }
    const runs = [1, 2].map((s) => { const r = make(input, s); r.runTo(micros(3_000_000)); return r.digestPoints() })
    const d = runs[0]!.findIndex((p, i) => p.digest !== runs[1]![i]!.digest)
    expect(d < 0 ? null : runs[0]![d]!.timeUs).toBe(null)
  })
  it('edit length', () => {
    const agent: any = { programs: [{ program: 0, state: { log: [1, 2] } }] }
    expect(editState(agent, 0, 'log.length', -1)).not.toBe(null)
  })
  it('chaos hang', () => {
    const parsed = parseScenario({ untilUs: 1_000_000, swarm: { agents: 3 }, programs: [{ kind: 'raft' }],
      chaos: { weights: { crash: 1 }, perSecond: 0.05, fromUs: 0, toUs: 80_000_000_000, meanUs: 1000, budget: 0, pick: 1 } })
    if (!parsed.ok) throw new Error(parsed.error)
    const t = performance.now()
    compileChaos(parsed.value)
    console.log('ms', performance.now() - t)
  })
  it('queue and link split', () => {
    const value = { op: 'direct', to: 1, body: 'x' }
    const run = make({ untilUs: 3_000_000, swarm: { agents: 2 }, network: { latency: { kind: 'constant', us: 1_000 }, bytesPerSecond: 10_000 }, programs: [{ kind: 'bus' }],
      faults: Array.from({ length: 5 }, () => ({ at: 0, op: 'propose', agent: 0, program: 'bus', value })) })
    run.runTo(micros(1_000_000))
    const { queueUs, linkUs, deliveries } = run.shards[0]!.stats
    console.log({ queueUs, linkUs, deliveries })
    expect(linkUs).toBe(1_000 * deliveries)
  })
})
