import type { PRESETS } from '../../engine/scenario/presets/index.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { oneWayUs, REGIONS } from '../../engine/net/regions.ts'

export type Preset = (typeof PRESETS)[number]

let loaded: Promise<readonly Preset[]> | null = null
/** The built-in scenarios; loaded beside the first picture, not before it. */
export const presets = (): Promise<readonly Preset[]> =>
  (loaded ??= import('../../engine/scenario/presets/index.ts').then((m) => m.PRESETS))

export const presetOf = async (scenario: Scenario): Promise<Preset | null> =>
  (await presets()).find((p) => p.scenario.name === scenario.name) ?? null

/** Distance between two groups by name of region, µs one way; undefined where they are not regions. */
export function groupDistanceOf(names: readonly string[]): ((a: number, b: number) => number) | undefined {
  const rows = names.map((name) => (REGIONS as readonly string[]).indexOf(name))
  if (rows.length < 2 || rows.some((row) => row < 0)) return undefined
  return (a, b) => (a === b ? 0 : oneWayUs(rows[a]!, rows[b]!))
}
