import { describe, expect, it } from 'vitest'
import { INVARIANTS } from '../checks/Checks.ts'
import { RAFT_BUGS as BUGS } from '../consensus/raftBugs.ts'
import { CLIENT_DEFAULTS, RAFT_DEFAULTS } from '../consensus/raftParams.ts'
import { PROGRAM_DEFAULTS } from './defaults.ts'
import { CHECK_NAMES } from './implied.ts'
import { RAFT_BUGS } from './names.ts'

describe('names and defaults that other rooms own', () => {
  it('bugs are those of consensus/raftBugs.ts', () => {
    expect([...RAFT_BUGS]).toEqual(BUGS.map(({ name }) => name))
  })
  it('checks are those of checks/Checks.ts', () => {
    expect([...CHECK_NAMES].sort()).toEqual([...INVARIANTS.keys()].sort())
  })
  it('parameters left out mean what the programs say', () => {
    expect(PROGRAM_DEFAULTS.raft.params).toEqual(RAFT_DEFAULTS)
    expect(PROGRAM_DEFAULTS.client.params).toEqual(CLIENT_DEFAULTS)
  })
})
