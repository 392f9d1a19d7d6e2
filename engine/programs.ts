import type { Program } from './agents/Program.ts'
import { knowInvariants } from './checks/Checks.ts'
import { MEMBERSHIP } from './checks/membershipInvariants.ts'
import { RESOURCES } from './checks/resourceInvariants.ts'
import { SPACE } from './checks/spaceInvariants.ts'
import { STEALING } from './checks/stealingInvariants.ts'
import { TASKS } from './checks/taskChecks.ts'
import { WORK } from './checks/workChecks.ts'
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
import { assignmentAuction } from './tasks/auctions/assignmentAuction.ts'
import { sealedBid } from './tasks/auctions/sealedBid.ts'
import { distributor } from './tasks/distributor/TaskDistributor.ts'
import { worker } from './tasks/worker/worker.ts'
import { rpc } from './net/rpc.ts'
import { knowPrograms } from './programRegistry.ts'
import { aimd } from './resources/aimd.ts'
import { allocator } from './resources/ResourceAllocator.ts'
import { cluster } from './tasks/jobs/cluster.ts'
import { dataflow } from './tasks/scheduling/dataflow.ts'
import { listScheduling } from './tasks/scheduling/listScheduling.ts'
import { workStealing } from './tasks/stealing/workStealing.ts'
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
  assignmentAuction,
  sealedBid,
  allocator,
  aimd,
  survey,
  gossip,
  errand,
  swim,
  phi,
  workStealing,
  listScheduling,
  dataflow,
  cluster,
  distributor,
  worker,
]
knowPrograms(PROGRAMS)
knowInvariants([...MEMBERSHIP, ...RESOURCES, ...SPACE, ...TASKS, ...STEALING, ...WORK])
