import type { Scenario } from './scenario/Scenario.ts'

/** Ids left free for agents that a person adds by clicking. */
export const SPARE_IDS = 1_024

/** Ids a run can give out: agents, scheduled joins, and some for those that a person adds by clicking. */
export const capacityOf = ({ swarm, faults }: Scenario): number =>
  swarm.agents + faults.filter((c) => c.op === 'join').length + SPARE_IDS
