import type { AgentView, Effects, Input, Program } from '../agents/Program.ts'
import { unit } from '../kernel/philox.ts'
import { NONE, type AgentId } from '../kernel/units.ts'
import { findIn, isFindOp } from './find.ts'
import { freshness, sendsMax } from './news.ts'
import { isLive, liveCount, STATUS, statementOf, statusOf, type Update } from './members.ts'
import { announce, bury, hear, hearAll, ownStatement, pass, suspect, withNews } from './statements.ts'
import { bootSwim, cloneSwim, offersOf, swimMessages, type Swim, type SwimMsg, type SwimParams } from './swimState.ts'
import { introducer, nextTarget, proxiesFor, PURPOSE, someDead } from './targets.ts'

/**
 * Who is here? Every period each member pings one other; where the ack stays out it asks k others to ping for it; where
 * theirs stay out too it suspects the member, and declares it dead when it does not speak up in time. All statements
 * travel on pings and acks. Load per member and the time to first detection do not depend on the number of members.
 * Source: A. Das, I. Gupta, A. Motivala: SWIM, DSN 2002. The member in question hears of a suspicion first, as in
 * Lifeguard (Dadgar, Phillips, Currey 2017: buddy system); names come back with a higher incarnation, as in memberlist.
 */
export const swim: Program<Swim, SwimMsg, Partial<SwimParams>> = {
  kind: 'swim',
  messages: swimMessages,
  messageKinds: ['ping', 'ack', 'pingReq', 'join', 'welcome', 'bye', 'find', 'found'],
  kindOf: (msg) => msg.type,
  boot: (self, _durable, ctx) => bootSwim(self, ctx),
  step,
  clone: cloneSwim,
  view,
}

type Out = Effects<SwimMsg>
type Of<K extends SwimMsg['type']> = Extract<SwimMsg, { type: K }>

function step(swim: Swim, input: Input<SwimMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return onStart(swim, out)
    case 'timer':
      if (swim.left) return
      if (input.name === 'period') return onPeriod(swim, out)
      return input.name === 'ack' ? askProxies(swim, out) : introduce(swim, out)
    case 'message':
      return onMessage(swim, input.from, input.msg, out)
    case 'clientOp':
      if (isFindOp(input.op)) {
        const { type: _, ...found } = findIn(swim, input.op.find, input.op.limit ?? 1, out.localUs)
        return out.mark({ kind: 'found', ...found })
      }
      if (typeof input.op === 'object' && input.op !== null && 'leave' in input.op) goodbye(swim, out)
      return
    case 'discovery':
    case 'diskDone':
      return // whoever can be reached at all is asked; nothing here is durable
  }
}

/** Members probe out of step with each other, as if they had been started by hand. */
function onStart(swim: Swim, out: Out): void {
  swim.bornUs = out.localUs
  const offsetUs = 1 + Math.floor(unit(out.draw(PURPOSE.offset)) * (swim.params.periodUs - 1))
  out.setTimer('period', offsetUs)
  if (swim.introduces || swim.incarnation > 0) pass(swim, ownStatement(swim))
  if (swim.introduces) introduce(swim, out)
}

/** Asks a member to be introduced by, another one each period until somebody answers. */
function introduce(swim: Swim, out: Out): void {
  if (!swim.introduces) return
  const to = introducer(swim, (purpose) => out.draw(purpose))
  if (to === NONE) return
  out.send(to, { type: 'join', me: ownStatement(swim) })
  out.setTimer('join', swim.params.periodUs)
}

/** The last probe is judged, suspicions run out, the next probe goes out. */
function onPeriod(swim: Swim, out: Out): void {
  const { params, probe } = swim
  out.setTimer('period', params.periodUs)
  swim.period++
  if (probe !== null && !probe.acked) missed(swim, probe.of, out.localUs - probe.sentUs, out)
  swim.probe = null
  if (swim.members.suspects > 0) buryOverdue(swim, out)
  const offers = offersOf(swim.runs, params.offers)
  if (offers.join('\n') !== swim.offers.join('\n')) announce(swim, offers)
  const draw = (purpose: number): number => out.draw(purpose)
  const target = nextTarget(swim, draw)
  if (target !== NONE) {
    swim.probe = { of: target, seq: ++swim.seq, sentUs: out.localUs, acked: false }
    out.send(target, { type: 'ping', origin: swim.self, seq: swim.seq, news: withNews(swim, target) })
    out.setTimer('ack', params.ackTimeoutUs)
  }
  if (params.reconnectEvery > 0 && swim.period % params.reconnectEvery === 0) {
    const lost = someDead(swim, draw)
    if (lost !== NONE) out.send(lost, { type: 'ping', origin: swim.self, seq: 0, news: withNews(swim, lost) })
  }
}

function missed(swim: Swim, of: AgentId, afterUs: number, out: Out): void {
  if (swim.params.verbose) out.mark({ kind: 'missed', of, afterUs })
  if (statusOf(swim.members, of) !== STATUS.alive) return
  if (swim.params.suspicionPeriods > 0) suspect(swim, of, afterUs, out)
  else bury(swim, of, afterUs, out)
}

/** A clock that drifts rounds a period by less than this share of it. */
const ROUNDING = 0.01

