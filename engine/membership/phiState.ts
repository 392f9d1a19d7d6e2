import type { BootContext } from '../agents/Program.ts'
import { record, u32, union } from '../kernel/codec.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import type { Estimate, PhiModel } from './phiLevel.ts'

/** `life`: boots of the sender before this one; within a life `seq` counts up. */
export type PhiMsg = { type: 'heartbeat'; life: U32; seq: U32 }
export const phiMessages = union<PhiMsg>({ heartbeat: record({ life: u32, seq: u32 }) })

export interface PhiParams {
  /** Between two heartbeats of an agent, µs; the mean of them where they are 'exponential'. */
  readonly heartbeatUs: number
  readonly heartbeats: 'regular' | 'exponential'
  /** What a watcher takes the intervals to be. */
  readonly model: PhiModel
  /** Who is silent long enough for this phi is suspected. */
  readonly threshold: number
  /** Intervals remembered of each agent watched. */
  readonly windowMax: number
  /** Intervals seen before anybody is suspected; at most `windowMax`. */
  readonly warmUp: number
  /** Of the normal model: a deviation below this is taken for this, µs. */
  readonly deviationMinUs: number
  /** Neighbours that watch an agent: the next so many behind it in the order of ids. */
  readonly watchMax: number
  /** A count for observers each time that so many intervals were judged by a full window; 0 = never. */
  readonly reportEvery: number
}
export const PHI_DEFAULTS: PhiParams = {
  heartbeatUs: 100_000,
  heartbeats: 'regular',
  model: 'normal',
  threshold: 8,
  windowMax: 200,
  warmUp: 20,
  deviationMinUs: 1_000,
  watchMax: 4,
  reportEvery: 0,
}

/** What an agent knows of one that it watches. */
export interface Watched {
  readonly id: AgentId
  life: U32
  seq: U32
  /** Own clock at the latest heartbeat. */
  heardUs: number
  /** A ring of the latest intervals, µs, oldest at `next` once it is full. */
  intervals: number[]
  next: number
  sumUs: number
  /** Sum of squares, µs². */
  squares: number
  suspected: boolean
  /** As of this agent's own latest heartbeat: for the picture. */
  phi: number
  /** Intervals that a full window judged, and how many of them passed the threshold. */
  judged: U32
  suspicions: U32
}

export interface Phi {
  readonly self: AgentId
  readonly params: PhiParams
  readonly life: U32
  /** Whom it sends heartbeats, settled at power-on. */
  readonly watchers: readonly AgentId[]
  seq: U32
  /** In the order in which they were first heard. */
  watched: Watched[]
}

export function bootPhi(self: AgentId, ctx: BootContext<Partial<PhiParams>>): Phi {
  const params = { ...PHI_DEFAULTS, ...ctx.params }
  const near = ctx.surroundings.neighbours
  const behind = firstAbove(near, self)
  const watchers: AgentId[] = []
  for (let k = 0; k < near.length && watchers.length < params.watchMax; k++) {
    const id = near[(behind + k) % near.length]!
    if (ctx.members[firstAbove(ctx.members, id) - 1] === id) watchers.push(id)
  }
  return { self, params, life: ctx.incarnation, watchers, seq: 0, watched: [] }
}

/** Place of the first of an ascending list that is above `id`; its length where none is. */
function firstAbove(ascending: readonly AgentId[], id: AgentId): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle]! <= id) low = middle + 1
    else high = middle
  }
  return low
}

export const makeWatched = (id: AgentId, life: U32, seq: U32, heardUs: number): Watched => ({
  ...{ id, life, seq, heardUs, intervals: [], next: 0, sumUs: 0, squares: 0 },
  ...{ suspected: false, phi: 0, judged: 0, suspicions: 0 },
})

/** Takes one interval in, forgetting the oldest of `windowMax`. Mutates `watched`. */
export function addInterval(watched: Watched, us: number, windowMax: number): void {
  const { intervals } = watched
  if (intervals.length > windowMax) forget(watched) // the window was made smaller during the run
  watched.sumUs += us
  watched.squares += us * us
  if (intervals.length < windowMax) {
    intervals.push(us)
    return
  }
  const oldest = intervals[watched.next]!
  watched.sumUs -= oldest
  watched.squares -= oldest * oldest
  intervals[watched.next] = us
  watched.next = (watched.next + 1) % windowMax
  // Squares of long silences are beyond what a number holds exactly: once a round the sums are taken anew.
  if (watched.next === 0) sumUp(watched)
}

function forget(watched: Watched): void {
  watched.intervals.length = 0
  watched.next = 0
  sumUp(watched)
}

function sumUp(watched: Watched): void {
  watched.sumUs = 0
  watched.squares = 0
  for (const us of watched.intervals) {
    watched.sumUs += us
    watched.squares += us * us
  }
}

/** Of the intervals in the window, of which there is at least one. */
export function estimateOf({ intervals, sumUs, squares }: Watched, deviationMinUs: number): Estimate {
  const meanUs = sumUs / intervals.length
  const variance = Math.max(0, squares / intervals.length - meanUs * meanUs)
  return { meanUs, deviationUs: Math.max(deviationMinUs, Math.sqrt(variance)) }
}
