import { expect, it } from 'vitest'
import type { MarkBody } from '../../../engine/agents/Program.ts'
import { agentId, millis } from '../../../engine/kernel/units.ts'
import { namesFor } from '../../state/names.ts'
import { pipelineCaption } from './pipeline.ts'
import { rpcCaption } from './rpc.ts'

const mark = (program: string, body: MarkBody) => ({
  ...{ key: { time: millis(1), dst: agentId(7), src: agentId(7), seq: 1 }, index: 0, agent: agentId(7) },
  ...{ program, body },
})
const names = namesFor(null, null)

it.each<[MarkBody, string | undefined]>([
  [
    { kind: 'tripped', server: 0, failures: 5, calls: 10 },
    'agent 7 stops asking agent 0: 5 of its last 10 calls failed',
  ],
  [{ kind: 'half-open', server: 1, failures: 5, calls: 10 }, 'agent 7 tries agent 1 again'],
  [{ kind: 'closed', server: 1, failures: 0, calls: 0 }, 'agent 7 trusts agent 1 again'],
  [{ kind: 'rejected' }, 'agent 7 has no server left to ask'],
  [{ kind: 'judged', server: 1, failures: 0, calls: 10, tripped: false }, undefined],
])('a caller’s breaker: %j', (body, words) => expect(rpcCaption(mark('rpc', body), names)?.[0]).toBe(words))

it.each<[MarkBody, string | undefined]>([
  [{ kind: 'throughput', items: 60, last: 20, tookUs: 1_400_000 }, '60 items are done, the last 20 in 1.4 s'],
  [{ kind: 'reclaimed', items: 1 }, 'agent 7 begins a lost item again'],
  [{ kind: 'reclaimed', items: 3 }, 'agent 7 begins 3 lost items again'],
])('a pipeline: %j', (body, words) => expect(pipelineCaption(mark('pipeline', body), names)?.[0]).toBe(words))
