import { frameBytes, frameViews, type Frame } from '../../engine/frame/frame.ts'
import { micros } from '../../engine/kernel/units.ts'
import type { Command, Op, Scenario } from '../../engine/scenario/Scenario.ts'
import {
  BUCKET_US,
  type Branch,
  type Facts,
  type LabClient,
  type MessageDetail,
  type Opened,
  type Outcome,
  type StageInfo,
} from '../../workers/protocol.ts'
import { buildModel, flightsAt, MESSAGE_KINDS, paint, type FakeModel } from './fakeModel.ts'

function stageOf(m: FakeModel): StageInfo {
  const agents = m.size * m.groups
  const parent = new Int32Array(agents).fill(-2)
  const level = new Int32Array(agents)
  const group = new Int32Array(agents)
  const links: number[] = []
  for (let i = 0; i < agents; i++) {
    const place = i % m.size
    group[i] = Math.floor(i / m.size)
    if (place > 0) {
      parent[i] = i - place + Math.floor((place - 1) / 3)
      level[i] = level[parent[i]!]! + 1
      links.push(parent[i]!, i)
    } else for (let h = 0; h < i; h += m.size) links.push(h, i)
  }
  return {
    agents,
    capacity: agents,
    links: Int32Array.from(links),
    linksTotal: links.length / 2,
    parent,
    level,
    group,
    groupNames:
      m.scenario.network.latency.kind === 'regions' ? m.scenario.network.latency.regions.slice(0, m.groups) : [],
    programs: Uint32Array.from({ length: agents }, (_, i) => (i % m.size === 0 ? 7 : 4)),
    programKinds: ['raft', 'client', 'tree-sync'],
    messageKinds: MESSAGE_KINDS,
  }
}

const TITLES = [
  'at most one leader in a term',
  'logs match',
  'a leader has every committed entry',
  'replicas apply the same commands',
  'commit never moves back',
  'one vote per replica and term',
  'committed means durable on a quorum',
  'each operation is applied once',
]

/** The page's data source while it is being built; reached only through app/dev/vite.config.ts. */
export class FakeClient implements LabClient {
  private model!: FakeModel
  private frame: Frame | null = null
  private log: readonly Command[] = []
  private time = 0
  private frontier = 0
  private number = 0
  private rate = 0
  private said = 0
  private saidBucket = 0
  private reset = true
  private branches: Branch[] = []
  private branch = 0
  private listener: (facts: Facts) => void = () => {}
  private timer = setInterval(() => this.tick(), 16)
  private lastFacts = 0
  readonly frames = { acquire: () => this.frame }

