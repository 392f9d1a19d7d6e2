import type { AgentView, BootContext, Input, Program } from '../agents/Program.ts'
import type { AgentId } from '../kernel/units.ts'
import {
  ask,
  begin,
  newHolder,
  onArrival,
  onEnd,
  onGrant,
  onLapse,
  takeOn,
  wantedOf,
  watch,
  type Holder,
} from './allocatorHolder.ts'
import { expire, freeOf, newLedger, onAsk, report, shareOut, tellRules } from './allocatorLedger.ts'
import {
  ALLOCATOR_DEFAULTS,
  firstOfLife,
  kindOf,
  messages,
  ofUser,
  type AllocatorMsg,
  type AllocatorParams,
  type Ledger,
  type Out,
} from './allocatorMessages.ts'
import { dominantShare } from './fairShare.ts'

/**
 * One agent owns resources of several kinds; the others ask it for bundles by message, and it grants them task by task
 * by a policy that can be changed while it runs. What is granted is leased: a holder that falls silent loses it, and
 * stops using it before the allocator gives it to somebody else (Gray and Cheriton, SOSP 1989).
 */
export interface ResourceAllocator {
  readonly self: AgentId
  params: AllocatorParams
  /** The allocator's; null at a user. */
  readonly ledger: Ledger | null
  /** A user's; null at the allocator. */
  readonly holder: Holder | null
}

/** Indices into ROLES of frame/. */
const ROLE = { idle: 0, owner: 7, busy: 8, blocked: 11 } as const

export const allocator: Program<ResourceAllocator, AllocatorMsg, Partial<AllocatorParams>> = {
  kind: 'allocator',
  messages,
  messageKinds: ['ask', 'return', 'grant'],
  kindOf,
  boot,
  step,
  view,
}

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<AllocatorParams>>): ResourceAllocator {
  const params = { ...ALLOCATOR_DEFAULTS, ...ctx.params }
  const owner = ctx.members[0]!
  const first = firstOfLife(ctx.incarnation)
  if (self === owner) return { self, params, ledger: newLedger(first), holder: null }
  return { self, params, ledger: null, holder: newHolder(owner, ctx.members.indexOf(self) - 1, first) }
}

function step({ params, ledger, holder }: ResourceAllocator, input: Input<AllocatorMsg>, out: Out): void {
  if (ledger !== null) return allocate(ledger, params, input, out)
  if (holder !== null) use(holder, params, input, out)
}

function allocate(ledger: Ledger, params: AllocatorParams, input: Input<AllocatorMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      // Of an earlier life it knows nothing, but that all leases of it have ended by then.
      if (ledger.nextGrant > 1) ledger.quietUntilUs = out.localUs + params.leaseUs
      tellRules(ledger, params, out)
      return rounds(params, out)
    case 'message':
      if (input.msg.type === 'ask') onAsk(ledger, params, input.from, input.msg, out)
      if (params.roundUs === 0) shareOut(ledger, params, out)
      return
    case 'timer':
      tellRules(ledger, params, out)
      if (input.name === 'report') {
        if (params.reportEveryUs > 0) report(ledger, params, out)
        return out.setTimer('report', reportUs(params))
      }
      expire(ledger, out)
      shareOut(ledger, params, out)
      return out.setTimer('round', roundUs(params))
    default:
      return // nothing here is durable, and users are known by what they ask
  }
}

const roundUs = ({ roundUs, leaseUs }: AllocatorParams): number =>
  roundUs > 0 ? roundUs : Math.max(1, Math.floor(leaseUs / 8))
/** Looked at again after a second: it may be set during the run. */
const reportUs = ({ reportEveryUs }: AllocatorParams): number => (reportEveryUs > 0 ? reportEveryUs : 1_000_000)

function rounds(params: AllocatorParams, out: Out): void {
  out.setTimer('round', roundUs(params))
  out.setTimer('report', reportUs(params))
}

function use(holder: Holder, params: AllocatorParams, input: Input<AllocatorMsg>, out: Out): void {
  if (input.type === 'start') return begin(holder, params, out)
  // Who was paused may find its timers late: before anything else it lets go of what is not its own any more.
  if (holder.untilUs > 0 && out.localUs >= holder.untilUs) onLapse(holder, params, out)
  if (input.type === 'message' && input.msg.type === 'grant') return onGrant(holder, params, input.msg, out)
  if (input.type === 'clientOp') return takeOn(holder, params, out)
  if (input.type !== 'timer') return
  switch (input.name) {
    case 'ask':
      watch(holder, params, out)
      return ask(holder, params, out)
    case 'arrive':
      return onArrival(holder, params, out)
    case 'end':
      return onEnd(holder, params, out)
  }
}

/** A user stands as high as its dominant share, the allocator as high as the resource that is nearest to its end. */
function view({ params, ledger, holder }: ResourceAllocator, view: AgentView): void {
  const { capacities } = params
  if (ledger !== null) {
    const free = freeOf(ledger, capacities)
    const used = capacities.map((amount, r) => amount - free[r]!)
    view.role = ROLE.owner
    view.load = Math.max(0, Math.min(1, dominantShare(used, capacities)))
    view.commitIndex = view.lastIndex = ledger.sharers.reduce((sum, { grants }) => sum + grants.length, 0)
    view.follows = -1
    return
  }
  if (holder === null) return
  const demand = ofUser(params.demands, holder.place, [])
  const share = dominantShare(demand, capacities) * holder.held.length
  view.role = holder.held.length > 0 ? ROLE.busy : wantedOf(holder, params) > 0 ? ROLE.blocked : ROLE.idle
  view.load = Math.max(0, Math.min(1, share))
  view.commitIndex = holder.held.length
  view.lastIndex = holder.held.length + holder.backlog
  view.durableIndex = holder.done
  view.follows = holder.allocator
}
