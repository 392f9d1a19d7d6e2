import type { Mark } from '../agents/Program.ts'
import type { Invariant } from './Invariant.ts'

interface InUse {
  /** The most that there was of each resource so far: a lower capacity is reached as tasks end. */
  capacities: number[]
  /** By agent, what it says that it uses. */
  uses: { [agent: number]: readonly number[] }
  /** Leases hold while clocks run evenly; when one was set, nothing follows any more. */
  clocksSet: boolean
}

/** Gray and Cheriton (SOSP 1989): whoever holds a lease stops before the one who gave it counts it as ended. */
export const withinCapacity: Invariant<InUse> = {
  name: 'within-capacity',
  title: 'All users together never use more of a resource than there is',
  on: {
    allocator: ['holding', 'shared-by'],
    host: ['crashed', 'restarted', 'left', 'paused', 'clock set'],
  },
  init: () => ({ capacities: [], uses: {}, clocksSet: false }),
  onMark(state, mark) {
    if (mark.program === 'host') return host(state, mark)
    if (mark.body.kind === 'shared-by') {
      const now = mark.body['capacities'] as readonly number[]
      state.capacities = now.map((amount, r) => Math.max(amount, state.capacities[r] ?? 0))
      return false
    }
    state.uses[mark.agent] = mark.body['uses'] as readonly number[]
    if (state.clocksSet) return false
    const sums = state.capacities.map((_, r) => Object.values(state.uses).reduce((sum, one) => sum + (one[r] ?? 0), 0))
    const over = sums.findIndex((sum, r) => sum > state.capacities[r]!)
    return over === -1 || `${sums[over]} of resource ${over} are in use, and there are ${state.capacities[over]!}`
  },
}

/** Who is down or stands still uses nothing; what it does afterwards it tells anew. Mutates `state`. */
function host(state: InUse, { agent, body }: Mark): false {
  if (body.kind === 'clock set') state.clocksSet = true
  else delete state.uses[agent]
  return false
}

export const RESOURCES: readonly Invariant[] = [withinCapacity]