/** Declares dead whoever has been suspected for so many periods and has not spoken up. */
function buryOverdue(swim: Swim, out: Out): void {
  const { suspicionPeriods, periodUs } = swim.params
  const due = out.localUs - (suspicionPeriods - ROUNDING) * periodUs
  for (const { id, status, sinceUs } of swim.members.rows.slice())
    if (status === STATUS.suspect && sinceUs <= due) bury(swim, id, out.localUs - sinceUs, out)
}

/** The ack is late: others may get through. */
function askProxies(swim: Swim, out: Out): void {
  const { probe } = swim
  if (probe === null || probe.acked) return
  for (const proxy of proxiesFor(swim, probe.of, (purpose) => out.draw(purpose)))
    out.send(proxy, { type: 'pingReq', seq: probe.seq, of: probe.of, news: withNews(swim, proxy) })
}

function onMessage(swim: Swim, from: AgentId, msg: SwimMsg, out: Out): void {
  switch (msg.type) {
    case 'ping':
      hearAll(swim, msg.news, out)
      return out.send(from, {
        ...{ type: 'ack', origin: msg.origin, seq: msg.seq, of: swim.self },
        news: swim.left ? [lastWord(swim)] : withNews(swim, from),
      })
    case 'ack':
      hearAll(swim, msg.news, out)
      return onAck(swim, from, msg, out)
    case 'pingReq':
      hearAll(swim, msg.news, out)
      if (swim.left) return
      return out.send(msg.of, { type: 'ping', origin: from, seq: msg.seq, news: withNews(swim, msg.of) })
    case 'join':
      return onJoin(swim, from, msg, out)
    case 'welcome':
      return onWelcome(swim, from, msg, out)
    case 'bye':
      return hearAll(swim, msg.news, out)
    case 'find':
      if (from === swim.self) out.sendTo(msg.program, from, findIn(swim, msg.capability, msg.limit, out.localUs))
  }
}

function onAck(swim: Swim, from: AgentId, msg: Of<'ack'>, out: Out): void {
  const { probe } = swim
  // Who wrongs this agent, or does not know it, is told so at once: it need not meet the news again by chance.
  if (!swim.left && msg.news.some(({ id, status }) => id === swim.self && status !== STATUS.alive))
    out.send(from, { type: 'ping', origin: swim.self, seq: 0, news: [ownStatement(swim)] })
  if (msg.origin !== swim.self) {
    if (!swim.left) out.send(msg.origin, { ...msg, news: withNews(swim, msg.origin) })
  } else if (probe !== null && probe.seq === msg.seq && probe.of === msg.of) {
    probe.acked = true
    out.cancelTimer('ack')
  }
}

/** Introduces a newcomer to everybody, and tells it whatever is not as it assumes. */
function onJoin(swim: Swim, from: AgentId, { me }: Of<'join'>, out: Out): void {
  if (swim.left) return
  const known = isLive(statusOf(swim.members, me.id))
  const isNew = hear(swim, me, out)
  if (isNew && !known) out.mark({ kind: 'discovered', of: me.id, incarnation: me.incarnation })
  const rows = swim.members.rows.map(({ id }) => statementOf(swim.members, id))
  out.send(from, { type: 'welcome', known: known && !isNew, news: [ownStatement(swim), ...rows] })
}

function onWelcome(swim: Swim, from: AgentId, { known, news }: Of<'welcome'>, out: Out): void {
  if (swim.introduces) out.mark({ kind: 'welcomed', by: from, members: liveCount(swim.members) })
  swim.introduces = false
  // A founder, as it turns out, or back before anybody noticed: no news.
  if (known) swim.news = swim.news.filter(({ id }) => id !== swim.self)
  hearAll(swim, news, out, false)
}

/** Says goodbye to a few members, who pass it on; from then on it only answers who has not heard of it. */
function goodbye(swim: Swim, out: Out): void {
  if (swim.left) return
  for (const to of proxiesFor(swim, NONE, (purpose) => out.draw(purpose)))
    out.send(to, { type: 'bye', news: [lastWord(swim)] })
  swim.left = true
  swim.news = []
  swim.probe = null
  out.mark({ kind: 'goodbye', incarnation: swim.incarnation })
}

const lastWord = ({ self, incarnation }: Swim): Update => ({
  ...{ id: self, status: STATUS.left, incarnation, offers: [] },
})

/** Indices into ROLES of frame/. */
const IDLE_ROLE = 0
const MEMBER_ROLE = 6
const SPREADING_ROLE = 8
const SUSPECT_ROLE = 10

/** Who suspects somebody stands out, whoever has news to pass on rises, the fresher the higher. */
function view(swim: Swim, view: AgentView): void {
  const { members, news, params } = swim
  if (swim.left) view.role = IDLE_ROLE
  else if (members.suspects > 0) view.role = SUSPECT_ROLE
  else if (view.role === IDLE_ROLE) view.role = news.length > 0 ? SPREADING_ROLE : MEMBER_ROLE
  view.term = Math.max(view.term, swim.incarnation)
  view.load = Math.max(view.load, freshness(news, sendsMax(params.lambda, liveCount(members))))
}
