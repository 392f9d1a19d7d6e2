import { describe, expect, it } from 'vitest'
import { LIMITS } from '../limits.ts'
import { parseScenario } from '../parse.ts'
import { electionTrial, PRESETS } from './index.ts'

describe.each(PRESETS.map((preset) => [preset.scenario.name, preset] as const))('%s', (_, preset) => {
  const { scenario, sizes, info } = preset

  it('parses at its least, default and greatest size, and has exactly those', () => {
    for (const agents of [sizes.min, sizes.default, sizes.max]) {
      const sized = preset.withAgents(agents)
      expect(sized.swarm.agents).toBe(agents)
      expect(parseScenario(JSON.parse(JSON.stringify(sized)))).toEqual({ ok: true, value: sized })
    }
    expect(preset.withAgents(sizes.default)).toEqual(scenario)
    expect(preset.withAgents(-1).swarm.agents).toBe(sizes.min)
    expect(preset.withAgents(1e9).swarm.agents).toBe(sizes.max)
    expect(preset.withAgents(NaN)).toEqual(scenario)
  })

  it('passes its first fault within the proof horizon and the run, and opens before it', () => {
    const first = scenario.faults[0]!
    expect(first.at).toBeLessThan(preset.proofUs)
    expect(preset.proofUs).toBeLessThanOrEqual(scenario.untilUs)
    expect(preset.openAtUs).toBeLessThan(scenario.faults.find(({ op }) => op !== 'propose' && op !== 'lose')!.at)
    expect(preset.proofUs).toBeGreaterThanOrEqual(scenario.digestEveryUs)
  })

  it('explains itself in sentences, with claims and references', () => {
    for (const text of [info.what, info.how, info.use, ...info.notice, ...info.tryThis])
      expect(text).toMatch(/^[A-Z].*[.?]$/)
    expect(Math.min(info.notice.length, info.tryThis.length)).toBeGreaterThanOrEqual(3)
    for (const { name, sentence, source } of info.claims) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(sentence).toMatch(/\.$/)
      expect(source.length).toBeGreaterThan(10)
    }
    expect(info.claims.length * info.references.length).toBeGreaterThan(0)
    expect(scenario.title.length).toBeLessThanOrEqual(LIMITS.titleCharsMax)
  })
})

describe('the gallery', () => {
  it('opens with first-swarm and has the names of the list', () => {
    expect(PRESETS.map(({ scenario }) => scenario.name)).toEqual([
      'first-swarm',
      'raft-regions',
      'raft-lan',
      'raft-partition',
      'election-timing',
      'ring-election',
      'tree-sync',
      'mesh-broadcast',
      'topology-cost',
      'topology-zoo',
      'small-world',
      'percolation',
      'push-gossip',
      'swim',
      'phi-accrual',
      'churn',
      'skewed-clocks',
      'breaker',
      'credits',
      'boids',
      'boids-100k',
      'vicsek',
      'couzin',
      'task-affinity',
      'formation',
      'double-bridge',
      'bridge-evaporation',
      'bridge-lengths',
      'ants',
      'physarum',
      'scent-tasks',
      'pheromone-field',
      'auction',
      'second-price',
      'predictive',
      'work-stealing',
      'graham',
      'topology-fit',
      'job-log',
      'drf',
      'aimd',
      'erlang',
      'priorities',
      'two-choices',
      'rush-hour',
      'wide-tasks',
    ])
  })

  it('first-swarm: the leader fails about four seconds of wall time after opening', () => {
    const { scenario, openAtUs } = PRESETS[0]!
    expect((scenario.faults[0]!.at - openAtUs) / 1e6 / scenario.pace).toBeCloseTo(4)
    expect(scenario.swarm.agents).toBe(200)
  })
})

describe('electionTrial (Raft §9.3)', () => {
  it('crashes the leader uniformly within one heartbeat interval, the same way for the same seed', () => {
    const crashes = Array.from({ length: 2_000 }, (_, seed) => {
      const trial = electionTrial(seed)
      expect(trial.seed).toBe(seed)
      return trial.faults.find(({ op }) => op === 'crash')!.at
    })
    const phases = crashes.map((at) => (at - Math.min(...crashes)) / 75_000)
    expect(Math.max(...phases)).toBeLessThan(1)
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = phases.filter((phase) => Math.floor(phase * 10) === tenth).length / phases.length
      expect(Math.abs(share - 0.1)).toBeLessThan(0.03)
    }
    expect(electionTrial(7)).toEqual(electionTrial(7))
    expect(parseScenario(electionTrial(7))).toEqual({ ok: true, value: electionTrial(7) })
  })
})
