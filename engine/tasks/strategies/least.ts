import type { Effects } from '../../agents/Program.ts'
import type { Distributor } from '../distributor/distributorState.ts'
import { leastPlace } from '../distributor/LoadTree.ts'
import type { TaskMsg } from '../messages.ts'

/** What strategies draw for; see worker.ts for the others'. */
export const STRATEGY_DRAW = { tie: 1, sample: 2 } as const

/** The open worker with the least load, equals by draw: what most strategies come down to. */
export const chooseLeast = (d: Distributor, row: number, out: Effects<TaskMsg>): number =>
  leastPlace(d.trees[d.table.needs[row]!]!, out.draw(STRATEGY_DRAW.tie))
