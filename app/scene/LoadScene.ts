import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../workers/protocol.ts'
import { createStems } from './gl/stems.ts'
import type { Layout } from './layout/Layout.ts'
import { SwarmScene } from './SwarmScene.ts'

/** A swarm whose agents rise with their load; each on a stem, for the links stay on the ground. */
export class LoadScene extends SwarmScene {
  constructor(info: StageInfo, scenario: Scenario, layout: Layout, labelHost: HTMLElement | null) {
    super(info, scenario, layout, labelHost)
    this.root.add(createStems(this.shared, info.agents))
  }
}
