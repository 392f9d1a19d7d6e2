import { describe, expect, it } from 'vitest'
import { electionTiming } from './presets/electionTiming.ts'
import { firstSwarm } from './presets/firstSwarm.ts'
import { raftLan } from './presets/raftLan.ts'
import { raftRegions } from './presets/raftRegions.ts'
import type { Scenario } from './Scenario.ts'
import { setField, setFields } from './set.ts'

const set = (scenario: Scenario, ...texts: string[]): Scenario => {
  const result = setFields(scenario, texts)
  if (!result.ok) throw new Error(result.error)
  return result.value
}
const errorOf = (scenario: Scenario, text: string): string => {
  const result = setField(scenario, text)
  return result.ok ? 'set' : result.error
}
const paramsOf = (scenario: Scenario, kind: string) =>
  scenario.programs.find((program) => program.kind === kind)!.params

describe('--set path=value', () => {
  it('reaches fields by path, programs by kind, list entries by number', () => {
    expect(set(raftLan.scenario, 'topology.kind=ring').topology.kind).toBe('ring')
    expect(set(raftLan.scenario, 'topology.kind=ring', 'swarm.agents=31').swarm.agents).toBe(31)
    expect(
      paramsOf(set(electionTiming.scenario, 'programs.raft.params.electionMaxUs=300000'), 'raft').electionMaxUs,
    ).toBe(300_000)
    expect(set(raftLan.scenario, 'faults=[]').faults).toEqual([])
    expect(set(raftLan.scenario, 'faults[0].at=5').faults[0]!.at).toBe(5)
    expect(set(raftLan.scenario, 'programs.raft.params.bugs=["even-quorum"]').programs[0]!.params.bugs).toEqual([
      'even-quorum',
    ])
  })

  it('gives a law of a new kind its own defaults', () => {
    const scenario = set(raftLan.scenario, 'network.latency.kind=exponential', 'network.latency.meanUs=7000')
    expect(scenario.network.latency).toEqual({ kind: 'exponential', floorUs: 100, meanUs: 7_000 })
  })

  it('resizes a built-in scenario as its preset does and keeps what was changed on it', () => {
    const changed = set(firstSwarm.scenario, 'network.loss=0.01', 'swarm.agents=50')
    expect(changed).toEqual({ ...firstSwarm.withAgents(50), network: { ...firstSwarm.scenario.network, loss: 0.01 } })
    const regions = set(raftRegions.scenario, 'swarm.agents=7')
    expect(regions).toEqual(raftRegions.withAgents(7))
    expect(paramsOf(regions, 'client').servers).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('lets clients follow the raft members unless told otherwise', () => {
    expect(paramsOf(set(raftLan.scenario, 'programs.raft.on={"first":4}'), 'client').servers).toEqual([0, 1, 2, 3])
    const told = set(raftLan.scenario, 'programs.client.params.servers=[0,1]')
    expect(paramsOf(set(told, 'swarm.agents=12'), 'client').servers).toEqual([0, 1])
  })

  it('checks only the outcome, so that the order of assignments does not matter', () => {
    const texts = [
      'programs.raft.params.heartbeatUs=400000',
      'programs.raft.params.electionMinUs=500000',
      'programs.raft.params.electionMaxUs=900000',
    ]
    expect(set(raftLan.scenario, ...texts)).toEqual(set(raftLan.scenario, ...texts.reverse()))
  })

  it.each([
    ['topolgy.kind=ring', 'topolgy: unknown field; did you mean "topology"?'],
    ['topology.knd=ring', 'topology.knd: unknown field; did you mean "kind"?'],
    ['programs.raf.params.preVote=true', 'programs.raf: unknown program; did you mean "raft"?'],
    ['programs.raft.params.prevote=true', 'programs.raft.params.prevote: unknown field; did you mean "preVote"?'],
    ['swarm.agents', '--set: "swarm.agents" is not path=value'],
    ['network.loss=lots', 'network.loss: "lots" is not a number'],
    ['network.loss.much=1', 'network.loss: is a value and has no field "much"'],
    ['faults.9.at=1', 'faults.9: is outside 0..2, the entries of that list'],
    ['swarm.agents=400', 'programs.raft.on: 400 members are outside 1..255'],
  ])('%s: %s', (text, sentence) => {
    expect(errorOf(raftLan.scenario, text)).toBe(sentence)
  })
})
