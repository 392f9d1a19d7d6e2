import { describe, expect, it } from 'vitest'
import { agentId, micros } from '../../../engine/kernel/units.ts'
import { presetNamed } from '../../../engine/scenario/presets/index.ts'
import type { Parting } from '../../../workers/compare/comparison.ts'
import { namesFor } from '../../state/names.ts'
import { lineOf } from '../logLines.ts'
import { partingWords } from './partingWords.ts'

const names = namesFor(presetNamed('raft-lan')!.scenario, null)
const key = (time: number) => ({ time: micros(time), dst: agentId(3), src: agentId(1), seq: 7 })
const leads = (time: number, agent: number) => ({
  key: key(time),
  index: 0,
  agent: agentId(agent),
  program: 'raft',
  body: { kind: 'role', role: 'follower', term: 2 },
})
const words = (parting: Partial<Parting>) =>
  partingWords(
    { event: null, digestUs: null, fact: null, factKey: null, untilUs: 6_000_000, ...parting },
    ['A', 'C'],
    [names, names],
    lineOf,
  )
const event = { key: key(183_400), what: 'vote from agent 1 reaches agent 3', instead: 'timer at agent 3' }

describe('partingWords', () => {
  it('says up to when two set-ups are the same', () => {
    expect(words({}).event).toBe('A and C are the same, event for event, up to 6 s.')
    expect(words({}).eventUs).toBeNull()
  })

  it('names the event, who has it, and what the other has next', () => {
    expect(words({ event: { ...event, insteadUs: 190_000, only: 'second' } })).toMatchObject({
      event: 'At 183 ms only in C: vote from agent 1 reaches agent 3. In A next: “timer at agent 3” at 190 ms.',
      eventUs: 183_400,
      fact: null,
    })
    expect(words({ event: { ...event, instead: 'nothing', insteadUs: null, only: 'first' } }).event).toMatch(
      /only in A: .* In C next: nothing more\.$/,
    )
  })

  it('says so where they differ from the start, and names the first fact told otherwise after it', () => {
    const said = words({
      event: { ...event, key: key(0), insteadUs: 0, only: 'second' },
      fact: { first: leads(200_000, 4), second: leads(250_000, 5) },
      factKey: key(200_000),
    })
    expect(said.event).toBe('A and C differ from the start.')
    expect(said.fact).toBe(
      'First told at 200 ms: in A “Agent 4 follows in term 2”, in C “Agent 5 follows in term 2” at 250 ms.',
    )
    expect(said.factUs).toBe(200_000)
  })

  it('does not say twice by which figures two measurements differ', () => {
    const measured = { ...leads(200_000, 4), program: 'space', body: { kind: 'measure', polarisation: 0.5 } }
    const fact = { first: measured, second: measured }
    const at = (timeUs: number) =>
      words({ event: { ...event, key: key(timeUs), insteadUs: 1, only: 'neither' }, fact, factKey: key(200_000) }).fact
    expect(at(200_000)).toBeNull()
    expect(at(0)).toMatch(/^First told at 200 ms: in A “.*polarisation 0\.5”/)
  })
})
