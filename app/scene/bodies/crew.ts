import type { Frame } from '../../../engine/frame/frame.ts'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { emptyPlaces, NO_DISCS, type Layout } from '../layout/Layout.ts'
import { SwarmScene } from '../SwarmScene.ts'
import { placeBody } from './pickBody.ts'
import type { World } from './world.ts'

/** Up to so many are large and bear labels: among more, only what moves between them is seen. */
const LARGE_MAX = 12

/**
 * The bodies that run programs as well, as the network's scene shows them: roles, links and messages between places
 * that move. Null where no body does.
 */
export interface Crew {
  readonly scene: SwarmScene
  /** Who bears a label. */
  readonly labelled: Int32Array
  /** Moves everybody to where they are now. */
  place(frame: Frame, phase: number, heightOf: ((x: number, y: number) => number) | null): void
}

export function createCrew(info: StageInfo, scenario: Scenario, world: World, size: number): Crew | null {
  let agents = 0
  info.programs.forEach((programs, agent) => {
    if (programs !== 0) agents = agent + 1
  })
  if (agents === 0) return null
  const members = Int32Array.from({ length: agents }, (_, agent) => agent).filter((agent) => info.programs[agent] !== 0)
  const large = members.length <= LARGE_MAX
  const majors = large ? members : new Int32Array(0)
  const radius = large ? Math.max(0.3, 0.42 * size) : Math.max(0.06, 0.45 * size)
  const layout: Layout = {
    places: emptyPlaces({ ...info, agents, capacity: agents }),
    majors,
    plates: false,
    headScale: 1,
    polar: 1,
    discs: NO_DISCS,
    ...(world.wrap ? { wrap: [world.width * world.scale, world.height * world.scale] as const } : {}),
  }
  for (const agent of members) layout.places[4 * agent + 3] = large ? -radius : radius
  const within = info.links.filter((_, i) => info.links[i - (i % 2)]! < agents && info.links[i - (i % 2) + 1]! < agents)
  const scene = new SwarmScene({ ...info, agents, links: within }, { ...scenario, height: 'none' }, layout, null, true)
  const at = new Float32Array(3)
  return {
    scene,
    labelled: majors,
    place(frame, phase, heightOf) {
      const { places } = layout
      for (let k = 0; k < members.length; k++) {
        const agent = members[k]!
        placeBody(frame.bodies!, agent, phase, world, heightOf, at)
        places[4 * agent] = at[0]!
        places[4 * agent + 1] = at[1]! + 1.9 * radius
        places[4 * agent + 2] = at[2]!
      }
      scene.movePlaces()
    },
  }
}
