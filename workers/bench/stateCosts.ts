import { emptySum, Hasher } from '../../engine/kernel/digest.ts'
import { seconds } from '../../engine/kernel/units.ts'
import { LocalRun } from '../../engine/LocalRun.ts'
import { raftLan } from '../../engine/scenario/presets/raftLan.ts'
import { treeSync } from '../../engine/scenario/presets/treeSync.ts'
import { digestMark } from '../../engine/shardDigest.ts'
import { snapshotBytes } from '../../engine/snapshot.ts'
import { median, significant, type Bench, type BenchRow } from './Bench.ts'

const ROUNDS = 9
const AGENTS = 10_000

/** Copying a large swarm's whole state for a checkpoint, and putting it back. */
export function snapshotCost(agents = AGENTS, rounds = ROUNDS): readonly BenchRow[] {
  const run = new LocalRun({ ...treeSync.withAgents(agents), faults: [] })
  run.runTo(seconds(1))
  const snapshot = run.snapshot()
  const mb = significant(snapshotBytes(snapshot[0]!) / 2 ** 20)
  const note = `tree-sync, ${agents.toLocaleString('en')} agents after 1 s, ${snapshot[0]!.events.length} pending events, about ${mb} MB`
  const row = (name: string, work: () => void): BenchRow => ({
    name,
    value: significant(medianMs(work, rounds)),
    unit: 'ms',
    runs: rounds,
    peers: [{ name: 'structuredClone of it', version: process.version, value: cloneMs }],
    note,
  })
  const cloneMs = significant(medianMs(() => structuredClone(snapshot), rounds))
  return [row('snapshot', () => run.snapshot()), row('restore', () => run.restore(snapshot))]
}

/** What a digest point costs an agent, and every mark costs a run. */
export function digestCost(rounds = ROUNDS): readonly BenchRow[] {
  return [agentRow('raft', raftRun(), rounds), agentRow('tree', treeRun(), rounds), markRow(rounds)]
}

const treeRun = (): LocalRun => new LocalRun({ ...treeSync.withAgents(1_000), faults: [] })
const raftRun = (): LocalRun => new LocalRun({ ...raftLan.withAgents(10), faults: [] })

function agentRow(name: string, run: LocalRun, rounds: number): BenchRow {
  run.runTo(seconds(2))
  const { agents } = run.plan.scenario.swarm
  const us = (1_000 * medianMs(() => run.digest(), rounds)) / agents
  const snapshot = run.snapshot()
  const json = (1_000 * medianMs(() => JSON.stringify(snapshot[0]!.agents), rounds)) / agents
  return {
    name: `digest-agent-${name}`,
    value: significant(us),
    unit: 'µs',
    runs: rounds,
    peers: [{ name: 'JSON.stringify of it', version: process.version, value: significant(json) }],
    note: `one agent with its pending events and links at a digest point, ${run.plan.scenario.name} of ${agents} agents after 2 s`,
  }
}

function markRow(rounds: number): BenchRow {
  const run = raftRun()
  run.runTo(seconds(2))
  const marks = run.takeMarks()
  const hasher = new Hasher()
  const ns = (work: () => void): number => significant((1e6 * medianMs(work, rounds)) / marks.length)
  const sum = emptySum()
  return {
    name: 'digest-mark',
    value: ns(() => {
      for (const mark of marks) digestMark(hasher, mark, sum)
    }),
    unit: 'ns',
    runs: rounds,
    peers: [{ name: 'JSON.stringify of it', version: process.version, value: ns(() => JSON.stringify(marks)) }],
    note: `one mark, the mean of ${marks.length} of raft-lan`,
  }
}

/** After one call that warms up. */
function medianMs(work: () => void, rounds: number): number {
  work()
  const taken = Array.from({ length: rounds }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  return median(taken)
}

export const snapshotBench: Bench = {
  name: 'snapshot',
  title: 'Snapshot and restoration of 10,000 agents',
  run: async () => snapshotCost(),
}

export const digestBench: Bench = {
  name: 'digest',
  title: 'Cost of the digest, an agent and a mark',
  run: async () => digestCost(),
}
