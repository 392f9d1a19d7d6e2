import type { FrameShape } from '../../engine/frame/frame.ts'
import { capacityOf } from '../../engine/capacity.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { cellsOf } from '../../engine/space/cells.ts'
import { spaceModelOf } from '../../engine/spaceRegistry.ts'

/** Transmissions kept for the picture, a shard: in a large swarm more are under way at one time. */
const flightsFor = ({ swarm }: Scenario): number => (swarm.agents > 4_096 ? 16_384 : 4_096)

/** How large the frames of a scenario are. Its space, where it has one, has been fetched. */
export function frameShape(scenario: Scenario, shards: number): FrameShape {
  const agents = capacityOf(scenario)
  const shape = { agents, shards, flightsPerShard: flightsFor(scenario) }
  if (scenario.space === null) return shape
  const { columns, rows } = cellsOf(scenario.space)
  const layers = spaceModelOf(scenario).layers.length
  return { ...shape, bodies: agents, ...(layers > 0 && { cells: layers * columns * rows }) }
}
