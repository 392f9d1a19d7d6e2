import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../workers/protocol.ts'
import { columnTop } from './AgentState.ts'
import { createStems } from './gl/stems.ts'
import type { Layout } from './layout/Layout.ts'
import type { StageBounds } from './StageScene.ts'
import { SwarmScene } from './SwarmScene.ts'

/** How high the camera expects agents that are no heads to rise, of full load: few ever bear that much. */
const EXPECTED_LOAD = 0.7

/** A swarm whose agents rise with their load; each on a stem, for the links stay on the ground. */
export class LoadScene extends SwarmScene {
  constructor(info: StageInfo, scenario: Scenario, layout: Layout, labelHost: HTMLElement | null) {
    super(info, scenario, layout, labelHost)
    this.root.add(createStems(this.shared, info.agents))
  }

  /** The others rise as the heads do. */
  override get bounds(): StageBounds {
    const { points, ...oblique } = super.bounds
    const { places, majors, headScale } = this.layout
    const tops: number[] = []
    if (majors.length > 0 && majors.length < this.info.agents)
      for (let agent = 0; agent < this.info.agents; agent++) {
        const [x, y, z, radius] = places.subarray(4 * agent, 4 * agent + 4) as unknown as [
          number,
          number,
          number,
          number,
        ]
        if (radius <= 0) continue
        const top = y + EXPECTED_LOAD * columnTop('load') * headScale
        tops.push(x - radius, top, z, x + radius, top, z)
      }
    return { points: Float32Array.of(...points, ...tops), ...oblique }
  }
}
