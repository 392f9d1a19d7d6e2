import { describe, expect, it } from 'vitest'
import type { MarkBody } from '../../../engine/agents/Program.ts'
import { agentId, micros } from '../../../engine/kernel/units.ts'
import { surveyCaption } from './survey.ts'

const names = { agent: (id: number) => `agent ${id}`, group: (id: number) => `group ${id}`, groups: [] }
const words = (agent: number, body: MarkBody): string | null =>
  surveyCaption(
    {
      key: { time: micros(1), dst: agentId(agent), src: agentId(agent), seq: 1 },
      ...{ index: 0, agent: agentId(agent), program: 'survey', body },
    },
    names,
  )?.[0] ?? null

describe('the caption of a survey', () => {
  it('says who floods, and once for all where everybody does', () => {
    expect(words(5, { kind: 'flooding', pass: 1, place: 1, origins: 6 })).toBe('agent 5 starts a flood')
    expect(words(0, { kind: 'flooding', pass: 1, place: 0, origins: 40 })).toBe(
      'One after another, all 40 agents flood the swarm',
    )
    expect(words(3, { kind: 'flooding', pass: 1, place: 3, origins: 40 })).toBeNull()
  })
  it('says how far a flood came', () => {
    const body = { kind: 'surveyed', pass: 1, agents: 300, origins: 6, hopsTotal: 900 }
    expect(words(5, { ...body, reached: 241, farthest: 14 })).toBe(
      'The flood of agent 5 reached 240 others (80 %), 14 hops away at most',
    )
    expect(words(5, { ...body, reached: 1, farthest: 0 })).toBe('The flood of agent 5 reached nobody')
    expect(words(5, { ...body, origins: 300, reached: 241, farthest: 14 })).toBeNull()
  })
  it('says what the agents found out together', () => {
    const graph = { kind: 'graph', pass: 1, agents: 40, links: 80, origins: 40, farthest: 6, meanHops: 3.282 }
    expect(words(0, { ...graph, clustering: 0, transitivity: 0 })).toBe(
      '40 agents, 80 connections, 6 hops at most, 3.28 on average',
    )
    expect(words(0, { ...graph, clustering: 0.5, transitivity: 0.4 })).toMatch(/; 50 % of neighbours know each other$/)
    expect(words(0, { kind: 'contracted', pass: 1, round: 9, contraction: 0.88284, connectivity: 0.585786 })).toBe(
      'Differences shrink by 11.7 % a round: algebraic connectivity 0.5858',
    )
  })
})
