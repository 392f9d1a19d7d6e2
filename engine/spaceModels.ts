import { emergentBehavior } from './collective/EmergentBehavior.ts'
import { ants } from './space/ants.ts'
import { couzin } from './space/couzin.ts'
import { formation } from './space/formation.ts'
import { vicsek } from './space/vicsek.ts'
import { physarum } from './space/physarum.ts'
import type { SpaceModel } from './space/SpaceModel.ts'
import { SpaceRun, spaceBytes } from './space/SpaceRun.ts'
import { knowSpaces } from './spaceRegistry.ts'

/** Every model by which bodies can move: importing this file makes them known to the thread. */
export const SPACE_MODELS: readonly SpaceModel[] = [vicsek, couzin, formation, ants, physarum]

knowSpaces({
  models: new Map(SPACE_MODELS.map((model) => [model.kind, model])),
  watcher: emergentBehavior,
  Run: SpaceRun,
  bytes: (scenario, capacity, model) => spaceBytes(scenario.space!, capacity, model, emergentBehavior),
})
