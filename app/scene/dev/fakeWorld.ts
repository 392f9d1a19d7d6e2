import { frameBytes, frameViews, HEADER, STATUS, type Frame } from '../../../engine/frame/frame.ts'
import type { Scenario, SpaceSpec } from '../../../engine/scenario/Scenario.ts'
import type { FrameSource, StageInfo } from '../../../workers/protocol.ts'

/** Invented bodies for looking at the stage while it is built; only the dev harness uses this. */
export interface FakeWorld {
  readonly bodies: number
  readonly dimensions: 2 | 3
  /** Cells along a side; 0: no field. */
  readonly cells: number
  /** How many of the bodies run programs. */
  readonly crew: number
}

const SIDE = 100

export const fakeSpace = ({ dimensions, cells }: FakeWorld): SpaceSpec => ({
  kind: 'boids',
  params: {},
  dimensions,
  width: SIDE,
  height: SIDE,
  depth: SIDE,
  edges: 'wrap',
  cell: cells === 0 ? 1 : SIDE / cells,
  stepUs: 50_000,
  measureEvery: 0,
  obstacles: [
    { x: 30, y: 62, radius: 7 },
    { x: 71, y: 30, radius: 4 },
  ],
  detectors: [],
})

export const fakeWorldScenario = (world: FakeWorld): Partial<Scenario> => ({
  space: fakeSpace(world),
  topology: { kind: 'none', weights: [] } as unknown as Scenario['topology'],
})

export const fakeWorldInfo = (info: StageInfo, { bodies, cells, crew }: FakeWorld): StageInfo => ({
  ...info,
  agents: bodies,
  capacity: bodies + 1_024,
  links: Int32Array.from({ length: crew > 1 ? 2 * crew : 0 }, (_, i) => (i % 2 === 0 ? i / 2 : ((i + 1) / 2) % crew)),
  parent: new Int32Array(bodies).fill(-1),
  level: new Int32Array(bodies),
  group: new Int32Array(bodies),
  groupNames: [],
  programs: Uint32Array.from({ length: bodies }, (_, a) => (a < crew ? 1 : 0)),
  programKinds: crew > 0 ? ['raft'] : [],
  space: {
    groups: ['red team', 'blue team', 'green team'],
    states: ['searches', 'carries food'],
    layers: cells === 0 ? [] : [{ name: 'Scent', unit: 'units a cell' }],
    landmarks: [],
    columns: Math.max(1, cells),
    rows: Math.max(1, cells),
  },
})

/** Swirls of bodies in three groups, some afflicted, some dead; a field of ridges. */
export function fakeWorldFrames(world: FakeWorld, info: StageInfo, timeUs: number): FrameSource {
  const { bodies, cells } = world
  const shape = { agents: info.capacity, shards: 1, flightsPerShard: 64, bodies: info.capacity }
  const whole = cells === 0 ? shape : { ...shape, cells: cells * cells }
  const frame = frameViews(new SharedArrayBuffer(frameBytes(whole)), 0, whole)
  frame.header[HEADER.timeUs] = timeUs
  frame.header[HEADER.number] = 1
  frame.header[HEADER.steppedUs] = timeUs - (timeUs % 50_000)
  let seed = 7
  const random = (): number => ((seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0) >>> 0) / 2 ** 32
  for (let i = 0; i < bodies; i++) placeOne(frame, i, world, random)
  if (frame.field) fillField(frame.field, cells)
  return { acquire: () => frame }
}

function placeOne({ bodies, agents }: Frame, i: number, world: FakeWorld, random: () => number): void {
  const rows = bodies!
  const [cx, cy] = [30 + 40 * random(), 30 + 40 * random()]
  const [turn, reach] = [random() * 6.283, 8 + 40 * random() ** 2]
  const x = (cx + reach * Math.cos(turn) + SIDE) % SIDE
  const y = (cy + reach * Math.sin(turn) + SIDE) % SIDE
  const way = Math.atan2(y - 50, x - 50) + 1.6 + 0.4 * random()
  const rise = world.dimensions === 3 ? 0.7 * (random() - 0.5) : 0
  const flat = Math.sqrt(1 - rise * rise)
  rows.position.set([x, y, world.dimensions === 3 ? 20 + 60 * random() : 0], 3 * i)
  rows.heading.set([flat * Math.cos(way), flat * Math.sin(way), rise], 3 * i)
  rows.speed[i] = 0.3 + 0.5 * random()
  rows.group[i] = i % 3
  rows.state[i] = random() < 0.3 ? 1 : 0
  rows.status[i] = STATUS.indexOf(i % 23 === 11 ? 'down' : 'up')
  rows.flags[i] = i % 11 === 5 ? 1 << (i % 4) : 0
  agents.status[i] = rows.status[i]!
  agents.role[i] = i === 0 ? 3 : 1
  agents.term[i] = 3
}

function fillField(field: Float32Array, cells: number): void {
  for (let r = 0; r < cells; r++)
    for (let c = 0; c < cells; c++) {
      const [x, y] = [(c / cells - 0.5) * 6, (r / cells - 0.5) * 6]
      const ring = Math.exp(-8 * (Math.hypot(x, y) - 1.7) ** 2)
      const trail = Math.exp(-30 * (y - 0.6 * Math.sin(2 * x)) ** 2) * (x > 0 ? 1 : 0.1)
      field[r * cells + c] = 12 * (ring + 0.8 * trail) + 60 * Math.exp(-40 * ((x - 1.7) ** 2 + y * y))
    }
}
