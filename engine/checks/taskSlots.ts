import type { Mark } from '../agents/Program.ts'
import type { Finding, Invariant } from './Invariant.ts'
import { ENDS, joined, saidBy, SUBMITTERS } from './taskInvariants.ts'

/** What a worker has in work, by its own marks. */
interface Room {
  readonly slots: number
  /** Slots that each task in work takes, and all of them. */
  readonly inWork: { [task: number]: number }
  busy: number
}

interface Rooms {
  /** Slots that unfinished tasks take, where they take more than one. */
  readonly demands: { [task: number]: number }
  readonly rooms: { [agent: number]: Room }
  /** Whose memory was changed by hand, or who was made to tell of single tasks during the run, or not to. */
  readonly odd: { [agent: number]: true }
}

/**
 * Nothing is begun that would not fit beside what is in work. Judged where workers tell their slots: where tasks take
 * unlike room, or not everybody can do everything. Memory grows with unfinished tasks of several slots.
 */
export const withinSlots: Invariant<Rooms> = {
  name: 'within-slots',
  title: 'Nobody begins a task that it has no room for',
  on: joined(
    saidBy(SUBMITTERS, 'submitted', ...ENDS),
    saidBy(['worker'], 'able', 'started', 'preempted', 'worked', 'released'),
    { host: ['crashed', 'left', 'edited', 'set'] },
  ),
  init: () => ({ demands: {}, rooms: {}, odd: {} }),
  onMark(state, { program, agent, body }) {
    if (program === 'host') return interrupted(state, agent, body)
    const task = body['task'] as number
    if (body.kind === 'able') return tellSlots(state, agent, body['slots'] as number)
    if (program !== 'worker') return follow(state, task, body)
    const room = state.rooms[agent]
    if (room === undefined || agent in state.odd) return false
    return body.kind === 'started' ? start(room, agent, task, state.demands[task] ?? 1) : stop(room, task)
  },
}

function interrupted({ odd, rooms }: Rooms, agent: number, { kind, param }: Mark['body']): false {
  if (kind === 'edited' || (kind === 'set' && param === 'verbose')) odd[agent] = true
  else if (kind !== 'set') delete rooms[agent]
  return false
}

function tellSlots({ rooms }: Rooms, agent: number, slots: number): false {
  const { inWork, busy } = rooms[agent] ?? { inWork: {}, busy: 0 }
  rooms[agent] = { slots, inWork, busy }
  return false
}

function follow({ demands }: Rooms, task: number, { kind, demand }: Mark['body']): false {
  if (kind !== 'submitted') delete demands[task]
  else if (typeof demand === 'number') demands[task] = demand
  return false
}

function start(room: Room, agent: number, task: number, demand: number): Finding {
  if (task in room.inWork) return false // its slot had to get ready first, or it goes on
  const before = room.busy
  room.inWork[task] = demand
  room.busy += demand
  if (room.busy <= room.slots) return true
  return `agent ${agent} begins task ${task}, which takes ${demand} slots, with ${before} of its ${room.slots} in use`
}

function stop(room: Room, task: number): false {
  room.busy -= room.inWork[task] ?? 0
  delete room.inWork[task]
  return false
}
