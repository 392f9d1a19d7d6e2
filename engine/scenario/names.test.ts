import { describe, expect, it } from 'vitest'
import { INVARIANTS } from '../checks/Checks.ts'
import { RAFT_BUGS as BUGS } from '../consensus/raftBugs.ts'
import { SURVEY_DEFAULTS } from '../collective/surveyMessages.ts'
import { TREE_DEFAULTS } from '../collective/treeSync.ts'
import { PHI_DEFAULTS } from '../membership/phiState.ts'
import { SWIM_DEFAULTS } from '../membership/swimState.ts'
import { CLIENT_DEFAULTS, RAFT_DEFAULTS } from '../consensus/raftParams.ts'
import { raft } from '../consensus/raft.ts'
import { client } from '../consensus/client.ts'
import { REGIONS } from '../net/regions.ts'
import { DISCIPLINES } from '../resources/PriorityScheduler.ts'
import { DISTRIBUTOR_DEFAULTS } from '../tasks/distributor/distributorState.ts'
import { STRATEGIES } from '../tasks/messages.ts'
import { ALL_STRATEGIES } from '../tasks/strategies/all.ts'
import { WORKER_DEFAULTS } from '../tasks/worker/workerState.ts'
import { PROGRAM_DEFAULTS } from './defaults.ts'
import { CHECK_NAMES } from './implied.ts'
import { DISCIPLINE_NAMES, MESSAGE_KINDS, RAFT_BUGS, REGION_NAMES, STRATEGY_NAMES } from './names.ts'

describe('names and defaults that other rooms own', () => {
  it('bugs are those of consensus/raftBugs.ts', () => {
    expect([...RAFT_BUGS]).toEqual(BUGS.map(({ name }) => name))
  })
  it('regions are those of the measured matrix', () => {
    expect([...REGION_NAMES]).toEqual([...REGIONS])
  })
  it('strategies and disciplines are those of tasks/ and resources/', () => {
    expect([...STRATEGY_NAMES]).toEqual([...STRATEGIES])
    expect(ALL_STRATEGIES.map(({ word }) => word).sort()).toEqual([...STRATEGIES].sort())
    expect([...DISCIPLINE_NAMES]).toEqual([...DISCIPLINES])
  })
  it('message kinds are those of the programs', () => {
    for (const program of [raft, client]) expect(MESSAGE_KINDS[program.kind]).toEqual(program.messageKinds)
  })
  it('checks are those of checks/Checks.ts', () => {
    expect([...CHECK_NAMES].sort()).toEqual([...INVARIANTS.keys()].sort())
  })
  it('parameters left out mean what the programs say', () => {
    expect(PROGRAM_DEFAULTS['tree-sync'].params).toEqual(TREE_DEFAULTS)
    expect(PROGRAM_DEFAULTS.survey.params).toEqual(SURVEY_DEFAULTS)
    expect(PROGRAM_DEFAULTS.raft.params).toEqual(RAFT_DEFAULTS)
    expect(PROGRAM_DEFAULTS.swim.params).toEqual(SWIM_DEFAULTS)
    expect(PROGRAM_DEFAULTS.phi.params).toEqual(PHI_DEFAULTS)
    expect(PROGRAM_DEFAULTS.distributor.params).toEqual(DISTRIBUTOR_DEFAULTS)
    expect(PROGRAM_DEFAULTS.worker.params).toEqual(WORKER_DEFAULTS)
    expect(PROGRAM_DEFAULTS.client.params).toEqual(CLIENT_DEFAULTS)
  })
})
