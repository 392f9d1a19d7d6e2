import type { SpaceKind, SpaceSpec } from './Scenario.ts'

/** A parameter of a space model: a number in bounds, true or false, or one of some words. `is` is the default. */
export type ParamRule =
  | { readonly is: number; readonly min: number; readonly max: number; readonly whole?: true }
  | { readonly is: boolean }
  | { readonly is: string; readonly of: readonly string[] }
export type ParamRules = { readonly [name: string]: ParamRule }

/** Lengths in world units, angles in degrees unless the name says Rad, rates a step unless the name says otherwise. */
export const SPACE_PARAMS: { readonly [K in SpaceKind]: ParamRules } = {
  boids: {},
  vicsek: {
    radius: { is: 1, min: 0, max: 1_000 },
    speed: { is: 0.03, min: 0, max: 1_000 },
    noiseRad: { is: 1, min: 0, max: 6.283_185_307_179_586 },
    movesWith: { is: 'old', of: ['old', 'new'] },
    hearsAll: { is: false },
  },
  couzin: {
    repulsionRadius: { is: 1, min: 0, max: 1_000 },
    orientationWidth: { is: 1, min: 0, max: 1_000 },
    attractionWidth: { is: 14, min: 0, max: 1_000 },
    fieldOfView: { is: 270, min: 0, max: 360 },
    turnPerSecond: { is: 40, min: 0, max: 36_000 },
    speedPerSecond: { is: 3, min: 0, max: 1_000 },
    noiseRad: { is: 0.05, min: 0, max: 3 },
    sums: { is: 'unit', of: ['unit', 'raw'] },
    startRadius: { is: 8, min: 0, max: 1_000 },
    lookAhead: { is: 5, min: 0, max: 1_000 },
  },
  affinity: {},
  formation: {},
  bridge: {},
  ants: {},
  physarum: {},
  scent: {},
  field: {},
}
export const SPACE_KINDS = Object.keys(SPACE_PARAMS) as readonly SpaceKind[]

/** What a field of `space` means where it is left out; `params` by kind from the table above. */
export const SPACE_DEFAULTS = {
  dimensions: 2,
  width: 100,
  height: 100,
  depth: 100,
  edges: 'wrap',
  cell: 1,
  stepUs: 50_000,
  measureEvery: 10,
  obstacles: [],
  detectors: [],
} as const satisfies Omit<SpaceSpec, 'kind' | 'params'>

export const paramDefaults = (kind: SpaceKind): { readonly [name: string]: number | boolean | string } =>
  Object.fromEntries(Object.entries(SPACE_PARAMS[kind]).map(([name, rule]) => [name, rule.is]))
