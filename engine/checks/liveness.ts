import type { Mark } from '../agents/Program.ts'
import { NEVER } from '../kernel/units.ts'
import type { AgentId } from '../kernel/units.ts'
import type { CheckContext, Invariant } from './Invariant.ts'
import type { RaftView } from './RaftView.ts'

/** Everything live is due within this many of the largest election timeout after the last fault. */
const PATIENCE = 10

/** When the swarm was last disturbed: from the schedule, moved on by what the host tells of live faults. */
export interface Quiet {
  fromUs: number
  /** Faults that are still on, as the host's marks tell: while there are any, nothing is due. */
  faults: string[]
  /** The largest election timeout that anybody was given during the run; 0 = none. */
  raisedUs: number
}
export const DISTURBANCES = [
  ...['crashed', 'restarted', 'paused', 'resumed', 'left', 'joined', 'fault'],
  ...['slowed', 'clock set', 'disk set', 'set', 'edited'],
]

export const quietSince = ({ quietFromUs }: CheckContext): Quiet => ({ fromUs: quietFromUs, faults: [], raisedUs: 0 })

/** Every disturbance begins the wait anew; one that lasts, until it is over, keeps it from ending. Mutates `quiet`. */
export function disturb(quiet: Quiet, { key, agent, body }: Mark, ctx: CheckContext): void {
  quiet.fromUs = Math.max(ctx.quietFromUs, key.time)
  const others = (mine: (fault: string) => boolean): string[] => quiet.faults.filter((fault) => !mine(fault))
  if (body.kind === 'left') quiet.faults = others((fault) => fault.endsWith(` of ${agent}`))
  if (body.kind === 'fault' && body.missed !== true) {
    const rule = `rule ${body.command}`
    // What ends a rule bears its number; what bears a number of its own heals everything.
    const ends = body.op === 'heal' && !quiet.faults.includes(rule)
    quiet.faults = others((fault) => fault === rule || (ends && fault.startsWith('rule ')))
    if (body.active === true) quiet.faults.push(rule)
  }
  if (body.kind === 'set' && body.program === 'raft' && body.param === 'electionMaxUs')
    quiet.raisedUs = Math.max(quiet.raisedUs, Number(body.value))
  // Who stands still answers nobody, whatever the others do; a crash ends the pause, and its own loss is counted.
  if (PAUSE_ENDS.includes(body.kind)) quiet.faults = others((fault) => fault === `paused of ${agent}`)
  const lasting = LASTING[body.kind]
  if (lasting === undefined) return
  const fault = `${body.kind} of ${agent}`
  quiet.faults = others((other) => other === fault)
  if (lasting(body)) quiet.faults.push(fault)
}

const PAUSE_ENDS = ['resumed', 'crashed']

/** Changes of one agent, and whether what it is from now on is a fault. */
const LASTING: { readonly [kind: string]: (body: Mark['body']) => boolean } = {
  paused: () => true,
  slowed: ({ factor }) => factor !== 1,
  'clock set': ({ driftPpm }) => driftPpm !== 0,
  'disk set': ({ factor, forgets }) => factor !== 1 || forgets === true,
}

/**
 * When what was asked for at `askedUs` must have happened. A majority leads and commits while others are paused; an
 * `operation` may wait for the very agent that is.
 */
const dueUs = ({ faults, fromUs, raisedUs }: Quiet, askedUs: number, ctx: CheckContext, operation = false): number =>
  fromUs >= NEVER || faults.some((fault) => operation || !fault.startsWith('paused'))
    ? NEVER
    : Math.max(fromUs, askedUs) + PATIENCE * Math.max(ctx.electionMaxUs, raisedUs)

function majorityUp(view: RaftView, members: readonly AgentId[]): boolean {
  let up = 0
  for (const member of members) if (view.nodes[member]?.up) up++
  return up > members.length / 2
}

const leaderNow = (view: RaftView) => {
  const last = view.leaders.at(-1)
  const node = last && view.nodes[last.agent]
  return last && node?.up && node.role === 'leader' ? last : null
}

