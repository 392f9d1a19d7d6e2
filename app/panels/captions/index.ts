import type { CaptionWriters } from '../caption.ts'
import { auctionCaption, sealedBidCaption } from './auction.ts'
import { clusterCaption } from './cluster.ts'
import { distributorCaption } from './distributor.ts'
import { errandCaption } from './errand.ts'
import { gossipCaption } from './gossip.ts'
import { dataflowCaption, listCaption, stealingCaption } from './graphWork.ts'
import { phiCaption, swimCaption } from './membership.ts'
import { pipelineCaption } from './pipeline.ts'
import { aimdCaption, allocatorCaption } from './resources.ts'
import { rpcCaption } from './rpc.ts'
import { spaceCaption } from './space.ts'
import { surveyCaption } from './survey.ts'
import { workerCaption } from './worker.ts'

/** By program: what its marks say on the caption line. Their kinds are headlines: see HEADLINE_KINDS in state/. */
export const CAPTIONS: CaptionWriters = {
  gossip: gossipCaption,
  survey: surveyCaption,
  errand: errandCaption,
  swim: swimCaption,
  phi: phiCaption,
  cluster: clusterCaption,
  rpc: rpcCaption,
  pipeline: pipelineCaption,
  auction: auctionCaption,
  'sealed-bid': sealedBidCaption,
  allocator: allocatorCaption,
  aimd: aimdCaption,
  stealing: stealingCaption,
  list: listCaption,
  dataflow: dataflowCaption,
  distributor: distributorCaption,
  worker: workerCaption,
  space: spaceCaption,
}
