import type { AgentView, BootContext, Effects, Input, Program, Surroundings } from '../agents/Program.ts'
import { i32, record, u32, union } from '../kernel/codec.ts'
import type { Layout } from '../kernel/codec.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId, U32 } from '../kernel/units.ts'

/**
 * Chang & Roberts 1979: everybody sends its number round a one-way ring; a number is passed on only by smaller ones, so
 * the largest comes back alone. With the numbers in random order the mean count of election messages is n·H_n (their
 * theorem); the announcement afterwards takes n more and is counted apart.
 */
export type RingMsg =
  /** `uid` of `owner`, which has made `hops` transmissions with this one. */
  | { type: 'election'; uid: U32; owner: AgentId; hops: U32; round: U32 }
  | { type: 'announce'; leader: AgentId; round: U32 }

export interface Ring {
  readonly self: AgentId
  /** Drawn; equal ones are told apart by the agent's id, so the order of all is uniformly random. */
  uid: U32
  successor: AgentId
  leader: AgentId
  /** Grows when a gap in the ring is closed: the messages of earlier rounds may have been lost with the gap. */
  round: U32
  sent: U32
}

const agent = i32 as Layout<number> as Layout<AgentId>
const messages = union<RingMsg>({
  election: record({ uid: u32, owner: agent, hops: u32, round: u32 }),
  announce: record({ leader: agent, round: u32 }),
})
const DRAW_UID = 1
const ROLE = { candidate: 2, leader: 3, member: 6 } as const
type Out = Effects<RingMsg>

export const ringElection: Program<Ring, RingMsg, Record<string, never>> = {
  kind: 'ring-election',
  messages,
  messageKinds: ['election', 'announce'],
  kindOf: (msg) => msg.type,
  boot(self: AgentId, _durable: unknown, ctx: BootContext<Record<string, never>>): Ring {
    return { self, uid: 0, successor: successorOf(self, ctx.surroundings), leader: NONE, round: 0, sent: 0 }
  },
  step,
  view,
}

/** The next higher id among the neighbours; past the highest, the smallest. */
export function successorOf(self: AgentId, { neighbours }: Surroundings): AgentId {
  return neighbours.find((id) => id > self) ?? neighbours.find((id) => id !== self) ?? NONE
}

function step(ring: Ring, input: Input<RingMsg>, out: Out): void {
  if (input.type === 'start') {
    ring.uid = out.draw(DRAW_UID)
    stand(ring, out)
  } else if (input.type === 'discovery') {
    const successor = successorOf(ring.self, input.surroundings)
    if (successor === ring.successor) return
    ring.successor = successor
    enter(ring, ring.round + 1, out)
  } else if (input.type === 'message') {
    const { msg } = input
    if (msg.round < ring.round) return
    if (msg.round > ring.round) enter(ring, msg.round, out)
    if (msg.type === 'election') onElection(ring, msg, out)
    else onAnnounce(ring, msg.leader, out)
  }
}

function enter(ring: Ring, round: U32, out: Out): void {
  ring.round = round
  ring.leader = NONE
  stand(ring, out)
}

function stand(ring: Ring, out: Out): void {
  if (ring.successor === NONE) return elected(ring, 0, out)
  pass(ring, { type: 'election', uid: ring.uid, owner: ring.self, hops: 1, round: ring.round }, out)
}

function pass(ring: Ring, msg: RingMsg, out: Out): void {
  if (msg.type === 'election') ring.sent++
  if (ring.successor !== NONE) out.send(ring.successor, msg)
}

function onElection(ring: Ring, msg: Extract<RingMsg, { type: 'election' }>, out: Out): void {
  if (msg.owner === ring.self) return elected(ring, msg.hops, out)
  const larger = msg.uid !== ring.uid ? msg.uid > ring.uid : msg.owner > ring.self
  if (larger) pass(ring, { ...msg, hops: msg.hops + 1 }, out)
  else out.mark({ kind: 'swallowed', owner: msg.owner, hops: msg.hops, round: msg.round })
}

function elected(ring: Ring, hops: U32, out: Out): void {
  out.mark({ kind: 'elected', owner: ring.self, hops, round: ring.round })
  ring.leader = ring.self
  pass(ring, { type: 'announce', leader: ring.self, round: ring.round }, out)
}

/** Once round: it ends with the one who sent it. */
function onAnnounce(ring: Ring, leader: AgentId, out: Out): void {
  out.mark({ kind: 'informed', leader, round: ring.round })
  if (leader === ring.self) return
  ring.leader = leader
  pass(ring, { type: 'announce', leader, round: ring.round }, out)
}

function view(ring: Ring, view: AgentView): void {
  view.role = ring.leader === NONE ? ROLE.candidate : ring.leader === ring.self ? ROLE.leader : ROLE.member
  view.term = ring.round
  view.follows = ring.leader === NONE ? -1 : ring.leader
}
