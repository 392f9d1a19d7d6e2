import { NONE, type AgentId, type U32 } from '../../kernel/units.ts'
import { epsilonOf, isOlder, lastPhase, signUs } from './auctionState.ts'
import type { Auction, AuctionMsg, Desk, Out, When } from './auctionState.ts'

/**
 * The desk counts objects that are sold; once all are, the next phase of ε-scaling begins (Bertsekas 1988). An owner
 * that is gone leaves fewer persons than objects, where an object nobody wants must cost nothing in the end: prices
 * from earlier phases would spoil that, so then a new round begins at 0, and its only phase is the last
 * (Bertsekas and Castañon 1992, section 2).
 */
export const newDesk = (objects: number, { round, phase }: When): Desk => ({
  taken: new Array<boolean>(objects).fill(false),
  versions: new Array<number>(objects).fill(0),
  lives: new Array<number>(objects).fill(0),
  heardUs: new Array<number>(objects).fill(0),
  absent: new Array<boolean>(objects).fill(false),
  next: { round, phase },
  complete: false,
})

export function clearDesk(auction: Auction, desk: Desk, out: Out): void {
  desk.taken.fill(false)
  desk.versions.fill(0)
  desk.complete = false
  desk.next = { round: auction.round, phase: auction.phase }
  begin(auction, out)
}

/** At the start of every phase, on the desk's agent. */
export function begin({ phase, params }: Auction, out: Out): void {
  if (phase < lastPhase(params)) out.setTimer('phase', params.phaseUs)
  else out.cancelTimer('phase')
  out.setTimer('look', signUs(params))
}

export function onReport(auction: Auction, desk: Desk, from: AgentId, msg: Report, out: Out): void {
  const { round, phase, params, objects } = auction
  const { version, taken, gone } = msg
  const object = objects.indexOf(from)
  out.send(from, { type: 'heard', round, phase, version })
  if (version < desk.versions[object]!) return
  desk.versions[object] = version
  desk.taken[object] = taken
  if (gone !== NONE) return missing(auction, desk, gone, out)
  if (!desk.taken.every(Boolean)) return
  if (phase < lastPhase(params)) return plan(desk, { round, phase: phase + 1 }, out)
  if (!desk.complete) out.mark({ kind: 'complete', round, phase, epsilon: epsilonOf(params, phase) })
  desk.complete = true
}
type Report = Extract<AuctionMsg, { type: 'report' }>

/** All prices begin again at 0, once for every restart of an object. */
export function onRestarted(auction: Auction, desk: Desk, from: AgentId, life: U32, out: Out): void {
  const { round, phase, params, objects } = auction
  const object = objects.indexOf(from)
  out.send(from, { type: 'known', round, phase, life })
  if (life <= desk.lives[object]!) return
  desk.lives[object] = life
  plan(desk, { round: desk.next.round + 1, phase: lastPhase(params) }, out)
}

/** Too long: whoever is missing may never come. */
export function onPhaseOver({ round, phase, params }: Auction, desk: Desk, out: Out): void {
  if (phase < lastPhase(params)) plan(desk, { round, phase: phase + 1 }, out)
}

/** Written down first, so that a desk that restarts goes on from there and never says something earlier again. */
export function plan(desk: Desk, next: When, out: Out): void {
  if (!isOlder(desk.next, next)) return
  desk.next = { round: next.round, phase: next.phase }
  out.persist(desk.next, desk.next)
}

export function announce(auction: Auction, out: Out): void {
  const { round, phase, persons, objects, self, params } = auction
  out.mark({ kind: 'phase', round, phase, epsilon: epsilonOf(params, phase) })
  for (const id of [...persons, ...objects]) if (id !== self) out.send(id, { type: 'phase', round, phase })
}

/**
 * While something is unsold: whoever has not sold may not have heard of the phase, and a person may be gone. One that
 * is not heard for a lease is done without, in a new round.
 */
export function look(auction: Auction, desk: Desk, out: Out): void {
  const { round, phase, persons, objects, self, params } = auction
  out.setTimer('look', signUs(params))
  if (desk.taken.every(Boolean)) return void desk.heardUs.fill(out.localUs)
  for (const [k, id] of objects.entries())
    if (!desk.taken[k] && id !== self) out.send(id, { type: 'phase', round, phase })
  for (const id of persons) out.send(id, { type: 'ask', round, phase })
  const gone = persons.filter((_, k) => !desk.absent[k] && out.localUs - desk.heardUs[k]! > params.leaseUs)
  for (const id of gone) missing(auction, desk, id, out)
}

export function onHere({ persons }: Auction, desk: Desk, from: AgentId, out: Out): void {
  const person = persons.indexOf(from)
  if (person === -1) return
  desk.heardUs[person] = out.localUs
  desk.absent[person] = false
}

/** All prices begin again at 0, once for each absence. */
function missing({ persons, params }: Auction, desk: Desk, id: AgentId, out: Out): void {
  const person = persons.indexOf(id)
  if (person === -1 || desk.absent[person]) return
  desk.absent[person] = true
  plan(desk, { round: desk.next.round + 1, phase: lastPhase(params) }, out)
}
