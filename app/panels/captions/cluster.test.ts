import { expect, it } from 'vitest'
import { agentId, millis } from '../../../engine/kernel/units.ts'
import { namesFor } from '../../state/names.ts'
import { clusterCaption } from './cluster.ts'

const mark = (body: { kind: string; [field: string]: number | string }) => ({
  ...{ key: { time: millis(1), dst: agentId(0), src: agentId(0), seq: 1 }, index: 0, agent: agentId(0) },
  ...{ program: 'cluster', body },
})

it('says which job waits for more nodes than there are', () => {
  const say = (left: number) =>
    clusterCaption(mark({ kind: 'short', job: 12, wants: 128, left }), namesFor(null, null))?.[0]
  expect(say(127)).toBe('Job 12 waits for 128 nodes and only 127 are left')
  expect(say(1)).toBe('Job 12 waits for 128 nodes and only 1 is left')
})

it('says how many jobs were given up', () => {
  const say = (jobs: number) => clusterCaption(mark({ kind: 'given-up', jobs, left: 127 }), namesFor(null, null))?.[0]
  expect(say(1)).toBe('A job asks for more than the 127 nodes left: given up')
  expect(say(3)).toBe('3 jobs ask for more than the 127 nodes left: given up')
})

it('says which job begins again, and nothing of what goes well', () => {
  const words = clusterCaption(mark({ kind: 'broken', job: 17, attempt: 20, nodes: 32 }), namesFor(null, null))
  expect(words?.[0]).toBe('Job 17 has lost one of its 32 nodes and begins again')
  expect(clusterCaption(mark({ kind: 'report', waiting: 3 }), namesFor(null, null))).toBeNull()
})
