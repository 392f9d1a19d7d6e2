import type { Mark } from '../agents/Program.ts'
import { NEVER } from '../kernel/units.ts'
import type { CheckContext, Invariant } from './Invariant.ts'
import { DISTURBANCES, disturb, quietSince, type Quiet } from './liveness.ts'

/** What one agent last told of each member: incarnation and how grave it was. Gone with the agent's power. */
interface Told {
  seen: { [observer: number]: { [member: number]: { incarnation: number; gravity: number } } }
}

const GRAVITY: { readonly [word: string]: number } = { alive: 0, suspect: 1, dead: 2, left: 3 }
const KIND_GRAVITY: { readonly [kind: string]: number } = { cleared: 0, suspected: 1, confirmed: 2 }
const POWER = ['crashed', 'restarted', 'left']
const gravityOf = ({ body }: Mark): number => KIND_GRAVITY[body.kind] ?? GRAVITY[String(body['status'])] ?? 0

/** SWIM section 4.2: only the member itself raises its incarnation, and every view follows it upwards. */
export const incarnationMonotone: Invariant<Told> = {
  name: 'incarnation-monotone',
  title: 'No view of a member goes back to an earlier incarnation',
  on: { swim: ['suspected', 'confirmed', 'cleared', 'heard', 'refuted'], host: POWER },
  init: () => ({ seen: {} }),
  onMark(state, mark) {
    if (forgets(state, mark)) return false
    const own = mark.body.kind === 'refuted'
    const member = own ? mark.agent : (mark.body['of'] as number)
    const incarnation = mark.body['incarnation'] as number
    const before = note(state, mark.agent, member, incarnation, gravityOf(mark))?.incarnation ?? 0
    if (own)
      return (
        incarnation > before || `agent ${member} refutes with incarnation ${incarnation} after it had ${before} already`
      )
    return (
      incarnation >= before ||
      `agent ${mark.agent} goes from incarnation ${before} of agent ${member} back to ${incarnation}`
    )
  },
}

/** SWIM section 4.2, as memberlist has it: a verdict stands until the member itself outranks it. */
export const noResurrection: Invariant<Told> = {
  name: 'no-resurrection',
  title: 'Who was suspected or declared dead is cleared only under a higher incarnation',
  on: { swim: ['suspected', 'confirmed', 'cleared', 'heard'], host: POWER },
  init: () => ({ seen: {} }),
  onMark(state, mark) {
    if (forgets(state, mark)) return false
    const member = mark.body['of'] as number
    const incarnation = mark.body['incarnation'] as number
    const gravity = gravityOf(mark)
    const before = note(state, mark.agent, member, incarnation, gravity)
    if (before === undefined || gravity >= before.gravity) return false
    return (
      incarnation > before.incarnation ||
      `agent ${mark.agent} takes agent ${member} for better than before under the same incarnation ${incarnation}`
    )
  },
}

function forgets(state: Told, { program, agent }: Mark): boolean {
  if (program === 'host') delete state.seen[agent]
  return program === 'host'
}

/** Remembers what is told and returns what was told before. */
function note(state: Told, observer: number, member: number, incarnation: number, gravity: number) {
  const known = (state.seen[observer] ??= {})
  const before = known[member]
  known[member] = { incarnation, gravity }
  return before
}

/** Periods after the last fault in which everybody who works must be off the death lists. */
const PATIENCE_PERIODS = 100

interface Buried {
  readonly by: number
  readonly of: number
  /** Since when it is both up and declared dead. */
  sinceUs: number
  readonly periodUs: number
}
interface Graves {
  open: Buried[]
  /** Agents that are not running. */
  down: { [agent: number]: true }
  readonly quiet: Quiet
  /** Nothing can be overdue before. */
  nextDueUs: number
}

/** SWIM section 4.2: a member buried by mistake hears of it and refutes. */
export const noSelfDeath: Invariant<Graves> = {
  name: 'no-self-death',
  title: 'Once faults stop, nobody who works stays declared dead',
  on: { swim: ['confirmed', 'cleared', 'heard', 'goodbye'], host: DISTURBANCES },
  init: (ctx) => ({ open: [], down: {}, quiet: quietSince(ctx), nextDueUs: NEVER }),
  onMark(state, mark, _view, ctx) {
    const before = state.open.length
    if (mark.program === 'host') power(state, mark, ctx)
    else judge(state, mark)
    state.nextDueUs = state.open.reduce<number>((least, one) => Math.min(least, dueUs(state, one)), NEVER)
    return mark.program === 'swim' && state.open.length < before
  },
  onTime(state, timeUs) {
    if (timeUs < state.nextDueUs) return false
    const late = state.open.find((one) => dueUs(state, one) <= timeUs)
    if (late === undefined) return false
    state.nextDueUs = NEVER
    return `agent ${late.by} still takes agent ${late.of} for dead, which has been up for ${PATIENCE_PERIODS} quiet periods`
  },
}

function judge(state: Graves, { agent, body, key }: Mark): void {
  const of = body['of'] as number
  if (body.kind === 'goodbye') state.down[agent] = true
  else if (body.kind === 'confirmed')
    state.open.push({ by: agent, of, sinceUs: key.time, periodUs: body['periodUs'] as number })
  else if (body.kind === 'cleared' || body['status'] === 'alive')
    state.open = state.open.filter((one) => one.by !== agent || one.of !== of)
}

const STARTS = ['restarted', 'resumed']
const STOPS = ['crashed', 'left', 'paused']

function power(state: Graves, mark: Mark, ctx: CheckContext): void {
  disturb(state.quiet, mark, ctx)
  const { agent, body, key } = mark
  if (STARTS.includes(body.kind)) delete state.down[agent]
  else if (STOPS.includes(body.kind)) state.down[agent] = true
  else return
  // What an agent believed went with its power; whoever believed in its death may be wrong from now on.
  if (body.kind !== 'paused' && body.kind !== 'resumed') state.open = state.open.filter(({ by }) => by !== agent)
  for (const one of state.open) if (one.of === agent) one.sinceUs = key.time
}

function dueUs({ quiet, down }: Graves, { by, of, sinceUs, periodUs }: Buried): number {
  if (quiet.faults.length > 0 || quiet.fromUs >= NEVER || down[by] || down[of]) return NEVER
  return Math.max(quiet.fromUs, sinceUs) + PATIENCE_PERIODS * periodUs
}

export const MEMBERSHIP: readonly Invariant[] = [incarnationMonotone, noResurrection, noSelfDeath]
