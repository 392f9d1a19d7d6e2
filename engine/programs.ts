import type { Program } from './agents/Program.ts'
import { knowInvariants } from './checks/Checks.ts'
import { MEMBERSHIP } from './checks/membershipInvariants.ts'
import { SPACE } from './checks/spaceInvariants.ts'
import { errand } from './collective/errand.ts'
import { gossip } from './collective/gossip.ts'
import { survey } from './collective/survey.ts'
import { treeSync } from './collective/treeSync.ts'
import { client } from './consensus/client.ts'
import { raft } from './consensus/raft.ts'
import { ringElection } from './consensus/ringElection.ts'
import { phi } from './membership/phi.ts'
import { swim } from './membership/swim.ts'
import { bus } from './net/bus.ts'
import { pipeline } from './net/pipeline.ts'
import { rpc } from './net/rpc.ts'
import { knowPrograms } from './programRegistry.ts'
import './scenario/chaos.ts'

/** Every program an agent can run, by kind: importing this file makes them and their checks known to the thread. */
export const PROGRAMS: readonly Program[] = [
  raft,
  client,
  ringElection,
  treeSync,
  bus,
  rpc,
  pipeline,
  survey,
  gossip,
  errand,
  swim,
  phi,
]
knowPrograms(PROGRAMS)
knowInvariants([...MEMBERSHIP, ...SPACE])
