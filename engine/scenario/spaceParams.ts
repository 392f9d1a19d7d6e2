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
  vicsek: {},
  couzin: {},
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
