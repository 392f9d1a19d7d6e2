import type { Mark, MarkBody } from '../../agents/Program.ts'
import { agentId, micros } from '../../kernel/units.ts'

/** A mark by hand: time in ms, agent, program, body. */
export type Told = readonly [ms: number, agent: number, program: string, body: MarkBody]
export const told = (...rows: readonly Told[]): Mark[] =>
  rows.map(([ms, agent, program, body], seq) => ({
    key: { time: micros(ms * 1_000), dst: agentId(agent), src: agentId(agent), seq },
    index: 0,
    agent: agentId(agent),
    program,
    body,
  }))

export const raft = (ms: number, agent: number, body: MarkBody) => [ms, agent, 'raft', body] as const
export const host = (ms: number, agent: number, kind: string) => [ms, agent, 'host', { kind }] as const
export const boots = (n: number) =>
  Array.from({ length: n }, (_, agent) => raft(0, agent, { kind: 'boot', term: 0, index: 0 }))
export const leads = (ms: number, agent: number, term: number) => raft(ms, agent, { kind: 'leader', term })
export const appends = (ms: number, agent: number, from: number, ...terms: number[]) =>
  raft(ms, agent, { kind: 'append', from, terms, digests: terms })
export const commits = (ms: number, agent: number, index: number, entryTerm: number) =>
  raft(ms, agent, { kind: 'commit', index, entryTerm, digest: 0, leads: true })
