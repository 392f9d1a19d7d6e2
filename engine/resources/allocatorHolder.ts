import { log } from '../kernel/math.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import {
  LEASE_MARGIN,
  ofUser,
  type AllocatorMsg,
  type AllocatorParams,
  type Grant,
  type Out,
} from './allocatorMessages.ts'
import {
  judge,
  MONITOR_DEFAULTS,
  newMonitor,
  note,
  type MonitorParams,
  type ResourceMonitor,
} from './ResourceMonitor.ts'

interface Held extends Grant {
  /** Local µs; 0 = no end. */
  readonly endsUs: number
}

/** A user's side: it asks for what it wants, holds what it is granted for as long as it may, and gives it back. */
export interface Holder {
  readonly allocator: AgentId
  /** Its place among the users. */
  readonly place: number
  /** Tasks without a grant: those that came, or as many as are missing where it wants a fixed number. */
  backlog: number
  /** Tasks in work, each with its grant. */
  held: Held[]
  /** Grants given back, of which the allocator may not know yet. */
  returned: U32[]
  session: U32
  number: U32
  /** Asks that have no answer yet, oldest first, and until when an answer makes the lease last, local µs. */
  sent: { readonly number: U32; readonly untilUs: number }[]
  /** Newest answer, and the greatest grant it ever had. */
  version: U32
  newest: U32
  /** End of the lease, local µs; 0 = there is none. */
  untilUs: number
  refused: boolean
  done: U32
  monitor: ResourceMonitor
}

const DRAW = { hold: 1, gap: 2 } as const
/** Asks without an answer of which the times are kept; an answer to an older one renews nothing. */
const SENT_MAX = 64
/** What "as many as it can get" asks for. */
const MANY = 1_000_000

export const newHolder = (allocator: AgentId, place: number, firstSession: U32): Holder => ({
  ...{ allocator, place, backlog: 0, held: [], returned: [], session: firstSession, number: 0, sent: [], version: 0 },
  ...{ newest: 0, untilUs: 0, refused: false, done: 0, monitor: newMonitor(0) },
})

const rateOf = (holder: Holder, { perSecond }: AllocatorParams): number => ofUser(perSecond, holder.place, 0)
const demandOf = (holder: Holder, { demands }: AllocatorParams): readonly number[] => ofUser(demands, holder.place, [])
const monitorParams = ({ alarmAt, clearAt }: AllocatorParams): MonitorParams => ({
  ...MONITOR_DEFAULTS,
  alarmAt,
  clearAt,
})

/** Tasks wanted at one time, those in work included. */
export function wantedOf(holder: Holder, params: AllocatorParams): number {
  if (rateOf(holder, params) > 0) return holder.held.length + holder.backlog
  const tasks = ofUser(params.tasks, holder.place, 0)
  return tasks === 0 ? MANY : tasks
}

/** Of a fixed number of tasks those without a grant; of as many as it can get, none. */
function missing({ held, place }: Holder, { tasks }: AllocatorParams): number {
  return Math.max(0, ofUser(tasks, place, 0) - held.length)
}

export function begin(holder: Holder, params: AllocatorParams, out: Out): void {
  holder.monitor = newMonitor(out.localUs)
  if (rateOf(holder, params) === 0) holder.backlog = missing(holder, params)
  nextArrival(holder, params, out)
  ask(holder, params, out)
}

/** Says how things stand. Mutates `holder`. */
export function ask(holder: Holder, params: AllocatorParams, out: Out): void {
  const { session, returned, monitor } = holder
  const number = ++holder.number
  holder.sent.push({ number, untilUs: out.localUs + Math.floor(params.leaseUs * (1 - LEASE_MARGIN)) })
  if (holder.sent.length > SENT_MAX) holder.sent.shift()
  out.send(holder.allocator, {
    ...{ type: 'ask', session, number, wanted: wantedOf(holder, params), demand: demandOf(holder, params) },
    ...{ weight: ofUser(params.weights, holder.place, 1), leaseUs: params.leaseUs, alarmed: monitor.alarmed },
    returned: [...returned],
  })
  out.setTimer('ask', params.askEveryUs)
}

/** Exp(meanUs), at least 1 µs. */
const exponential = (meanUs: number, out: Out, purpose: U32): number =>
  Math.max(1, Math.round(-meanUs * log((out.draw(purpose) + 1) / 4_294_967_296)))

function nextArrival(holder: Holder, params: AllocatorParams, out: Out): void {
  const rate = rateOf(holder, params)
  // Looked at again after a second: the rate may be set during the run.
  out.setTimer('arrive', rate > 0 ? exponential(1_000_000 / rate, out, DRAW.gap) : 1_000_000)
}

export function onArrival(holder: Holder, params: AllocatorParams, out: Out): void {
  if (rateOf(holder, params) > 0) takeOn(holder, params, out)
  watch(holder, params, out)
  nextArrival(holder, params, out)
}