/** Raft §5.6 (timing requirement), judged once a quiet period. */
export const leaderElected: Invariant<{ quiet: Quiet; judged: boolean }> = {
  name: 'leader-elected',
  title: 'Once faults stop, somebody leads within ten election timeouts',
  on: { host: DISTURBANCES },
  init: (ctx) => ({ quiet: quietSince(ctx), judged: false }),
  onMark(state, mark, _view, ctx) {
    disturb(state.quiet, mark, ctx)
    state.judged = false
    return false
  },
  onTime(state, timeUs, view, ctx) {
    if (state.judged || timeUs < dueUs(state.quiet, 0, ctx)) return false
    state.judged = true
    if (!majorityUp(view, ctx.members)) return false
    return leaderNow(view) !== null || `nobody leads ${PATIENCE} election timeouts after the last fault`
  },
}

/** What a leader inherits is committed too, whether or not anybody asks for more (thesis §6.4). */
export const inheritedCommits: Invariant<{
  quiet: Quiet
  leader: { term: number; index: number; timeUs: number } | null
}> = {
  name: 'inherited-commits',
  title: 'What a leader inherits commits within ten election timeouts',
  on: { host: DISTURBANCES, raft: ['leader'] },
  init: (ctx) => ({ quiet: quietSince(ctx), leader: null }),
  onMark(state, mark, _view, ctx) {
    if (mark.program === 'host') disturb(state.quiet, mark, ctx)
    else state.leader = { term: mark.body.term as number, index: mark.body.index as number, timeUs: mark.key.time }
    return false
  },
  onTime(state, timeUs, view, ctx) {
    const leader = state.leader
    if (!leader || timeUs < dueUs(state.quiet, leader.timeUs, ctx)) return false
    state.leader = null
    if (!majorityUp(view, ctx.members) || leaderNow(view)?.term !== leader.term) return false
    return (
      view.committed.length >= leader.index ||
      `the leader of term ${leader.term} inherited entries up to ${leader.index} and only ${view.committed.length} are committed`
    )
  },
}

interface Waiting {
  readonly process: number
  readonly agent: AgentId
  readonly sinceUs: number
}

/** Judged while a majority is up; an operation whose client is gone is nobody's. */
export const operationsAnswered: Invariant<{
  quiet: Quiet
  /** In order of invocation; completed ones stay until they are first. */
  queue: Waiting[]
  first: number
  open: { [process: number]: number }
}> = {
  name: 'operations-answered',
  title: 'Once faults stop, every operation is answered within ten election timeouts',
  on: { host: DISTURBANCES, client: ['invoke', 'ok', 'fail', 'info'] },
  init: (ctx) => ({ quiet: quietSince(ctx), queue: [], first: 0, open: {} }),
  onMark(state, mark, _view, ctx) {
    const process = mark.body.process as number
    if (mark.program === 'host') {
      disturb(state.quiet, mark, ctx)
      if (mark.body.kind === 'crashed' || mark.body.kind === 'left')
        for (let k = state.first; k < state.queue.length; k++)
          if (state.queue[k]!.agent === mark.agent) delete state.open[state.queue[k]!.process]
    } else if (mark.body.kind === 'invoke') {
      state.queue.push({ process, agent: mark.agent, sinceUs: mark.key.time })
      state.open[process] = mark.key.time
    } else delete state.open[process]
    return false
  },
  onTime(state, timeUs, view, ctx) {
    let answered = false
    for (; state.first < state.queue.length; state.first++) {
      const { process, sinceUs } = state.queue[state.first]!
      if (state.open[process] === sinceUs) {
        const due = dueUs(state.quiet, sinceUs, ctx, true)
        if (timeUs < due || !majorityUp(view, ctx.members)) break
        return `process ${process} has waited since ${sinceUs} µs for an answer`
      }
      answered = true
    }
    if (state.first > 1_024) {
      state.queue = state.queue.slice(state.first)
      state.first = 0
    }
    return answered
  },
}
