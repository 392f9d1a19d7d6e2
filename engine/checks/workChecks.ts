import { AIMD } from './aimdInvariants.ts'
import { AUCTION } from './auctionInvariants.ts'
import { countsProgress } from './countsProgress.ts'
import { DATAFLOW } from './dataflowInvariants.ts'
import type { Invariant } from './Invariant.ts'
import { SEALED_BID } from './sealedBidInvariants.ts'

/** What watches auctions, sales, graphs of tasks and flows; and what is told of tasks as counts only. */
export const WORK: readonly Invariant[] = [...AUCTION, ...SEALED_BID, ...DATAFLOW, ...AIMD, countsProgress]
