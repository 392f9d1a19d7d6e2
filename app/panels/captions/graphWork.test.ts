import { expect, it } from 'vitest'
import type { MarkBody } from '../../../engine/agents/Program.ts'
import { agentId, millis } from '../../../engine/kernel/units.ts'
import { namesFor } from '../../state/names.ts'
import { dataflowCaption, listCaption, stealingCaption } from './graphWork.ts'

const mark = (program: string, body: MarkBody) => ({
  ...{ key: { time: millis(1), dst: agentId(7), src: agentId(7), seq: 1 }, index: 0, agent: agentId(7) },
  ...{ program, body },
})
const names = namesFor(null, null)

it.each<[MarkBody, string | undefined]>([
  [{ kind: 'began', n: 22, attempt: 0 }, 'agent 7 begins to compute fib(22)'],
  [{ kind: 'began', n: 22, attempt: 1 }, 'agent 7 begins to compute fib(22) anew'],
  [{ kind: 'stolen', tasks: 1, from: 2 }, 'agent 7 takes a piece of work from agent 2'],
  [{ kind: 'stolen', tasks: 3, from: 2 }, 'agent 7 takes 3 pieces of work from agent 2'],
  [
    { kind: 'reclaimed', tasks: 1, from: 2 },
    'agent 7 begins again what agent 2 had taken: nothing has been heard of it',
  ],
  [{ kind: 'orphaned', call: 5, from: 2 }, 'agent 7 has a result that agent 2 does not take'],
  [{ kind: 'finished', n: 22, value: 17_711, nodes: 1, tookUs: 5_400_000 }, 'fib(22) is 17711, after 5.4 s'],
  [{ kind: 'tally', worked: 1 }, undefined],
])('work stealing: %j', (body, words) => expect(stealingCaption(mark('stealing', body), names)?.[0]).toBe(words))

it.each<[MarkBody, string | undefined]>([
  [{ kind: 'reclaimed', tasks: 1, from: 2 }, 'agent 7 gives the job of agent 2 to another machine'],
  [{ kind: 'finished', round: 1, jobs: 57, tookUs: 1_500_000 }, 'All 57 jobs are done, after 1.5 s'],
  [{ kind: 'assigned', task: 1, to: 2 }, undefined],
])('a list of jobs: %j', (body, words) => expect(listCaption(mark('list', body), names)?.[0]).toBe(words))

it.each<[MarkBody, string | undefined]>([
  [{ kind: 'began', graph: 3, steps: 320 }, 'Graph 3 begins: 320 tasks'],
  [{ kind: 'ended', graph: 3, steps: 320, tookUs: 450_000 }, 'Graph 3 is done, after 450 ms'],
  [{ kind: 'unfinished', graph: 3 }, 'Graph 3 is given up: somebody’s results are missing'],
  [{ kind: 'worked', task: 3 }, undefined],
])('dataflow: %j', (body, words) => expect(dataflowCaption(mark('dataflow', body), names)?.[0]).toBe(words))
