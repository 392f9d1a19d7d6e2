import { emergentBehavior } from './collective/EmergentBehavior.ts'
import { affinity } from './space/flocking/affinity.ts'
import { ants } from './space/stigmergy/ants.ts'
import { boids } from './space/flocking/boids.ts'
import { bridge } from './space/stigmergy/bridge.ts'
import { couzin } from './space/flocking/couzin.ts'
import { formation } from './space/flocking/formation.ts'
import { vicsek } from './space/flocking/vicsek.ts'
import { pheromoneField } from './space/field/pheromoneField.ts'
import { physarum } from './space/stigmergy/physarum.ts'
import { scent } from './space/stigmergy/scent.ts'
import type { SpaceModel } from './space/SpaceModel.ts'
import { SpaceRun, spaceBytes } from './space/SpaceRun.ts'
import { knowSpaces } from './spaceRegistry.ts'

/** Every model by which bodies can move: importing this file makes them known to the thread. */
export const SPACE_MODELS: readonly SpaceModel[] = [
  boids,
  vicsek,
  couzin,
  affinity,
  formation,
  bridge,
  ants,
  pheromoneField,
  physarum,
  scent,
]

knowSpaces({
  models: new Map(SPACE_MODELS.map((model) => [model.kind, model])),
  watcher: emergentBehavior,
  Run: SpaceRun,
  bytes: (scenario, capacity, model) => spaceBytes(scenario.space!, capacity, model, emergentBehavior),
})
