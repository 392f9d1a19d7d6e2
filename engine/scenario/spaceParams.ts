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
  affinity: {
    kinds: { is: 4, min: 1, max: 8, whole: true },
    spread: { is: 0.2, min: 0, max: 1 },
    affinity: { is: 1, min: 0, max: 1 },
    vision: { is: 5, min: 0, max: 1_000 },
    separation: { is: 1.5, min: 0, max: 1_000 },
    separate: { is: 1, min: 0, max: 100 },
    align: { is: 1, min: 0, max: 100 },
    cohere: { is: 1, min: 0, max: 100 },
    goal: { is: 0, min: 0, max: 100 },
    wiggle: { is: 0.1, min: 0, max: 10 },
    speed: { is: 0.3, min: 0, max: 1_000 },
    turnDegrees: { is: 12, min: 0, max: 180 },
    newTasks: { is: 0, min: 0, max: 1_000_000, whole: true },
    newTaskShare: { is: 0.3, min: 0, max: 1 },
  },
  formation: {
    shape: { is: 'vee', of: ['vee', 'column', 'line', 'circle', 'grid'] },
    spacing: { is: 4, min: 0.1, max: 1_000 },
    openDegrees: { is: 80, min: 10, max: 180 },
    files: { is: 5, min: 1, max: 1_000, whole: true },
    course: { is: 'tour', of: ['tour', 'straight', 'circle'] },
    anchorSpeed: { is: 0.4, min: 0, max: 1_000 },
    turnDegrees: { is: 0.6, min: 0, max: 90 },
    gain: { is: 0.1, min: 0, max: 1 },
    feedForward: { is: 1, min: 0, max: 1 },
    sees: { is: 'old', of: ['old', 'new'] },
    maxSpeed: { is: 1.2, min: 0, max: 1_000 },
    separation: { is: 2, min: 0, max: 1_000 },
    push: { is: 0.5, min: 0, max: 100 },
    assignment: { is: 'moveUp', of: ['moveUp', 'lastFills', 'nearest', 'fixed'] },
    noticeSteps: { is: 10, min: 0, max: 1_000_000, whole: true },
    closeEnough: { is: 0.5, min: 0, max: 1_000 },
    start: { is: 'scattered', of: ['scattered', 'formed'] },
  },
  bridge: {
    k: { is: 20, min: 0.01, max: 1_000_000 },
    n: { is: 2, min: 0, max: 8, whole: true },
    deposit: { is: 1, min: 0, max: 1_000 },
    evaporationPerSecond: { is: 0, min: 0, max: 100 },
    antsPerSecond: { is: 1, min: 0, max: 10_000 },
    crossingSeconds: { is: 20, min: 0.01, max: 100_000 },
    ratio: { is: 1, min: 1, max: 4 },
    marking: { is: 'choice', of: ['choice', 'ends'] },
  },
  ants: {
    diffusion: { is: 50, min: 0, max: 100 },
    evaporation: { is: 10, min: 0, max: 100 },
    drop: { is: 60, min: 0, max: 1_000 },
    smellsFrom: { is: 0.05, min: 0, max: 1_000 },
    smellsBelow: { is: 2, min: 0, max: 1_000_000 },
    wiggle: { is: 40, min: 1, max: 180, whole: true },
    departures: { is: 1, min: 1, max: 1_000_000, whole: true },
    nestRadius: { is: 5, min: 1, max: 1_000 },
    foodRadius: { is: 5, min: 1, max: 1_000 },
    foodMax: { is: 2, min: 1, max: 255, whole: true },
  },
  physarum: {
    sensorAngle: { is: 22.5, min: 0, max: 180 },
    rotation: { is: 45, min: 0, max: 180 },
    sensorOffset: { is: 9, min: 0, max: 1_000 },
    step: { is: 1, min: 0, max: 100 },
    deposit: { is: 5, min: 0, max: 1_000 },
    decay: { is: 0.1, min: 0, max: 1 },
  },
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
