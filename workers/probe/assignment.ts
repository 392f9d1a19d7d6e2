import type { BootContext } from '../../engine/agents/Program.ts'
import { ByteReader, u32 } from '../../engine/kernel/codec.ts'
import { NONE, type AgentId, type U32 } from '../../engine/kernel/units.ts'
import { distributor } from '../../engine/tasks/distributor/TaskDistributor.ts'
import { worker } from '../../engine/tasks/worker/worker.ts'
import '../../engine/tasks/strategies/all.ts'
import { ringBytes, RingReader, RingWriter } from '../shared/ring.ts'
import { Spinner } from '../shared/spin.ts'
import { bucketsOf, quantile, type Bucket } from './buckets.ts'
import { ProgramThread, type Rings } from './ProgramThread.ts'

/** Wall-clock time from a task's submission until the word that a worker has begun it, µs. */
export interface AssignmentTimes {
  readonly p50Us: number
  readonly p99Us: number
  readonly tasks: number
  readonly workers: number
  readonly histogram: readonly Bucket[]
}

const CAPACITY = 1 << 18
export const ASSIGNMENT_BYTES = 2 * ringBytes(CAPACITY)

const WORKERS = 16
/** What a task takes at a worker, and the gap between two submissions, µs: workers are free for most of the time. */
const TASK_US = 500
const GAP_US = 250
/** At least so long, and until no task waits to be begun: both ends are compiled then. At most the second. */
const WARM_UP_MS = 150
const WARM_UP_MAX_MS = 2_000
const TASKS_MAX = 1 << 16
const SILENCE_MS = 10_000
/** Numbers that no agent has: the word that a task has begun, and the end. */
const BEGUN = 1_000_001
const QUIT = 1_000_002

const DISTRIBUTOR = 0 as AgentId
const AGENTS = Array.from({ length: WORKERS }, (_, k) => (k + 1) as AgentId)

function ringsOf(memory: SharedArrayBuffer, side: 0 | 1): Rings {
  const offsets = [0, ringBytes(CAPACITY)]
  return {
    writer: new RingWriter(memory, offsets[side]!, CAPACITY),
    reader: new RingReader(memory, offsets[1 - side]!, CAPACITY),
  }
}

const contextOf = (members: readonly AgentId[], neighbours: readonly AgentId[]): BootContext<any> => ({
  params: { verbose: true, durable: false, reportEveryUs: 0 },
  members,
  agentsOf: { distributor: [DISTRIBUTOR], worker: AGENTS },
  surroundings: { neighbours, parent: NONE, children: [], group: 0 },
  capabilities: [],
  seed: 1 as U32,
  tasks: null,
  incarnation: 0 as U32,
})

/** The workers' thread: serves until the distributor's is done. @throws where nothing comes for 10 s. */
export function serveWorkers(memory: SharedArrayBuffer, now: () => number, looks: number): void {
  let open = true
  let heardMs = now()
  const thread = new ProgramThread(
    ringsOf(memory, 1),
    new Spinner(looks),
    now,
    (_, mark) => {
      if (mark.kind !== 'started') return
      heardMs = now()
      thread.tell(BEGUN, mark['task'] as number)
    },
    (to) => void (open = to !== QUIT),
  )
  for (const agent of AGENTS) thread.add(agent, worker, worker.boot(agent, undefined, contextOf(AGENTS, [DISTRIBUTOR])))
  while (open) {
    thread.run(now() + SILENCE_MS)
    if (now() - heardMs > SILENCE_MS) throw new Error(`probe: no task came within ${SILENCE_MS / 1_000} s`)
  }
}

/**
 * A distributor that hands tasks to the workers of `serveWorkers`, one every 250 µs for `phaseMs`. The clock is this
 * thread's alone: the word that a task has begun comes back through the other ring, and its way is counted in.
 * @throws where a task is not begun within 10 s.
 */
export function measureAssignment(
  memory: SharedArrayBuffer,
  now: () => number,
  { phaseMs, looks }: { readonly phaseMs: number; readonly looks: number },
): AssignmentTimes {
  const submittedMs = new Map<number, number>()
  const tookUs = new Float64Array(TASKS_MAX)
  let begun = 0
  let measured = 0
  let submitMs = 0
  const startMs = now()
  let warmMs = Infinity
  const thread = new ProgramThread(
    ringsOf(memory, 0),
    new Spinner(looks),
    now,
    (_, mark) => {
      if (mark.kind === 'submitted') submittedMs.set(mark['task'] as number, submitMs)
    },
    (to, from: ByteReader) => {
      const at = submittedMs.get(u32.read(from))
      if (to !== BEGUN || at === undefined) return
      begun++
      if (at >= warmMs) tookUs[measured++] = Math.round((now() - at) * 1e6) / 1e3
    },
  )
  const disk = distributor.disk!.empty()
  thread.add(DISTRIBUTOR, distributor, distributor.boot(DISTRIBUTOR, disk, contextOf([DISTRIBUTOR], AGENTS)))
  let submitted = 0
  for (let nextMs = startMs; now() < warmMs + phaseMs && submitted < TASKS_MAX;) {
    const sinceMs = now() - startMs
    const isWarm = (sinceMs >= WARM_UP_MS && begun === submitted) || sinceMs >= WARM_UP_MAX_MS
    if (warmMs === Infinity && isWarm) warmMs = now()
    if (now() >= nextMs) {
      submitMs = now()
      thread.give(DISTRIBUTOR, { type: 'clientOp', op: { op: 'submit', tasks: [{ sizeUs: TASK_US }] } })
      submitted++
      // Who comes late does not make up for it: that would be a burst.
      nextMs = Math.max(nextMs + GAP_US / 1_000, now())
    }
    thread.run(nextMs)
  }
  for (const stopMs = now() + SILENCE_MS; begun < submitted; thread.run(stopMs))
    if (now() > stopMs) throw new Error(`probe: ${submitted - begun} of ${submitted} tasks were not begun within 10 s`)
  thread.tell(QUIT, 0)
  thread.run(now())
  const sorted = tookUs.subarray(0, measured).sort()
  return {
    p50Us: quantile(sorted, 0.5),
    p99Us: quantile(sorted, 0.99),
    tasks: measured,
    workers: WORKERS,
    histogram: bucketsOf(sorted),
  }
}
