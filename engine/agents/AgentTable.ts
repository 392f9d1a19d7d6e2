import type { AgentId } from '../kernel/units.ts'
import type { AgentState } from './agentState.ts'

/** The agents of one shard by id: a Map whose look-up is an index, because every event makes one. */
export class AgentTable {
  private readonly rows: (AgentState | undefined)[]

  constructor(capacity: number) {
    this.rows = new Array<AgentState | undefined>(capacity).fill(undefined)
  }

  get(id: AgentId): AgentState | undefined {
    return this.rows[id]
  }

  set(id: AgentId, agent: AgentState): void {
    this.rows[id] = agent
  }

  delete(id: AgentId): void {
    this.rows[id] = undefined
  }

  clear(): void {
    this.rows.fill(undefined)
  }

  /** In the order of ids. */
  *values(): Generator<AgentState> {
    for (const agent of this.rows) if (agent !== undefined) yield agent
  }

  /** [id, agent] in the order of ids. */
  *[Symbol.iterator](): Generator<[AgentId, AgentState]> {
    for (const agent of this.values()) yield [agent.id, agent]
  }
}