/** One more task; where it wants a fixed number anyway, it only asks again. */
export function takeOn(holder: Holder, params: AllocatorParams, out: Out): void {
  if (rateOf(holder, params) > 0) holder.backlog++
  ask(holder, params, out)
}

/** The allocator's word: what it does not list is lost, what it lists for the first time begins. */
export function onGrant(
  holder: Holder,
  params: AllocatorParams,
  msg: Extract<AllocatorMsg, { type: 'grant' }>,
  out: Out,
): void {
  if (msg.session !== holder.session || msg.version <= holder.version) return
  holder.version = msg.version
  renew(holder, msg.number, out)
  if (out.localUs >= holder.untilUs) return // an answer older than the lease it would renew; the next one says it again
  holder.refused = msg.refused
  const before = holder.held.length
  const listed = msg.granted.map(({ id }) => id)
  holder.held = holder.held.filter(({ id }) => listed.includes(id))
  const lost = before - holder.held.length
  if (lost > 0) out.mark({ kind: 'lost', tasks: lost })
  holder.returned = holder.returned.filter((id) => listed.includes(id))
  let begun = 0
  for (const grant of msg.granted) {
    if (grant.id <= holder.newest) continue
    holder.newest = grant.id
    begun++
    work(holder, params, grant, out)
  }
  holder.backlog = Math.max(0, holder.backlog + lost - begun)
  const taken = giveBack(holder, msg.back)
  if (lost + begun + taken > 0) changed(holder, params, out)
  if (taken > 0) ask(holder, params, out)
}

/** The lease counts from when the answered ask was sent, which is before the allocator heard it. */
function renew(holder: Holder, number: U32, out: Out): void {
  const sent = holder.sent.find((one) => one.number === number)
  holder.sent = holder.sent.filter((one) => one.number >= number)
  if (sent === undefined) return
  holder.untilUs = Math.max(holder.untilUs, sent.untilUs)
  if (holder.untilUs > out.localUs) out.setTimer('lapse', holder.untilUs - out.localUs)
}

function work(holder: Holder, { holdUs, hold }: AllocatorParams, { id, bundle }: Grant, out: Out): void {
  const tookUs = hold === 'constant' ? holdUs : exponential(holdUs, out, DRAW.hold)
  holder.held.push({ id, bundle, endsUs: holdUs === 0 ? 0 : out.localUs + Math.max(1, tookUs) })
}

function giveBack(holder: Holder, back: readonly U32[]): number {
  const taken = holder.held.filter(({ id }) => back.includes(id))
  holder.held = holder.held.filter(({ id }) => !back.includes(id))
  holder.returned.push(...taken.map(({ id }) => id))
  holder.backlog += taken.length
  return taken.length
}

/** Tasks that have ended give their grants back. */
export function onEnd(holder: Holder, params: AllocatorParams, out: Out): void {
  const over = holder.held.filter(({ endsUs }) => endsUs > 0 && endsUs <= out.localUs)
  holder.held = holder.held.filter(({ endsUs }) => endsUs === 0 || endsUs > out.localUs)
  holder.returned.push(...over.map(({ id }) => id))
  holder.done += over.length
  changed(holder, params, out)
  if (over.length > 0) ask(holder, params, out)
}

/** The allocator was not heard of: all that it granted may be somebody else's now. */
export function onLapse(holder: Holder, params: AllocatorParams, out: Out): void {
  if (holder.held.length > 0) out.mark({ kind: 'lapsed', tasks: holder.held.length })
  holder.backlog += holder.held.length
  Object.assign(holder, { held: [], returned: [], sent: [], number: 0, untilUs: 0 })
  holder.session++
  changed(holder, params, out)
  ask(holder, params, out)
}

function changed(holder: Holder, params: AllocatorParams, out: Out): void {
  const { held } = holder
  const uses = params.capacities.map((_, r) => held.reduce((sum, { bundle }) => sum + (bundle[r] ?? 0), 0))
  out.mark({ kind: 'holding', tasks: held.length, uses, done: holder.done })
  if (rateOf(holder, params) === 0) holder.backlog = missing(holder, params)
  const next = held.reduce((least, { endsUs }) => (endsUs === 0 ? least : Math.min(least, endsUs)), Infinity)
  if (next < Infinity) out.setTimer('end', Math.max(1, next - out.localUs))
  else out.cancelTimer('end')
  watch(holder, params, out)
}

/** Its own monitor; a change goes out with an ask of its own. */
export function watch(holder: Holder, params: AllocatorParams, out: Out): void {
  const { monitor, backlog, held } = holder
  const settings = monitorParams(params)
  const waiting = rateOf(holder, params) > 0 ? backlog : 0
  const change = judge(monitor, settings, out.localUs)
  note(monitor, settings, out.localUs, { busy: held.length > 0 ? 1 : 0, waiting, room: params.backlogMax })
  if (change === null) return
  out.mark({ kind: change, what: settings.watched, value: monitor.saturation })
  ask(holder, params, out)
}
