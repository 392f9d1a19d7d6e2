import { capacityOf } from './capacity.ts'
import { assert } from './kernel/assert.ts'
import { obstaclesAt, windAt } from './scenario/spaceAt.ts'
import type { Scenario, SpaceKind } from './scenario/Scenario.ts'
import type { SpaceModel, Watcher } from './space/SpaceModel.ts'
import type { SpaceRun, Weather } from './space/SpaceRun.ts'
import type { World } from './World.ts'

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

/**
 * The space of one shard at time 0; null where the scenario has none. Gives `world` the places of bodies.
 * @param memory `spaceMemoryBytes(scenario)` zero-filled bytes that all shards of the run share; a single one may do
 *   without.
 */
export function openSpace(
  scenario: Scenario,
  world: World,
  shards: number,
  memory: ArrayBufferLike | undefined,
): SpaceRun | null {
  if (scenario.space === null) return null
  assert(memory !== undefined || shards === 1, 'shards of one run share the columns of its space')
  const [{ Run, watcher }, model] = kitFor(scenario)
  const columns = memory ?? new ArrayBuffer(spaceMemoryBytes(scenario))
  const space = new Run(scenario, capacityOf(scenario), model, watcher, columns, weather)
  const { width, height, depth, edges } = scenario.space
  world.bodies.places = { position: space.position, width, height, depth, wraps: edges === 'wrap' }
  space.begin(world)
  return space
}