  async open(scenario: Scenario, log: readonly Command[] = scenario.faults): Promise<Opened> {
    this.model = buildModel(scenario, log)
    this.log = log
    const stage = stageOf(this.model)
    const shape = { agents: stage.agents, shards: 1, flightsPerShard: 4096 }
    this.frame = frameViews(new ArrayBuffer(frameBytes(shape)), 0, shape)
    this.time = this.frontier = this.said = this.saidBucket = 0
    this.reset = true
    this.branches = [{ id: 0, parent: null, forkUs: 0, frontierUs: 0, log }]
    this.branch = 0
    this.rate = 0
    this.show()
    return { shape, workers: 2, sharedMemory: true, workersNote: '', rulesVersion: 1, stage }
  }
  private show(): void {
    paint(this.model, this.time, this.frame!, ++this.number)
    this.frontier = Math.max(this.frontier, this.time)
  }
  private tick(): void {
    if (!this.frame) return
    if (this.rate > 0) {
      this.time = Math.min(this.model.scenario.untilUs, this.time + this.rate * 16_000)
      if (this.time >= this.model.scenario.untilUs) this.rate = 0
      this.show()
    }
    if (performance.now() - this.lastFacts > 100) this.tell()
  }
  private tell(): void {
    this.lastFacts = performance.now()
    const marks = this.model.marks.filter((x) => x.key.time <= this.frontier)
    const fresh = this.reset ? marks : marks.slice(this.said)
    this.said = marks.length
    const buckets = Math.floor(this.frontier / BUCKET_US)
    const series = []
    for (let index = this.reset ? 0 : this.saidBucket; index < buckets; index++) {
      const reign = this.model.reigns.some((r) => r.from <= index * BUCKET_US && index * BUCKET_US < r.to)
      const wave = 60 + 18 * Math.sin(index / 3) + ((index * 7919) % 11)
      series.push({
        index,
        events: wave * 3,
        sent: reign ? wave : 6,
        delivered: reign ? wave - 1 : 5,
        lost: index % 9 === 0 ? 1 : 0,
        gauges: reign ? { 'commit latency': 91_000 + 9000 * Math.sin(index * 1.7) } : ({} as { [n: string]: number }),
      })
    }
    this.saidBucket = buckets
    const reset = this.reset
    this.reset = false
    this.branches = this.branches.map((b) =>
      b.id === this.branch ? { ...b, frontierUs: this.frontier, log: this.log } : b,
    )
    this.listener({
      timeUs: this.time,
      frontierUs: this.frontier,
      playing: this.rate > 0,
      ended: this.time >= this.model.scenario.untilUs,
      lagUs: 0,
      events: this.frame!.header[2]!,
      messages: this.frame!.header[3]!,
      eventsPerWallSecond: 41_000,
      digest: { timeUs: Math.floor(this.time / 1e5) * 1e5, value: 'a91f03c75be2d410' },
      branch: this.branch,
      branches: this.branches,
      log: this.log,
      marks: fresh,
      reset,
      checks: TITLES.map((title, i) => ({ name: title, title, ok: true, checked: marks.length * (i + 3) })),
      series,
      latency: { queueUs: 12, linkUs: 61_000, inboxUs: 100, p50Us: 45_000, p99Us: 131_000 },
    })
  }
  async play(rate: number): Promise<void> {
    this.rate = rate
  }
  async pause(): Promise<void> {
    this.rate = 0
    this.tell()
  }
  async step(): Promise<void> {
    this.time += 1500
    this.show()
    this.tell()
  }
  async stepBack(): Promise<void> {
    this.time = Math.max(0, this.time - 1500)
    this.show()
    this.tell()
  }
  async seek(timeUs: number): Promise<void> {
    this.rate = 0
    this.time = timeUs
    this.show()
    this.tell()
  }
  private async adopt(log: readonly Command[], at: number): Promise<Outcome> {
    const forked = at < this.frontier
    if (forked) {
      const id = this.branches.length
      this.branches.push({ id, parent: this.branch, forkUs: at, frontierUs: at, log })
      this.branch = id
      this.frontier = Math.max(at, this.time)
      this.reset = true
    }
    this.log = log
    this.model = buildModel(this.model.scenario, log)
    this.show()
    this.tell()
    return { ok: true, at, forked }
  }
  command = (op: Op): Promise<Outcome> => {
    const at = Math.floor(this.time) + 1
    return this.adopt([...this.log, { at, ...op }], at)
  }
  editLog = (log: readonly Command[]): Promise<Outcome> => this.adopt(log, Math.max(0, this.frontier - 1))
  async switchBranch(branch: number): Promise<void> {
    const b = this.branches[branch]!
    this.branch = branch
    this.reset = true
    this.log = b.log
    this.model = buildModel(this.model.scenario, b.log)
    this.frontier = b.frontierUs
    this.show()
  }
  async firstDifference() {
    const key = this.model.marks.at(-1)!.key
    return { key, what: 'London stands for election in term 2', instead: 'Frankfurt sends append to Tokyo' }
  }
  async inspect(agent: number) {
    const term = this.frame!.agents.term[agent]!
    return {
      agent,
      status: 'up',
      group: Math.floor(agent / this.model.size),
      incarnation: 0,
      programs: [
        {
          kind: 'raft',
          state: {
            role: 'follower',
            term,
            votedFor: 80,
            commitIndex: 61,
            nextIndex: { 0: 62, 40: 62, 120: 60, 160: 58 },
          },
          disk: { term, vote: 80, log: 64 },
        },
        { kind: 'tree-sync', state: { epoch: 2, acknowledged: 39 }, disk: null },
      ],
      timers: [
        { program: 'raft', name: 'election', dueUs: this.time + 412_000 },
        { program: 'tree-sync', name: 'heartbeat', dueUs: this.time + 61_000 },
      ],
      inbox: 2,
      pendingWrites: 1,
    }
  }
  async message(src: number, seq: number): Promise<MessageDetail | null> {
    return (await this.inFlight(9999)).find((m) => m.src === src && m.seq === seq) ?? null
  }
  async inFlight(limit: number): Promise<readonly MessageDetail[]> {
    return flightsAt(this.model, this.time, 0)
      .slice(0, limit)
      .map((f) => ({
        src: f.src,
        seq: f.seq,
        from: f.src,
        to: f.dst,
        sentUs: f.sent,
        dueUs: f.due,
        program: f.kind < 4 ? 'raft' : 'tree-sync',
        kind: MESSAGE_KINDS[f.kind]!,
        body: { term: 1, prevIndex: 61, entries: 1 },
        key: { ...this.model.marks[0]!.key, time: micros(f.due) },
      }))
  }
  async why() {
    return this.model.marks.slice(0, 5).map((m) => ({ key: m.key, what: `${m.program}: ${m.body.kind}` }))
  }
  digest = async (): Promise<string> => 'a91f03c75be2d410'
  onFacts(listener: (facts: Facts) => void): void {
    this.listener = listener
  }
  onError(): void {}
  dispose(): void {
    clearInterval(this.timer)
  }
}

export const createLabClient = async (): Promise<LabClient> => new FakeClient()
