import type { Effects } from '../agents/Program.ts'
import type { AgentId } from '../kernel/units.ts'
import { isNews, learn, liveCount, rowOf, STATUS, STATUS_WORDS, statementOf, statusOf, untell } from './members.ts'
import type { Status, Update } from './members.ts'
import { sendsMax, takeNews, tell } from './news.ts'
import type { Swim, SwimMsg } from './swimState.ts'

/** What SWIM agents believe, say and deny. */
type Out = Effects<SwimMsg>

const NOTHING: readonly Update[] = []

export const ownStatement = ({ self, incarnation, offers }: Swim): Update => ({
  ...{ id: self, status: STATUS.alive, incarnation, offers },
})

/** What is held against `to`; that nobody knows it counts as dead at the least incarnation. */
const accusation = ({ members }: Swim, to: AgentId, status: Status | null): Update =>
  status === null ? { id: to, status: STATUS.dead, incarnation: 0, offers: [] } : statementOf(members, to)

/** The statements that a message to `to` carries. Counts them as passed on. Mutates `swim.news`. */
export function withNews(swim: Swim, to: AgentId): readonly Update[] {
  const { members, params } = swim
  // Whoever is suspected, buried or unknown hears of it from whoever still writes to it: Lifeguard’s buddy system.
  const status = statusOf(members, to)
  const accused = status === null || status === STATUS.suspect || status === STATUS.dead
  if (swim.news.length === 0 && !accused) return NOTHING
  const taken = takeNews(swim.news, params.newsMax, sendsMax(params.lambda, liveCount(members)))
  const updates = taken.flatMap(({ id, status, incarnation }): Update[] => {
    if (id === swim.self) return [ownStatement(swim)]
    if (id === to && accused) return []
    return [{ id, status, incarnation, offers: rowOf(members, id)?.offers ?? [] }]
  })
  return accused ? [accusation(swim, to, status), ...updates] : updates
}

export function hearAll(swim: Swim, news: readonly Update[], out: Out, passOn = true): void {
  for (const update of news) hear(swim, update, out, passOn)
}

/** Takes in what somebody says. Returns whether it was news; news is passed on, unless everybody else has it. */
export function hear(swim: Swim, update: Update, out: Out, passOn = true): boolean {
  if (update.id === swim.self) return hearOfMyself(swim, update, out)
  const { members } = swim
  if (!isNews(members, update)) return false
  const told = rowOf(members, update.id)?.told ?? false
  const { id: of, status, incarnation } = update
  believe(swim, update, out.localUs, false, passOn)
  if (told && status === STATUS.alive) {
    untell(members, of)
    out.mark({ kind: 'cleared', of, incarnation })
  } else if (swim.params.verbose) out.mark({ kind: 'heard', of, status: STATUS_WORDS[status], incarnation })
  return true
}

/**
 * Denies what is not so, with an incarnation that outranks it (SWIM section 4.2). Whoever still says what was denied
 * already has missed the denial: it is told anew.
 */
function hearOfMyself(swim: Swim, { status, incarnation }: Update, out: Out): boolean {
  if (swim.left) return false
  if (status === STATUS.alive) {
    swim.incarnation = Math.max(swim.incarnation, incarnation) // from before a power failure
    return false
  }
  if (incarnation < swim.incarnation) {
    pass(swim, ownStatement(swim))
    return false
  }
  swim.incarnation = incarnation
  announce(swim, swim.offers)
  out.mark({ kind: 'refuted', was: STATUS_WORDS[status], incarnation: swim.incarnation })
  return true
}

/** A new statement about oneself outranks every earlier one. */
export function announce(swim: Swim, offers: readonly string[]): void {
  swim.incarnation++
  swim.offers = offers
  pass(swim, ownStatement(swim))
}

/** This agent's own probe of `of` failed. */
export function suspect(swim: Swim, of: AgentId, afterUs: number, out: Out): void {
  const { incarnation } = statementOf(swim.members, of)
  believe(swim, { id: of, status: STATUS.suspect, incarnation, offers: [] }, out.localUs, true)
  out.mark({ kind: 'suspected', of, incarnation, afterUs })
}

/** Declares a member dead. Observers hear of it where they heard of this agent's own suspicion, or had none to hear. */
export function bury(swim: Swim, of: AgentId, afterUs: number, out: Out): void {
  const { members, params } = swim
  const { incarnation } = statementOf(members, of)
  const own = params.suspicionPeriods === 0 || (rowOf(members, of)?.told ?? false)
  believe(swim, { id: of, status: STATUS.dead, incarnation, offers: [] }, out.localUs, own)
  if (own) out.mark({ kind: 'confirmed', of, incarnation, afterUs, periodUs: params.periodUs })
  else if (params.verbose) out.mark({ kind: 'heard', of, status: STATUS_WORDS[STATUS.dead], incarnation })
}

function believe(swim: Swim, update: Update, localUs: number, told: boolean, passOn = true): void {
  if (learn(swim.members, update, localUs, told) && passOn) pass(swim, update)
}

/** Passes `update` on with the next messages; with lambda 0 nobody is told anything. */
export function pass(swim: Swim, update: Update): void {
  if (swim.params.lambda > 0) tell(swim.news, update)
}
