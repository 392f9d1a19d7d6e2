import { capacityOf } from './Plan.ts'
import { assert } from './kernel/assert.ts'
import { obstaclesAt, windAt } from './scenario/spaceAt.ts'
import type { Scenario, SpaceKind } from './scenario/Scenario.ts'
import type { SpaceModel, Watcher } from './space/SpaceModel.ts'
import type { SpaceRun, Weather } from './space/SpaceRun.ts'

/** The models of space/ and what runs them: fetched when a scenario has a space, as programs are. */
export interface SpaceKit {
  readonly models: ReadonlyMap<SpaceKind, SpaceModel>
  readonly watcher: Watcher
  readonly Run: typeof SpaceRun
  bytes(scenario: Scenario, capacity: number, model: SpaceModel): number
}

let kit: SpaceKit | null = null
export function knowSpaces(known: SpaceKit): void {
  kit = known
}
export const knowsSpaces = (): boolean => kit !== null

const weather: Weather = { obstaclesAt, windAt }

function kitFor({ space }: Scenario): readonly [SpaceKit, SpaceModel] {
  assert(kit !== null && space !== null, 'spaces were fetched before')
  const model = kit.models.get(space.kind)
  assert(model !== undefined, `there is a model ${space.kind}`)
  return [kit, model]
}

/** Bytes of shared memory that the scenario's space takes; 0 where it has none. */
export function spaceMemoryBytes(scenario: Scenario): number {
  if (scenario.space === null) return 0
  const [{ bytes }, model] = kitFor(scenario)
  return bytes(scenario, capacityOf(scenario), model)
}

export const spaceModelOf = (scenario: Scenario): SpaceModel => kitFor(scenario)[1]

/** @param memory `spaceMemoryBytes(scenario)` zero-filled bytes that all workers of the run share. */
export function makeSpace(scenario: Scenario, memory: ArrayBufferLike): SpaceRun {
  const [{ Run, watcher }, model] = kitFor(scenario)
  return new Run(scenario, capacityOf(scenario), model, watcher, memory, weather)
}
