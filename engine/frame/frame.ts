/**
 * What a viewer may see, as flat columns in (shared) memory, declared once; writer and reader both call `frameViews`.
 * Agents are written by the shard that owns them; flights are segmented by shard.
 */
export const ROLES = [
  'idle',
  'follower',
  'candidate',
  'leader',
  'learner',
  'byzantine',
  'member',
  'client',
  'spreading', // passes news on
  'informed', //  has the news and keeps it
  'suspect', //   believed to have failed, or holding such a belief
  'blocked', //   waits: a breaker is open, credits are used up
] as const
export const STATUS = ['absent', 'up', 'down', 'paused'] as const
export const FATES = [
  'delivered',
  'lost',
  'blocked',
  'duplicated',
  'delayed',
  'dropped',
  'unheard',
  'corrupted',
] as const
export type Fate = (typeof FATES)[number]

export const AGENT_COLUMNS = {
  role: { type: Uint8Array, width: 1 }, //        index into ROLES
  status: { type: Uint8Array, width: 1 }, //      index into STATUS
  term: { type: Uint32Array, width: 1 },
  lastIndex: { type: Uint32Array, width: 1 },
  commitIndex: { type: Uint32Array, width: 1 },
  durableIndex: { type: Uint32Array, width: 1 },
  votes: { type: Uint32Array, width: 1 },
  follows: { type: Int32Array, width: 1 }, //     agent whose lead it follows; −1 none
  load: { type: Float32Array, width: 1 }, //      0..1
  inbox: { type: Uint32Array, width: 1 }, //      messages waiting
} as const

/**
 * A transmission over one link. Rows are immutable once written; a ring: the row of flight number k is k % capacity.
 */
export const FLIGHT_COLUMNS = {
  sentUs: { type: Float64Array, width: 1 }, //    0 with dueUs 0: the row was never used
  dueUs: { type: Float64Array, width: 1 }, //     when it arrives, or would have
  src: { type: Int32Array, width: 1 },
  dst: { type: Int32Array, width: 1 },
  kind: { type: Uint16Array, width: 1 }, //       index into the scenario's message kinds
  fate: { type: Uint8Array, width: 1 }, //        index into FATES, as known when the row was written
  txSrc: { type: Int32Array, width: 1 }, //       (txSrc, txSeq) names the transmission for drop/duplicate/delay
  txSeq: { type: Uint32Array, width: 1 },
} as const

/** Where agents are bodies: one row an agent. */
export const BODY_COLUMNS = {
  position: { type: Float32Array, width: 3 }, // world units
  heading: { type: Float32Array, width: 3 }, //  unit vector
  speed: { type: Float32Array, width: 1 }, //    world units a step
  group: { type: Uint8Array, width: 1 }, //      index into the model's groups
  state: { type: Uint8Array, width: 1 }, //      index into the model's states
  flags: { type: Uint8Array, width: 1 }, //      bits: 1 blind, 2 deaf, 4 stuck, 8 rogue
  status: { type: Uint8Array, width: 1 }, //     index into STATUS
} as const

type Columns = { readonly [name: string]: { readonly type: any; readonly width: number } }
export type ViewsOf<C extends Columns> = { readonly [K in keyof C]: InstanceType<C[K]['type']> }
export type AgentColumns = ViewsOf<typeof AGENT_COLUMNS>
export type FlightColumns = ViewsOf<typeof FLIGHT_COLUMNS>
export type BodyColumns = ViewsOf<typeof BODY_COLUMNS>

export interface FrameShape {
  readonly agents: number
  readonly shards: number
  readonly flightsPerShard: number
  /** Rows of bodies; left out where agents have no place. */
  readonly bodies?: number
  /** Values of all layers of the field; left out where there is none. */
  readonly cells?: number
}

export interface Frame {
  /** One f64 each: see HEADER. */
  readonly header: Float64Array
  readonly agents: AgentColumns
  /** Per shard. */
  readonly flights: readonly FlightColumns[]
  readonly bodies: BodyColumns | null
  /** Layer by layer, row by row from y = 0; null where there is no field. */
  readonly field: Float32Array | null
}

/** `steppedUs`: the last step of the space, whose state the bodies show. */
export const HEADER = { timeUs: 0, number: 1, events: 2, messages: 3, pending: 4, branch: 5, steppedUs: 6 } as const
const HEADER_SLOTS = 8

const align = (bytes: number): number => (bytes + 7) & ~7
const bytesOf = (columns: Columns, rows: number): number =>
  Object.values(columns).reduce((sum, c) => sum + align(rows * c.width * c.type.BYTES_PER_ELEMENT), 0)

export const frameBytes = (shape: FrameShape): number =>
  HEADER_SLOTS * 8 +
  bytesOf(AGENT_COLUMNS, shape.agents) +
  shape.shards * bytesOf(FLIGHT_COLUMNS, shape.flightsPerShard) +
  bytesOf(BODY_COLUMNS, shape.bodies ?? 0) +
  align(4 * (shape.cells ?? 0))

/** Views over `buffer` from `offset`; both sides of the shared memory call this with the same shape. */
export function frameViews(buffer: ArrayBufferLike, offset: number, shape: FrameShape): Frame {
  let at = offset + HEADER_SLOTS * 8
  const views = (columns: Columns, rows: number): any => {
    const out: Record<string, unknown> = {}
    for (const [name, c] of Object.entries(columns)) {
      out[name] = new c.type(buffer, at, rows * c.width)
      at += align(rows * c.width * c.type.BYTES_PER_ELEMENT)
    }
    return out
  }
  const agents = views(AGENT_COLUMNS, shape.agents) as AgentColumns
  const flights: FlightColumns[] = []
  for (let s = 0; s < shape.shards; s++) flights.push(views(FLIGHT_COLUMNS, shape.flightsPerShard))
  const bodies = shape.bodies === undefined ? null : (views(BODY_COLUMNS, shape.bodies) as BodyColumns)
  const field = shape.cells === undefined ? null : new Float32Array(buffer as ArrayBuffer, at, shape.cells)
  return { header: new Float64Array(buffer, offset, HEADER_SLOTS), agents, flights, bodies, field }
}
