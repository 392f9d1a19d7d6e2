import { expect, it } from 'vitest'
import type { MarkBody } from '../../../engine/agents/Program.ts'
import { agentId, millis } from '../../../engine/kernel/units.ts'
import { namesFor } from '../../state/names.ts'
import { aimdCaption, allocatorCaption } from './resources.ts'

const mark = (program: string, body: MarkBody) => ({
  ...{ key: { time: millis(1), dst: agentId(0), src: agentId(0), seq: 1 }, index: 0, agent: agentId(0) },
  ...{ program, body },
})
const names = namesFor(null, null)

it.each<[MarkBody, string | undefined]>([
  [{ kind: 'shared-by', policy: 'drf', capacities: [9, 18] }, 'agent 0 shares out by dominant shares'],
  [{ kind: 'shared-by', policy: 'first-come', capacities: [9] }, 'agent 0 shares out first come, first served'],
  [{ kind: 'refused', to: 3, demand: [99] }, 'agent 0 turns agent 3 down: a task of that size never fits'],
  [{ kind: 'taken-back', from: 2, tasks: 1 }, 'agent 0 asks agent 2 for one task back'],
  [{ kind: 'expired', of: 1, tasks: 3 }, 'The lease of agent 1 has run out: 3 tasks free again'],
  [{ kind: 'lapsed', tasks: 2 }, 'agent 0 has not heard of the owner and lets go of 2 tasks'],
  [{ kind: 'alarm', what: 'saturation', value: 0.9 }, 'agent 0 raises the alarm: too much waits'],
  [{ kind: 'clear', what: 'saturation', value: 0.2 }, 'agent 0 takes its alarm back'],
  [{ kind: 'holding', tasks: 2, uses: [6, 2], done: 4 }, undefined],
])('who shares and holds: %j', (body, words) =>
  expect(allocatorCaption(mark('allocator', body), names)?.[0]).toBe(words),
)

it('a long queue is news, a slower flow is not', () => {
  const congested = aimdCaption(mark('aimd', { kind: 'congested', event: 4, waiting: 6 }), names)
  expect(congested?.[0]).toBe('agent 0 says that its queue is long: 6 wait')
  expect(aimdCaption(mark('aimd', { kind: 'cut', event: 4, from: 20, to: 10 }), names)).toBeNull()
})
