import { describe, expect, it } from 'vitest'
import { DEFAULTS, PROGRAM_DEFAULTS } from './defaults.ts'
import { LIMITS } from './limits.ts'
import { PROGRAM_KINDS } from './defaults.ts'
import { parseCommand, parseLog, parseScenario, parseScenarioText } from './parse.ts'
import { firstSwarm } from './presets/firstSwarm.ts'
import { raftLan } from './presets/raftLan.ts'
import type { Scenario } from './Scenario.ts'

const base = { programs: [{ kind: 'raft' }] }
const good = (input: unknown): Scenario => {
  const result = parseScenario(input)
  if (!result.ok) throw new Error(result.error)
  return result.value
}
const errorOf = (input: unknown): string => {
  const result = parseScenario(input)
  return result.ok ? 'parsed' : result.error
}

describe('parseScenario', () => {
  it('fills every default, so that a whole scenario can be one line', () => {
    const scenario = good(base)
    const { checks, programs, ...rest } = scenario
    expect(rest).toEqual(DEFAULTS)
    expect(programs).toEqual([{ kind: 'raft', ...PROGRAM_DEFAULTS.raft }])
    expect(checks).toContain('election-safety')
  })

  it('gives back what it gave: parsing is idempotent', () => {
    for (const scenario of [firstSwarm.scenario, raftLan.scenario]) expect(good(scenario)).toEqual(scenario)
  })

  it('keeps the order of faults, so that a saved run replays exactly: clicks stand behind the schedule', () => {
    const faults = [
      { at: 9, op: 'heal' },
      { at: 5, op: 'crash', agent: 1 },
      { at: 5, op: 'restart', agent: 1 },
    ]
    expect(good({ ...base, faults }).faults).toEqual(faults)
  })

  it('takes a time beyond the end of the run, and a law of every kind with a floor of at least 1 µs', () => {
    expect(good({ ...base, faults: [{ at: LIMITS.timeUsMax, op: 'heal' }] }).faults).toHaveLength(1)
    for (const kind of ['constant', 'uniform', 'exponential', 'regions'])
      expect(good({ ...base, network: { latency: { kind } } }).network.latency.kind).toBe(kind)
    expect(errorOf({ ...base, network: { latency: { kind: 'exponential', floorUs: 0 } } })).toBe(
      'network.latency.floorUs: 0 is outside 1..86400000000',
    )
  })

  it('tells clients of every raft member where servers are left out', () => {
    const client = firstSwarm.scenario.programs.find(({ kind }) => kind === 'client')
    expect(client?.params.servers).toEqual([0, 40, 80, 120, 160])
  })

  it.each<[string, unknown]>([
    ['scenario: 3 is not an object', 3],
    ['scenario: an empty list is not an object', []],
    ['network.loss: 1.4 is outside 0..1', { ...base, network: { loss: 1.4 } }],
    ['network.los: unknown field; did you mean "loss"?', { ...base, network: { los: 0 } }],
    ['topology: an empty list is not an object', { ...base, topology: [] }],
    [
      'topology.kind: "rign" is not one of mesh, hierarchical, ring, mesh-of-trees, ring-of-trees, star, torus, small-world, random, none; did you mean "ring"?',
      { ...base, topology: { kind: 'rign' } },
    ],
    ['swarm.agents: 2.5 is not a whole number', { ...base, swarm: { agents: 2.5 } }],
    ['swarm.agents: "many" is not a whole number', { ...base, swarm: { agents: 'many' } }],
    ['swarm.agents: 10000000 is outside 1..1000000', { ...base, swarm: { agents: 1e7 } }],
    [
      'swarm.agents: a full mesh of 100,000 agents is outside 1..20,000; use a tree, a ring or mesh-of-trees',
      { ...base, swarm: { agents: 1e5 } },
    ],
    [
      'programs.raft.on: programs on 20,001 or more agents are outside 1..20,000',
      { ...base, swarm: { agents: 20_001 }, topology: { kind: 'ring' } },
    ],
    ['programs.raft.on: 256 members are outside 1..255', { ...base, swarm: { agents: 256 } }],
    ['programs: none is named and there is no space, so nothing happens; name at least one program', {}],
    ['programs: none is named and there is no space, so nothing happens; name at least one program', { programs: [] }],
    [
      `programs[0].kind: "raff" is not one of ${PROGRAM_KINDS.join(', ')}; did you mean "raft"?`,
      { programs: [{ kind: 'raff' }] },
    ],
    [`programs[0].kind: missing; it is one of ${PROGRAM_KINDS.join(', ')}`, { programs: [{}] }],
    [
      'programs[1].kind: "raft" is named twice; an agent runs a program once',
      { programs: [{ kind: 'raft' }, { kind: 'raft' }] },
    ],
    [
      'programs.raft.params.prevote: unknown field; did you mean "preVote"?',
      { programs: [{ kind: 'raft', params: { prevote: true } }] },
    ],
    [
      'programs.raft.params.heartbeatUs: 200000 is not below electionMinUs 150000, so followers would time out between heartbeats',
      { programs: [{ kind: 'raft', params: { heartbeatUs: 200_000 } }] },
    ],
    ['programs.raft.on: agent 7 is outside 0..4', { programs: [{ kind: 'raft', on: [1, 7] }] }],
    ['programs.raft.on: 9 agents are outside 1..5', { programs: [{ kind: 'raft', on: { first: 9 } }] }],
    [
      'programs.raft.on: "leaves" needs a topology with trees, not mesh',
      { programs: [{ kind: 'raft', on: 'leaves' }] },
    ],
    ['programs.client.kind: needs a program "raft" to talk to', { programs: [{ kind: 'client' }] }],
    ['programs.ring-election.kind: needs topology.kind ring, not mesh', { programs: [{ kind: 'ring-election' }] }],
    ['programs.tree-sync.kind: needs a topology with trees, not mesh', { programs: [{ kind: 'tree-sync' }] }],
    [
      'swarm.agents: 31 does not divide into 5 groups of equal size (topology.groups); 30 or 35 would',
      { ...base, swarm: { agents: 31 }, topology: { kind: 'mesh-of-trees', groups: 5 } },
    ],
    [
      'topology.weights[0]: 0 and 2 are not connected in a ring',
      { ...base, topology: { kind: 'ring', weights: [{ a: 0, b: 2, weight: 2 }] } },
    ],
    ['topology.oneWay: true needs topology.kind ring, not mesh', { ...base, topology: { oneWay: true } }],
    [
      'network.latency.maxUs: 5 is below minUs 10',
      { ...base, network: { latency: { kind: 'uniform', minUs: 10, maxUs: 5 } } },
    ],
    [
      'network.latency.regions[0]: "Londn" is not one of Dallas, Toronto, Washington DC, Frankfurt, London, Madrid, Osaka, Sydney, Tokyo, Sao Paulo; did you mean "London"?',
      { ...base, network: { latency: { kind: 'regions', regions: ['Londn'] } } },
    ],
    ['faults[0].at: missing', { ...base, faults: [{ op: 'heal' }] }],
    [
      'faults[0].at: 9007199254740992 is outside 0..9007199254740991',
      { ...base, faults: [{ at: 2 ** 53, op: 'heal' }] },
    ],
    [
      'faults[0].agent: missing ("agnt" is not a field; did you mean "agent"?)',
      { ...base, faults: [{ at: 1, op: 'crash', agnt: 3 }] },
    ],
    ['faults[0].agent: agent 9 is outside 0..4 at that time', { ...base, faults: [{ at: 1, op: 'crash', agent: 9 }] }],
    [
      'faults[0].agent: "leder" is not "leader", "follower" or an agent id; did you mean "leader"?',
      { ...base, faults: [{ at: 1, op: 'crash', agent: 'leder' }] },
    ],
    ['faults[0].side: group 3 is outside 0..0', { ...base, faults: [{ at: 1, op: 'partition', side: { group: 3 } }] }],
    [
      'faults[0].side: "all" leaves nobody on the other side',
      { ...base, faults: [{ at: 1, op: 'partition', side: 'all' }] },
    ],
    [
      'faults[0].program: "paxos" is not one of raft',
      { ...base, faults: [{ at: 1, op: 'propose', agent: 0, program: 'paxos', value: 1 }] },
    ],
    [
      'faults[0].kind: "apend" is not one of requestVote, vote, preVote, preVoteReply, append, appendReply, clientRequest, clientReply; did you mean "append"?',
      { ...base, faults: [{ at: 1, op: 'delay', us: 5, from: 'all', to: 'all', kind: 'apend' }] },
    ],
    ['checks[0]: "election-safty" is not one of', { ...base, checks: ['election-safty'] }],
    ['version: 2 was written by a newer lab; this one reads 1..1', { ...base, version: 2 }],
    ['name: "Five Regions" is not in kebab-case (a-z, 0-9 and single dashes)', { ...base, name: 'Five Regions' }],
    ['seed: -1 is outside 0..4294967295', { ...base, seed: -1 }],
    ['seed: NaN is not a finite number', { ...base, seed: NaN }],
    ['digestEveryUs: 1 gives more than 1,000,000 digest points up to untilUs 10000000', { ...base, digestEveryUs: 1 }],
  ])('refuses with one sentence: %s', (sentence, input) => {
    expect(errorOf(input).slice(0, sentence.length)).toBe(sentence)
  })

  it('lets a fault name an agent that joins before it, and none that joins after', () => {
    const join = { at: 5, op: 'join' }
    expect(good({ ...base, faults: [{ at: 6, op: 'crash', agent: 5 }, join] }).faults).toHaveLength(2)
    expect(errorOf({ ...base, faults: [{ at: 4, op: 'crash', agent: 5 }, join] })).toBe(
      'faults[0].agent: agent 5 is outside 0..4 at that time',
    )
  })

  it('never follows a cycle, a deep nest, a prototype or a class instance', () => {
    const cycle: Record<string, unknown> = { ...base }
    cycle.swarm = cycle
    expect(errorOf(cycle)).toMatch(/nested deeper than 32 levels$/)
    expect(errorOf(JSON.parse('{"__proto__": {"programs": []}}'))).toBe('scenario: "__proto__" is not a field name')
    expect(errorOf({ ...base, name: new Date(0) })).toMatch(/^name: an object is not plain data$/)
    expect(errorOf({ ...base, faults: new Array(1e9) })).toBe('faults: holds more than 100,000 values')
  })
})

