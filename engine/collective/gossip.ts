import type { AgentView, BootContext, Effects, Input, Program } from '../agents/Program.ts'
import type { Plain } from '../kernel/plain.ts'
import type { AgentId } from '../kernel/units.ts'
import { gossipMessages, type GossipMsg, type Name, type Rumour, type Verdict } from './gossipMessages.ts'
import { peersOf, pickPeer, withPeer } from './gossipPeers.ts'
import {
  asTold,
  cycleOf,
  GOSSIP_DEFAULTS,
  KNOWN_MAX,
  knownOf,
  nameOf,
  newlyKnown,
  NUMBERS_PER_LIFE,
  untilRound,
  type Gossip,
  type GossipParams,
  type Known,
} from './gossipState.ts'

/**
 * Epidemic spreading of news (Demers, Greene, Hauser, Irish, Larson, Shenker, Sturgis, Swinehart and Terry 1987,
 * "Epidemic Algorithms for Replicated Database Maintenance", PODC). Rumour mongering: once a round an agent with hot
 * rumours contacts one other at random, until it finds too often that it brings nothing new. Anti-entropy: now and then
 * two agents compare everything they have heard, which is what reaches those whom the rumour left out.
 */
export const gossip: Program<Gossip, GossipMsg, Partial<GossipParams>> = {
  kind: 'gossip',
  messages: gossipMessages,
  messageKinds: ['push', 'pull', 'tell', 'feedback', 'compare', 'mend'],
  kindOf: (msg) => msg.type,
  boot,
  step,
  view,
}

type Out = Effects<GossipMsg>
const DRAW = { phase: 1, peer: 2, coin: 3, compare: 4 } as const
const REST_MAX = 9
const ROLE = { idle: 0, spreading: 8, informed: 9 } as const

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<GossipParams>>): Gossip {
  const params = { ...GOSSIP_DEFAULTS, ...ctx.params }
  return {
    ...{ self, params, phase: 0, ticking: false, known: [] },
    peers: peersOf(params.peers === 'members' ? ctx.members : ctx.surroundings.neighbours, self),
    first: ctx.incarnation === 0 && ctx.members[0] === self,
    next: ctx.incarnation * NUMBERS_PER_LIFE,
  }
}

function step(gossip: Gossip, input: Input<GossipMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      gossip.phase = out.draw(DRAW.phase)
      if (gossip.first && gossip.params.firstAtUs > 0)
        out.setTimer('first', Math.max(1, gossip.params.firstAtUs - out.localUs))
      return stayAwake(gossip, out)
    case 'timer':
      return input.name === 'first' ? start(gossip, null, out) : onRound(gossip, out)
    case 'clientOp':
      return start(gossip, input.op, out)
    case 'message':
      if (gossip.params.peers === 'members') gossip.peers = withPeer(gossip.peers, input.from)
      return onMessage(gossip, input.from, input.msg, out)
    case 'discovery':
      if (gossip.params.peers === 'neighbours') gossip.peers = peersOf(input.surroundings.neighbours, gossip.self)
      return
    case 'diskDone':
      return // nothing here is durable: who lost its memory hears the news again
  }
}

/** A rumour of its own. */
function start(gossip: Gossip, value: Plain, out: Out): void {
  if (gossip.known.length >= KNOWN_MAX) return
  const cycle = cycleOf(gossip, out.localUs)
  const rumour: Rumour = { origin: gossip.self, number: gossip.next++, hops: 0, value }
  gossip.known.push(newlyKnown(rumour, cycle, true))
  out.mark({ kind: 'started', ...nameOf(rumour), cycle, value })
  stayAwake(gossip, out)
}

/** A timer for the next round where there is something to do in it; else for a later one. */
function stayAwake(gossip: Gossip, out: Out): void {
  if (gossip.ticking) return
  const rounds = roundsToRest(gossip, cycleOf(gossip, out.localUs))
  gossip.ticking = rounds === 0
  out.setTimer('round', untilRound(gossip, out.localUs) + rounds * gossip.params.roundUs)
}

/** Rounds without anything to do, from the one after `cycle` on; few enough to notice that a parameter was set. */
function roundsToRest({ params, known }: Gossip, cycle: number): number {
  const { mode, antiEntropyEvery } = params
  if (mode === 'pull' || mode === 'push-pull' || known.some(({ hot }) => hot)) return 0
  if (antiEntropyEvery === 0) return REST_MAX
  const place = (((cycle + 1) % antiEntropyEvery) + antiEntropyEvery) % antiEntropyEvery
  return Math.min(REST_MAX, place === 0 ? 0 : antiEntropyEvery - place)
}

function onRound(gossip: Gossip, out: Out): void {
  const { mode, antiEntropyEvery } = gossip.params
  const cycle = cycleOf(gossip, out.localUs)
  gossip.ticking = false
  for (const rumour of gossip.known) if (rumour.hot) judge(gossip, rumour, cycle, out)
  if (mode !== 'none') contact(gossip, out)
  if (antiEntropyEvery > 0 && cycle % antiEntropyEvery === 0) {
    const other = pickPeer(gossip.peers, out.draw(DRAW.compare))
    if (other !== null) out.send(other, { type: 'compare', have: gossip.known.map(nameOf) })
  }
  stayAwake(gossip, out)
}

