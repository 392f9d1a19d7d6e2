import { unit } from '../kernel/philox.ts'
import { NONE, type AgentId, type U32 } from '../kernel/units.ts'
import { isLive, memberAt, slotCount, statusOf, STATUS } from './members.ts'
import { permuted } from './permutation.ts'
import type { Round, Swim } from './swimState.ts'

/** What a draw is for. */
export const PURPOSE = { offset: 0, target: 1, round: 2, proxy: 3, introduction: 4, dead: 5, newcomer: 6 } as const

type Draw = (purpose: U32) => U32

const isOther = (swim: Swim, id: AgentId): boolean => id !== swim.self && isLive(statusOf(swim.members, id))

/** Tries of a fair draw before the next fitting slot is taken: reached only where nearly everybody is gone. */
const TRIES = 64

/** One member for which `fits`, each as likely as any other; NONE where there is none. */
function anyMember(swim: Swim, purpose: U32, draw: Draw, fits: (id: AgentId) => boolean): AgentId {
  const slots = slotCount(swim.members)
  for (let tries = 0; tries < TRIES; tries++) {
    const id = memberAt(swim.members, Math.floor(unit(draw(purpose)) * slots))
    if (fits(id)) return id
  }
  const start = Math.floor(unit(draw(purpose)) * slots)
  for (let k = 0; k < slots; k++) {
    const id = memberAt(swim.members, (start + k) % slots)
    if (fits(id)) return id
  }
  return NONE
}

/** Whom to probe in this period; NONE for a member that knows nobody. Mutates `swim.round`. */
export const nextTarget = (swim: Swim, draw: Draw): AgentId =>
  swim.params.targets === 'random'
    ? anyMember(swim, PURPOSE.target, draw, (id) => isOther(swim, id))
    : nextInRound(swim, draw)

/**
 * The next live member of a random order of all slots, anew after each round (SWIM section 4.3). Two turns of a member
 * are thus at most 2·slots − 1 turns apart; whoever is met gone costs no period.
 */
function nextInRound(swim: Swim, draw: Draw): AgentId {
  const { members, round } = swim
  for (let turns = 0; turns < 2 * slotCount(members) + round.size; turns++) {
    if (round.place >= round.size && round.late.length === 0) {
      round.key = draw(PURPOSE.round)
      round.size = round.seen = slotCount(members)
      round.place = 0
    }
    takeInNewcomers(swim, draw)
    const id = memberAt(members, nextSlot(round))
    if (isOther(swim, id)) return id
  }
  return NONE
}

/** Newcomers get a random place in the round that runs (section 4.3); one that is past comes in the next round. */
function takeInNewcomers({ members, round }: Swim, draw: Draw): void {
  for (; round.seen < slotCount(members); round.seen++) {
    const place = Math.floor(unit(draw(PURPOSE.newcomer)) * (round.size + 1))
    if (place >= round.place) round.late.push({ slot: round.seen, place })
  }
}

function nextSlot(round: Round): number {
  const late = round.late.findIndex(({ place }) => place <= round.place)
  if (late >= 0) return round.late.splice(late, 1)[0]!.slot
  return permuted(round.key, round.place++, round.size)
}

/** Up to `params.proxies` different live members, neither this one nor `target`. */
export function proxiesFor(swim: Swim, target: AgentId, draw: Draw): AgentId[] {
  const chosen: AgentId[] = []
  const fits = (id: AgentId): boolean => id !== target && !chosen.includes(id) && isOther(swim, id)
  for (let k = 0; k < swim.params.proxies; k++) {
    const id = anyMember(swim, PURPOSE.proxy, draw, fits)
    if (id === NONE) break
    chosen.push(id)
  }
  return chosen
}

/** A live member to be introduced by. */
export const introducer = (swim: Swim, draw: Draw): AgentId =>
  anyMember(swim, PURPOSE.introduction, draw, (id) => isOther(swim, id))

/** A member declared dead, to see whether it is; NONE where nobody is. */
export function someDead({ members }: Swim, draw: Draw): AgentId {
  const dead = members.rows.filter(({ status }) => status === STATUS.dead)
  return dead.length === 0 ? NONE : dead[Math.floor(unit(draw(PURPOSE.dead)) * dead.length)]!.id
}
