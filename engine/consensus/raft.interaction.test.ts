import { describe, expect, it } from 'vitest'
import { trace } from './testing/script.ts'

/** Scripts with golden output, in the manner of etcd's interaction tests. */
const SCRIPTS: readonly (readonly [file: string, script: string, servers?: number, params?: object])[] = [
  ['campaign', 'elect 1; settle; logs'],
  ['leaderCrash', 'elect 2; propose leader x 7; settle; crash leader; settle; restart 2; settle; logs'],
  [
    'logConflict',
    'elect 0; settle; partition 0; propose 0 x 1; propose 0 x 2; elect 1; propose 1 y 3; logs; heal; settle; logs',
  ],
  ['minority', 'elect 0; settle; partition 0,1; propose 0 x 1; run 400; logs; heal; settle; logs', 5],
  ['preVoteRejoin', 'elect 0; settle; partition 2; run 2000; heal; run 300; logs', 3, { preVote: true }],
  ['inflatedTermRejoin', 'elect 0; settle; partition 2; run 1000; heal; settle; logs', 3],
  ['checkQuorum', 'elect 0; settle; cut 1 0; cut 2 0; run 900; logs', 3, { preVote: true, checkQuorum: true }],
  ['singleServer', 'settle; propose 0 x 1; settle; crash 0; restart 0; settle; logs', 1],
  ['evenCluster', 'elect 0; settle; crash 3; propose 0 x 1; settle; crash 2; propose 0 x 2; run 100; logs', 4],
]

describe('golden traces', () => {
  for (const [file, script, servers, params] of SCRIPTS)
    it(`${file}: ${script}`, async () => {
      await expect(trace(script, servers, params)).toMatchFileSnapshot(`testdata/${file}.txt`)
    })
})
