import type { CaptionWriters } from '../caption.ts'
import { errandCaption } from './errand.ts'
import { gossipCaption } from './gossip.ts'
import { phiCaption, swimCaption } from './membership.ts'
import { pipelineCaption } from './pipeline.ts'
import { rpcCaption } from './rpc.ts'
import { spaceCaption } from './space.ts'
import { surveyCaption } from './survey.ts'

/** By program: what its marks say on the caption line. Their kinds are headlines: see HEADLINE_KINDS in state/. */
export const CAPTIONS: CaptionWriters = {
  gossip: gossipCaption,
  survey: surveyCaption,
  errand: errandCaption,
  swim: swimCaption,
  phi: phiCaption,
  rpc: rpcCaption,
  pipeline: pipelineCaption,
  space: spaceCaption,
}
