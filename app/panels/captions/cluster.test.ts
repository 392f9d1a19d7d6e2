import { expect, it } from 'vitest'
import { agentId, millis } from '../../../engine/kernel/units.ts'
import { namesFor } from '../../state/names.ts'
import { clusterCaption } from './cluster.ts'

const mark = (body: { kind: string; [field: string]: number | string }) => ({
  ...{ key: { time: millis(1), dst: agentId(0), src: agentId(0), seq: 1 }, index: 0, agent: agentId(0) },
  ...{ program: 'cluster', body },
})

it('says which job begins again, and nothing of what goes well', () => {
  const words = clusterCaption(mark({ kind: 'broken', job: 17, attempt: 20, nodes: 32 }), namesFor(null, null))
  expect(words?.[0]).toBe('Job 17 has lost one of its 32 nodes and begins again')
  expect(clusterCaption(mark({ kind: 'report', waiting: 3 }), namesFor(null, null))).toBeNull()
})
