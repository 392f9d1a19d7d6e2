import { expect, it } from 'vitest'
import type { Mark } from '../../../engine/agents/Program.ts'
import { agentId, micros } from '../../../engine/kernel/units.ts'
import { namesFor } from '../../state/names.ts'
import { errandCaption } from './errand.ts'
import { gossipCaption } from './gossip.ts'

const names = namesFor(null, null)
const mark = (program: string, body: Mark['body'], agent = 0): Mark => ({
  key: { time: micros(0), dst: agentId(agent), src: agentId(agent), seq: 0 },
  ...{ index: 0, agent: agentId(agent), program, body },
})

it('says who starts a rumour, and what it is where a person gave it words', () => {
  const say = (value: string | null) => gossipCaption(mark('gossip', { kind: 'started', value }, 7), names)?.[0]
  expect(say(null)).toMatch(/7 starts a rumour$/)
  expect(say('fire')).toMatch(/7 starts a rumour: “fire”$/)
  expect(gossipCaption(mark('gossip', { kind: 'heard' }), names)).toBeNull()
})

it('says what a job is, and how it ended', () => {
  const say = (body: Mark['body']) => errandCaption(mark('errand', body), names)?.[0]
  expect(say({ kind: 'began', job: 'broadcast', to: -1 })).toMatch(/0 tells everybody$/)
  expect(say({ kind: 'began', job: 'request', to: 12 })).toMatch(/0 asks .*12$/)
  expect(say({ kind: 'began', job: 'report', to: -1 })).toMatch(/^everybody reports to .*0$/)
  expect(say({ kind: 'ended', job: 'report', count: 40, tookUs: 60_000 })).toMatch(/all 40 agents.* after 60 ms$/)
  expect(say({ kind: 'ended', job: 'request', tookUs: 40_000 })).toMatch(/has its answer after 40 ms$/)
  expect(say({ kind: 'unfinished', job: 'report', count: 3 })).toMatch(/gives up on the report/)
  expect(say({ kind: 'heard' })).toBeUndefined()
})
