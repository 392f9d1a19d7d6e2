import { describe, expect, it } from 'vitest'
import { agentId } from '../kernel/units.ts'
import { squarestSides } from '../kernel/sides.ts'
import { buildTopology } from '../topology/buildTopology.ts'
import { LIMITS } from './limits.ts'
import { parseScenario } from './parse.ts'
import { linked, placed, torusColumns } from './placement.ts'
import type { Scenario } from './Scenario.ts'
import { TOPOLOGY_KINDS } from './names.ts'

const input = (agents: number, topology: object, params: object = {}) => ({
  ...{ swarm: { agents }, topology, programs: [{ kind: 'survey', params }] },
})
function scenario(agents: number, topology: object): Scenario {
  const parsed = parseScenario(input(agents, topology))
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

describe('graphs that a scenario may ask for', () => {
  it.each<[string, unknown]>([
    [
      'topology.degree: 5 is not an even number from 2 to 19, below the number of agents',
      input(20, { kind: 'small-world', degree: 5 }),
    ],
    [
      'topology.degree: 0 is not an even number from 2 to 19, below the number of agents',
      input(20, { kind: 'small-world', degree: 0 }),
    ],
    [
      'topology.degree: 20 is not an even number from 2 to 19, below the number of agents',
      input(20, { kind: 'small-world', degree: 20 }),
    ],
    [
      'topology.degree: 2.5 is not an even number from 2 to 19, below the number of agents',
      input(20, { kind: 'small-world', degree: 2.5 }),
    ],
    ['topology.degree: 20 is outside 0..19, the number of other agents', input(20, { kind: 'random', degree: 20 })],
    [
      'topology.degree: 1000 gives 10,000 agents 5,000,000 connections, more than 1,000,000',
      input(10_000, { kind: 'random', degree: 1_000 }),
    ],
    ['topology.degree: -1 is outside 0..1000', input(20, { kind: 'random', degree: -1 })],
    [
      'topology.columns: 40 agents do not fill rows of 7; 35 or 42 would (0 columns fit any number)',
      input(40, { kind: 'torus', columns: 7 }),
    ],
    ['topology.oneWay: true needs topology.kind ring, not torus', input(20, { kind: 'torus', oneWay: true })],
    [
      'topology.weights[0]: 1 and 2 are not connected in a star',
      input(20, { kind: 'star', weights: [{ a: 1, b: 2, weight: 2 }] }),
    ],
    [
      'topology.weights[0]: 0 and 9 are not connected in a torus',
      input(16, { kind: 'torus', weights: [{ a: 0, b: 9, weight: 2 }] }),
    ],
    [
      'programs.survey.params.origins: 3 of 20 agents tell too few degrees for a gain of 0; let everybody start a flood, or set gain',
      input(20, { kind: 'torus' }, { origins: 3, rounds: 10 }),
    ],
  ])('refuses with one sentence: %s', (sentence, document) => {
    expect(parseScenario(document)).toEqual({ ok: false, error: sentence })
  })
  it('takes the ends of every range', () => {
    for (const topology of [
      { kind: 'small-world', degree: 2, rewire: 1 },
      { kind: 'small-world', degree: 18 },
      { kind: 'random', degree: 0 },
      { kind: 'random', degree: 19 },
      { kind: 'torus', columns: 20 },
      { kind: 'torus', columns: 1 },
    ])
      expect(scenario(20, topology).topology).toMatchObject(topology)
    const most = (2 * LIMITS.graphLinksMax) / 20_000
    expect(scenario(20_000, { kind: 'random', degree: most }).topology.degree).toBe(100)
  })
})

describe('placement agrees with the tables', () => {
  it('two agents may have a strength only where the topology can join them', () => {
    for (const kind of TOPOLOGY_KINDS)
      for (const agents of [12, 16]) {
        const whole = scenario(agents, { kind, groups: kind.includes('-of-') ? 4 : 1, degree: 4 })
        const t = buildTopology(whole.topology, new Uint8Array(agents).fill(1), { agents, seed: whole.seed })
        const drawn = kind === 'small-world' || kind === 'random'
        for (let a = 0; a < agents; a++)
          for (let b = 0; b < agents; b++) {
            if (a === b) continue
            const joined = t.neighbours(agentId(a)).includes(agentId(b))
            expect([kind, a, b, linked(whole, a, b)]).toEqual([kind, a, b, drawn || joined])
          }
      }
  })
  it('leaves are those without children: in a star everybody but the hub; graphs have none', () => {
    for (const kind of ['hierarchical', 'star', 'mesh-of-trees'] as const) {
      const whole = scenario(12, { kind, groups: kind === 'mesh-of-trees' ? 3 : 1 })
      const t = buildTopology(whole.topology, new Uint8Array(12).fill(1), { agents: 12 })
      const childless = [...Array(12).keys()].filter((id) => t.children(agentId(id)).length === 0)
      expect([kind, ...placed(whole, 'leaves')]).toEqual([kind, ...childless])
    }
    const leaves = { ...input(12, { kind: 'torus' }), programs: [{ kind: 'survey', on: 'leaves' }] }
    expect(parseScenario(leaves)).toMatchObject({
      error: 'programs.survey.on: "leaves" needs a topology with trees, not torus',
    })
  })
  it('a torus of any number of agents is as near to square as it can be', () => {
    expect([1, 2, 12, 36, 40, 97].map(squarestSides)).toEqual([
      [1, 1],
      [1, 2],
      [3, 4],
      [6, 6],
      [5, 8],
      [1, 97],
    ])
    expect(torusColumns(scenario(40, { kind: 'torus' }).topology, 40)).toBe(8)
    expect(torusColumns(scenario(40, { kind: 'torus', columns: 4 }).topology, 40)).toBe(4)
  })
})
