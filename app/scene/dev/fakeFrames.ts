import { FATES, frameBytes, frameViews, HEADER, ROLES, STATUS, type Frame } from '../../../engine/frame/frame.ts'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import type { FrameSource, StageInfo } from '../../../workers/protocol.ts'

/**
 * Invented frames for looking at the stage while it is built: a leader that beats, a tree that passes on, a few losses.
 * Only the dev harness uses this; nothing here is a simulation.
 */
export interface FakeShape {
  readonly groups: number
  readonly size: number
  readonly branching: number
  readonly layout: Scenario['layout']
  readonly height: Scenario['height']
  readonly crashed: boolean
  readonly mode: 'steady' | 'election' | 'roles'
  readonly extraLinks: number
}
const NAMES = [
  'Frankfurt',
  'London',
  'Washington DC',
  'Tokyo',
  'Sydney',
  'Dallas',
  'Toronto',
  'Madrid',
  'Osaka',
  'Sao Paulo',
]
const RTT = [
  [0, 13, 91, 233, 250],
  [13, 0, 75, 243, 261],
  [91, 75, 0, 165, 214],
  [233, 243, 165, 0, 115],
  [250, 261, 214, 115, 0],
]
export const fakeDistance = (a: number, b: number): number => RTT[a]?.[b] ?? 100

