import type { Mark } from '../agents/Program.ts'
import type { Invariant } from './Invariant.ts'

/** After such a mark the kernel moves nothing any more; a measurement says that all was well up to it. */
const judged = (mark: Mark, kind: string, sentence: (body: Mark['body']) => string) =>
  mark.body.kind === kind ? sentence(mark.body) : true

/** `agent 7’s position`, or `cell 12 of field` where it is nobody's. */
const whose = ({ agent, cell, column }: Mark['body']): string =>
  Number(agent) >= 0 ? `the ${String(column)} of agent ${String(agent)}` : `cell ${String(cell)} of ${String(column)}`

/** NaN spreads through every sum: a run that has one shows nothing from there on. */
export const finiteState: Invariant<null> = {
  name: 'finite-state',
  title: 'Every figure of the bodies and fields is a finite number',
  on: { space: ['measure', 'not a number'] },
  init: () => null,
  onMark: (_state, mark) =>
    judged(
      mark,
      'not a number',
      (body) => `${whose(body)} is ${String(body['value'])} at step ${String(body['tick'])}: the run stops there`,
    ),
}

export const insideTheWorld: Invariant<null> = {
  name: 'inside-the-world',
  title: 'Every body stays inside the world',
  on: { space: ['measure', 'outside'] },
  init: () => null,
  onMark: (_state, mark) =>
    judged(mark, 'outside', ({ agent, tick, value }) => {
      const where = `at step ${String(tick)}, with a coordinate of ${String(value)}`
      return `agent ${String(agent)} has left the world ${where}: the run stops there`
    }),
}

export const SPACE: readonly Invariant[] = [finiteState, insideTheWorld]