/** One other at random; without hot rumours only where the mode asks. */
function contact(gossip: Gossip, out: Out): void {
  const { mode } = gossip.params
  const hot = mode === 'pull' ? [] : gossip.known.filter((rumour) => rumour.hot)
  if (mode === 'push' && hot.length === 0) return
  const other = pickPeer(gossip.peers, out.draw(DRAW.peer))
  if (other === null) return
  out.send(other, { type: mode === 'push' ? 'push' : 'pull', news: told(gossip, hot) })
}

/** Counts them as told. */
function told({ params }: Gossip, rumours: readonly Known[]): Rumour[] {
  for (const rumour of rumours) {
    rumour.sent++
    if (params.interest === 'blind') rumour.useless = true
  }
  return rumours.map(asTold)
}

/**
 * The end of a round: what its contacts mean for the interest in a rumour. Of several contacts in one round a single
 * useful one counts (Demers et al., note to the table of pull).
 */
function judge({ params }: Gossip, rumour: Known, cycle: number, out: Out): void {
  const { useful, useless } = rumour
  rumour.useful = rumour.useless = false
  if (useful && params.reset) rumour.count = 0
  if (useful || !useless || params.k === 0) return
  if (params.stop === 'counter' ? ++rumour.count < params.k : out.draw(DRAW.coin) >= 4_294_967_296 / params.k) return
  rumour.hot = false
  out.mark({ kind: 'lost interest', ...nameOf(rumour), cycle, sent: rumour.sent })
}

function onMessage(gossip: Gossip, from: AgentId, msg: GossipMsg, out: Out): void {
  switch (msg.type) {
    case 'push':
    case 'tell':
      return hear(gossip, from, msg.news, out)
    case 'pull': {
      const cycle = cycleOf(gossip, out.localUs)
      const hot = gossip.known.filter((rumour) => rumour.hot && countsAsKnown(gossip, rumour, cycle))
      hear(gossip, from, msg.news, out)
      if (hot.length > 0) out.send(from, { type: 'tell', news: told(gossip, hot) })
      return
    }
    case 'feedback':
      for (const verdict of msg.verdicts) {
        const rumour = knownOf(gossip, verdict)
        if (rumour === undefined || !rumour.hot) continue
        if (verdict.knew) rumour.useless = true
        else rumour.useful = true
      }
      return
    case 'compare':
      return onCompare(gossip, from, msg.have, out)
    case 'mend': {
      for (const rumour of msg.news) learn(gossip, from, rumour, false, out)
      const news = msg.want.flatMap((name) => knownOf(gossip, name) ?? [])
      if (news.length > 0) out.send(from, { type: 'mend', news: news.map(asTold), want: [] })
    }
  }
}

const countsAsKnown = ({ params }: Gossip, known: Known, cycle: number): boolean =>
  params.judgedAt === 'contact' || known.cycle < cycle

/** Takes in what is new and says of each rumour whether it was. */
function hear(gossip: Gossip, from: AgentId, news: readonly Rumour[], out: Out): void {
  const { params } = gossip
  const cycle = cycleOf(gossip, out.localUs)
  const verdicts = news.map((rumour): Verdict => {
    const known = knownOf(gossip, rumour)
    if (known === undefined) learn(gossip, from, rumour, params.mode !== 'none', out)
    return { ...nameOf(rumour), knew: known !== undefined && countsAsKnown(gossip, known, cycle) }
  })
  if (verdicts.length > 0 && params.interest === 'feedback' && params.k > 0)
    out.send(from, { type: 'feedback', verdicts })
}

/** What is mended is known but not spread: the rumour has had its time. */
function learn(gossip: Gossip, from: AgentId, rumour: Rumour, hot: boolean, out: Out): void {
  if (knownOf(gossip, rumour) !== undefined || gossip.known.length >= KNOWN_MAX) return
  const cycle = cycleOf(gossip, out.localUs)
  gossip.known.push(newlyKnown(rumour, cycle, hot))
  out.mark({ kind: 'heard', ...nameOf(rumour), cycle, hops: rumour.hops, from, mended: !hot })
  stayAwake(gossip, out)
}

/** Compares with what was known when the cycle began, or now; lacks what is not known now. */
function onCompare(gossip: Gossip, from: AgentId, have: readonly Name[], out: Out): void {
  const cycle = cycleOf(gossip, out.localUs)
  const has = (name: Name): boolean => have.some((h) => h.origin === name.origin && h.number === name.number)
  const news = gossip.known.filter((rumour) => countsAsKnown(gossip, rumour, cycle) && !has(rumour)).map(asTold)
  const want = have.filter((name) => knownOf(gossip, name) === undefined).map(nameOf)
  if (news.length + want.length > 0) out.send(from, { type: 'mend', news, want })
}

/** Raised while it spreads, and lower the more often it was told that its news is old. */
function view({ known, params }: Gossip, view: AgentView): void {
  if (view.role !== 0) return
  const hot = known.findLast((rumour) => rumour.hot)
  view.role = hot !== undefined ? ROLE.spreading : known.length > 0 ? ROLE.informed : ROLE.idle
  view.lastIndex = known.length
  view.load = hot === undefined ? 0 : params.k === 0 || params.stop === 'coin' ? 1 : 1 - hot.count / (params.k + 1)
}
