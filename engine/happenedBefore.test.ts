import { describe, expect, it } from 'vitest'
import { EVENT } from './agents/agentState.ts'
import type { HistoryRow } from './History.ts'
import { keyText } from './kernel/key.ts'
import { micros, type AgentId } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { presetNamed } from './scenario/presets/index.ts'
import type { Command } from './scenario/Scenario.ts'

const ROWS = 1 << 18

interface Seen {
  readonly run: LocalRun
  readonly rows: readonly HistoryRow[]
}

/**
 * The cone of a dropped delivery in one run: what its handler caused, and whatever its agent does from then on, since
 * its state may differ. Rows are in handling order, so one pass finds it (Lamport 1978).
 */
function cone(
  rows: readonly HistoryRow[],
  agent: AgentId,
  fromUs: number,
): { touched: Set<string>; agents: Set<AgentId> } {
  const touched = new Set<string>()
  const agents = new Set<AgentId>([agent])
  for (const { key, cause } of rows) {
    if (key.time < fromUs) continue
    const reached = agents.has(key.dst) || (cause !== null && touched.has(keyText(cause)))
    if (!reached) continue
    touched.add(keyText(key))
    agents.add(key.dst)
  }
  return { touched, agents }
}

describe('dropping one message by hand', () => {
  const preset = presetNamed('tree-sync')!
  const scenario = { ...preset.withAgents(1_093), faults: [] }
  const dropAtUs = 602_000
  const untilUs = 1_150_000

  function run(log: readonly Command[]): Seen {
    const local = new LocalRun({ ...scenario, faults: log }, { history: ROWS, flights: 64, freeze: true })
    local.runTo(micros(untilUs))
    return { run: local, rows: local.shards[0]!.history.last(ROWS) }
  }

  it('leaves every event outside its happened-before cone bit for bit as it was (1,000 agents, most events unrelated)', () => {
    expect(scenario.swarm.agents).toBeGreaterThanOrEqual(1_000)
    const probe = new LocalRun(scenario)
    probe.runTo(micros(dropAtUs))
    const [shard] = probe.shards
    const slot = [...shard!.queue.sortedSlots()].find((s) => shard!.queue.type(s) === EVENT.arrive)!
    expect(slot).toBeDefined()
    const message = shard!.row(slot)
    const plain = run([])
    const dropped = run([{ at: dropAtUs, op: 'dropMessage', src: message.src, seq: message.seq }])
    expect(dropped.run.digestText()).not.toBe(plain.run.digestText())

    const victim = message.dst as AgentId
    const a = cone(plain.rows, victim, dropAtUs)
    const b = cone(dropped.rows, victim, dropAtUs)
    const outside = (seen: Seen, touched: Set<string>): string[] =>
      seen.rows.filter((row) => !touched.has(keyText(row.key)) && row.key.src !== -1).map((row) => JSON.stringify(row))
    const unrelated = outside(plain, a.touched)
    expect(outside(dropped, b.touched)).toEqual(unrelated)

    const after = plain.rows.filter((row) => row.key.time >= dropAtUs)
    const share = after.filter((row) => !a.touched.has(keyText(row.key))).length / after.length
    expect(after.length).toBeGreaterThan(1_000)
    expect(a.touched.size).toBeGreaterThan(0)
    expect(share).toBeGreaterThanOrEqual(0.5)

    let same = 0
    for (const [id, agent] of plain.run.shards[0]!.agents) {
      if (a.agents.has(id) || b.agents.has(id)) continue
      expect(dropped.run.shards[0]!.agents.get(id)).toEqual(agent)
      same++
    }
    expect(same).toBeGreaterThan(500)
  })

  it('is noticed by this test where a draw leaks: another seed shares nothing', () => {
    const plain = run([])
    const other = new LocalRun({ ...scenario, seed: scenario.seed + 1 }, { history: ROWS })
    other.runTo(micros(untilUs))
    const keys = new Set(plain.rows.map((row) => keyText(row.key)))
    const shared = other.shards[0]!.history.last(ROWS).filter((row) => keys.has(keyText(row.key))).length
    expect(shared / keys.size).toBeLessThan(0.6)
  })
})