describe('parseScenarioText', () => {
  it('says where a file stops being JSON, and refuses one above a megabyte', () => {
    expect(parseScenarioText('{"programs": [}')).toEqual({
      ok: false,
      error: expect.stringMatching(/^scenario: not valid JSON/),
    })
    expect(parseScenarioText(' '.repeat(LIMITS.scenarioBytesMax + 1))).toEqual({
      ok: false,
      error: 'scenario: 1,048,577 characters are above the 1,048,576 allowed',
    })
  })
})

describe('parseCommand and parseLog', () => {
  const scenario = good(base)
  it('names the field of a command that is wrong', () => {
    expect(parseCommand({ at: 1, op: 'lose', probability: 2, from: 'all', to: 'all' }, scenario)).toEqual({
      ok: false,
      error: 'command.probability: 2 is outside 0..1',
    })
    expect(parseCommand(null, scenario)).toEqual({ ok: false, error: 'command: null is not an object' })
    expect(parseLog([{ at: 1, op: 'crash', agent: 8 }], scenario, 'log')).toEqual({
      ok: false,
      error: 'log[0].agent: agent 8 is outside 0..4 at that time',
    })
  })
  it('counts the agents that the log has let in', () => {
    const log = [{ at: 1, op: 'join' }] as const
    expect(parseCommand({ at: 2, op: 'crash', agent: 5 }, scenario, log).ok).toBe(true)
    expect(parseCommand({ at: 2, op: 'crash', agent: 5 }, scenario).ok).toBe(false)
  })
})