/** A small generator (mulberry32), so that every reload shows the same picture. */
function generator(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export function fakeInfo(shape: FakeShape): StageInfo {
  const { groups, size, branching } = shape
  const agents = groups * size
  const parent = new Int32Array(agents).fill(-1)
  const level = new Int32Array(agents)
  const group = new Int32Array(agents)
  const links: number[] = []
  for (let agent = 0; agent < agents; agent++) {
    const place = agent % size
    group[agent] = Math.floor(agent / size)
    if (place === 0) continue
    parent[agent] = agent - place + Math.floor((place - 1) / branching)
    level[agent] = level[parent[agent]!]! + 1
    links.push(parent[agent]!, agent)
  }
  for (let a = 0; a < groups; a++) {
    if (shape.layout === 'ring') links.push(a * size, ((a + 1) % groups) * size)
    else for (let b = a + 1; b < groups; b++) links.push(a * size, b * size)
  }
  const random = generator(5)
  for (let k = 0; k < shape.extraLinks; k++) links.push(Math.floor(random() * agents), Math.floor(random() * agents))
  return {
    agents,
    capacity: agents + 1_024,
    links: Int32Array.from(links),
    linksTotal: links.length / 2,
    parent,
    level,
    group: size === 1 && shape.layout !== 'regions' ? new Int32Array(agents) : group,
    groupNames: shape.layout === 'regions' ? NAMES.slice(0, groups) : [],
    programs: Uint32Array.from({ length: agents }, (_, a) => (a % size === 0 ? 1 : 2)),
    programKinds: ['raft', 'tree-sync'],
    space: null,
    messageKinds: ['appendEntries', 'appendReply', 'requestVote', 'voteReply', 'order', 'report', 'clientRequest'],
  }
}

export function fakeFrames(shape: FakeShape, info: StageInfo, timeUs: number): FrameSource {
  const frameShape = { agents: info.capacity, shards: 1, flightsPerShard: 32_768 }
  const frame = frameViews(new ArrayBuffer(frameBytes(frameShape)), 0, frameShape)
  frame.header[HEADER.timeUs] = timeUs
  frame.header[HEADER.number] = 1
  fillAgents(frame, shape, info)
  fillFlights(frame, shape, info, timeUs)
  return { acquire: () => frame }
}

function fillAgents(frame: Frame, shape: FakeShape, info: StageInfo): void {
  const { agents } = frame
  const { size } = shape
  const election = shape.mode === 'election'
  for (let agent = 0; agent < info.agents; agent++) {
    const group = Math.floor(agent / size)
    agents.status[agent] = STATUS.indexOf('up')
    agents.load[agent] = ((agent * 37) % 100) / 100
    if (agent % size !== 0) {
      agents.role[agent] = ROLES.indexOf('member')
      agents.follows[agent] = election ? 0 : agent % 11 === 5 ? -1 : 0
      continue
    }
    const role = group === 0 ? 'leader' : election && group === 1 ? 'candidate' : 'follower'
    // Every shape at once, to compare them.
    const other = (['leader', 'byzantine', 'learner', 'candidate', 'client'] as const)[group % 5]!
    agents.role[agent] = ROLES.indexOf(shape.mode === 'roles' ? other : role)
    agents.term[agent] = election && group === 1 ? 8 : 7
    agents.votes[agent] = role === 'candidate' ? 2 : 0
    agents.follows[agent] = 0
    agents.lastIndex[agent] = [212, 212, 208, 211, 202][group % 5]!
    agents.commitIndex[agent] = [209, 209, 206, 207, 202][group % 5]!
    agents.durableIndex[agent] = [211, 210, 207, 211, 202][group % 5]!
  }
  const down = (agent: number): void => void (agents.status[agent] = STATUS.indexOf('down'))
  if (election) down(0)
  else if (shape.crashed && shape.groups > 4) down(4 * size)
  if (size > 20) {
    down(17)
    agents.status[24] = STATUS.indexOf('paused')
  }
}

function fillFlights(frame: Frame, shape: FakeShape, info: StageInfo, timeUs: number): void {
  const random = generator(11)
  const rows = frame.flights[0]!
  let row = 0
  const add = (
    src: number,
    dst: number,
    ageMs: number,
    lastsMs: number,
    kind: number,
    fate: (typeof FATES)[number],
  ): void => {
    rows.sentUs[row] = timeUs - ageMs * 1000
    rows.dueUs[row] = timeUs + (lastsMs - ageMs) * 1000
    rows.src[row] = src
    rows.dst[row] = dst
    rows.kind[row] = kind
    rows.fate[row] = FATES.indexOf(fate)
    rows.txSrc[row] = src
    rows.txSeq[row] = row
    row++
  }
  const head = (group: number): number => (group % shape.groups) * shape.size
  const lasts = (a: number, b: number): number => fakeDistance(a, b) / 2
  if (shape.groups >= 5) {
    if (shape.mode === 'election') {
      for (const g of [2, 3]) add(head(1), head(g), lasts(1, g) * 0.55, lasts(1, g), 2, 'delivered')
      add(head(3), head(1), 40, 120, 3, 'delivered')
      add(head(1), head(0), 18, 20, 2, 'unheard')
    } else {
      add(head(0), head(1), 3.6, 6.5, 0, 'delivered')
      add(head(0), head(2), 26, 45, 0, 'delivered')
      add(head(0), head(3), 52, 116, 0, 'delivered')
      add(head(3), head(0), 84, 116, 1, 'delivered')
      add(head(0), head(4), 70, 125, 0, 'lost')
      add(head(2), head(1), 30, 37, 6, 'duplicated')
      add(head(4), head(3), 20, 57, 1, 'delayed')
      add(head(1), head(2), 60, 37, 1, 'delivered')
    }
  }
  const busy = Math.min(3_000, Math.ceil(info.agents * 0.35))
  for (let k = 0; k < busy && shape.size > 1; k++) {
    const agent = Math.floor(random() * info.agents)
    const above = info.parent[agent]!
    if (above < 0) continue
    const upward = random() < 0.4
    add(
      upward ? agent : above,
      upward ? above : agent,
      random() * 55,
      30,
      upward ? 5 : 4,
      random() < 0.03 ? 'lost' : 'delivered',
    )
  }
  if (shape.size === 1 && shape.layout === 'ring')
    for (let a = 0; a < info.agents; a += 2) add(a, (a + 1) % info.agents, 10 + 3 * a, 60, 0, 'delivered')
}
