import * as v from 'valibot'
import type { Plain } from '../kernel/plain.ts'
import { crowdProblem, stabilityProblem } from './fieldProblem.ts'
import { LIMITS } from './limits.ts'
import { suggestion } from './nearest.ts'
import type { Command, Disc, Scenario, SpaceKind, SpaceSpec } from './Scenario.ts'
import { count, show } from './show.ts'
import { detectorProblem } from './spaceFigures.ts'
import { SPACE_PARAMS } from './spaceParams.ts'
import { paramSchema } from './spaceSchema.ts'

/** What the schema cannot say of a space because it spans fields: the first problem as a sentence, or null. */
export function spaceProblem(scenario: Scenario): string | null {
  const { space } = scenario
  if (space === null) return null
  const steps = scenario.untilUs / space.stepUs
  if (steps > STEPS_MAX) return `space.stepUs: ${space.stepUs} gives more than ${count(STEPS_MAX)} steps up to untilUs`
  const cells = Math.ceil(space.width / space.cell) * Math.ceil(space.height / space.cell)
  if (cells > LIMITS.fieldCellsMax)
    return `space.cell: ${space.cell} gives ${count(cells)} cells, more than ${count(LIMITS.fieldCellsMax)}`
  for (const [i, disc] of space.obstacles.entries()) {
    const problem = discProblem(space, disc)
    if (problem !== null) return `space.obstacles[${i}].${problem}`
  }
  for (const [i, detector] of space.detectors.entries()) {
    const problem = detectorProblem(space, detector)
    if (problem !== null) return `space.detectors[${i}].${problem}`
  }
  return problemOfKind(scenario, space)
}
const STEPS_MAX = 1_000_000_000

function discProblem(space: SpaceSpec, { radius }: Disc): string | null {
  const smallest = smallestSide(space)
  return radius <= smallest / 2
    ? null
    : `radius: ${radius} is above ${smallest / 2}, half the smallest side of the world`
}

export const smallestSide = ({ width, height, depth, dimensions }: SpaceSpec): number =>
  Math.min(width, height, dimensions === 3 ? depth : width)

/** A range in which bodies sense each other: more than nothing, and at most half the world, or it would see itself. */
export const rangeProblem = (space: SpaceSpec, param: string): string | null => {
  const range = space.params[param] as number
  const most = smallestSide(space) / 2
  return range > 0 && range <= most
    ? null
    : `space.params.${param}: ${range} is outside 0..${most}, half the smallest side of the world, 0 not included`
}

/** What a model needs of its parameters and its world; whatever it can do with any it leaves out. */
const NEEDS: { readonly [K in SpaceKind]?: (scenario: Scenario, space: SpaceSpec) => string | null } = {
  boids: (_, space) => rangeProblem(space, 'vision'),
  vicsek: (_, space) => flatProblem(space) ?? rangeProblem(space, 'radius'),
  couzin: (scenario, space) => zonesProblem(space) ?? pairsProblem(scenario),
  affinity: (_, space) => affinityProblem(space),
  formation: (scenario, space) =>
    flatProblem(space) ?? rangeProblem(space, 'separation') ?? formationProblem(scenario, space),
  bridge: (_, space) => flatProblem(space) ?? bridgeProblem(space),
  ants: (scenario, space) => flatProblem(space) ?? dropProblem(scenario, space, 'drop'),
  scent: (scenario, space) => flatProblem(space) ?? rangeProblem(space, 'reach') ?? scentsProblem(scenario, space),
  physarum: (scenario, space) =>
    flatProblem(space) ?? rangeProblem(space, 'sensorOffset') ?? crowdProblem(scenario.swarm.agents, space),
  field: (scenario, space) =>
    flatProblem(space) ??
    stabilityProblem(space) ??
    dropProblem(scenario, space, 'emit') ??
    dropProblem(scenario, space, 'sourceEmit') ??
    dropProblem(scenario, space, 'puff'),
}

const flatProblem = ({ kind, dimensions }: SpaceSpec): string | null =>
  dimensions === 2 ? null : `space.dimensions: ${dimensions} is not 2, the only one that ${kind} is defined for`

/** What one cell takes in a step; space/field/field.ts states it, and a test compares. */
export const DEPOSIT_CELL_MAX = 524_287
/** Every body that there can be may drop at the same place in the same step, where `others` may drop as well. */
function dropProblem({ swarm, faults }: Scenario, { params }: SpaceSpec, param: string, others = 0): string | null {
  const joins = faults.filter(({ op }) => op === 'join').length + LIMITS.joinsReserve
  const most = Math.floor((DEPOSIT_CELL_MAX - others) / (swarm.agents + joins))
  const drop = params[param] as number
  return drop <= most ? null : `space.params.${param}: ${drop} is above ${most}, what so many bodies may drop in a step`
}

/** A task smells at most 2 · 3 times as strong as a mean one that can wait. */
function scentsProblem(scenario: Scenario, space: SpaceSpec): string | null {
  const { slots, strength } = space.params as { readonly [name: string]: number }
  return dropProblem(scenario, space, 'falseScent', 6 * slots! * strength!)
}

/**
 * An arm that spans .6 of the width and is at most .84 of the height high is at least as long as two straight lines
 * over that top, so that a ratio up to theirs has room; space/stigmergy/bridgeShape.ts draws it.
 */
function bridgeProblem({ width, height, params }: SpaceSpec): string | null {
  const rise = (2 * 0.84 * height) / (0.6 * width)
  const most = Math.floor(100 * Math.sqrt(1 + rise * rise)) / 100
  const ratio = params.ratio as number
  return ratio <= most ? null : `space.params.ratio: ${ratio} is above ${most}, for which this world has room`
}

/** The widest of three zones, each round the one before, is a range like any other. */
function zonesProblem(space: SpaceSpec): string | null {
  const { repulsionRadius, orientationWidth, attractionWidth } = space.params as { readonly [name: string]: number }
  const attraction = repulsionRadius! + orientationWidth! + attractionWidth!
  const problem = rangeProblem({ ...space, params: { attraction } }, 'attraction')
  if (problem !== null)
    return problem.replace('params.attraction:', 'params.attractionWidth: all three zones together,')
  return rangeProblem(space, 'repulsionRadius')
}

/** Everybody looks at everybody there: a step of so many takes half a second. */
const PAIRED_MAX = 10_000
function pairsProblem({ swarm, space }: Scenario): string | null {
  return swarm.agents <= PAIRED_MAX
    ? null
    : `swarm.agents: ${count(swarm.agents)} is above ${count(PAIRED_MAX)}, as many as ${space!.kind} looks at in pairs`
}

function affinityProblem(space: SpaceSpec): string | null {
  const { vision, separation } = space.params as { readonly [name: string]: number }
  const problem = rangeProblem(space, 'vision')
  if (problem !== null || separation! <= vision!) return problem
  return `space.params.separation: ${separation} is above vision ${vision}, beyond which nobody is seen`
}

/** Who finds a place is worked out body by body, and for all places at the start. */
const FORMATION_MAX = 10_000
function formationProblem({ swarm }: Scenario, { params, edges }: SpaceSpec): string | null {
  if (swarm.agents > FORMATION_MAX)
    return `swarm.agents: ${count(swarm.agents)} is above ${count(FORMATION_MAX)}, the most that one formation holds`
  return params['course'] === 'straight' && edges === 'walls'
    ? 'space.params.course: "straight" ends at a wall; take space.edges wrap, or "tour" or "circle"'
    : null
}

const problemOfKind = (scenario: Scenario, space: SpaceSpec): string | null =>
  NEEDS[space.kind]?.(scenario, space) ?? null

/** Why `param` of the model cannot become `value` during a run; null where it can. */
export function spaceParamProblem(scenario: Scenario, param: string, value: Plain): string | null {
  const space = scenario.space!
  const rules = SPACE_PARAMS[space.kind]
  const names = Object.keys(rules)
  const rule = rules[param]
  if (rule === undefined) return `param: "${param}" is not one of ${names.join(', ')}${suggestion(param, names)}`
  const result = v.safeParse(paramSchema(rule), value, { abortEarly: true, abortPipeEarly: true })
  if (!result.success) return `value: ${show(value)} ${result.issues[0].message}`
  const changed = { ...space, params: { ...space.params, [param]: value } }
  const problem = problemOfKind({ ...scenario, space: changed }, changed)
  return problem === null ? null : problem.replace(/^space\.params\.\w+/, 'value')
}

export function spaceCommandProblem(
  { space }: Scenario,
  command: Extract<Command, { op: 'afflict' | 'obstacle' | 'wind' }>,
  agents: number,
): string | null {
  if (space === null) return `op: "${command.op}" needs a scenario with a space`
  if (command.op === 'wind') return null
  if (command.op === 'obstacle') return within(discProblem(space, command.disc), 'disc')
  const { whom } = command
  if ('disc' in whom) return within(discProblem(space, whom.disc), 'whom.disc')
  if ('share' in whom) return null
  const missing = whom.agents.find((id) => id >= agents)
  return missing === undefined ? null : `whom.agents: agent ${missing} is outside 0..${agents - 1} at that time`
}

const within = (problem: string | null, path: string): string | null => (problem === null ? null : `${path}.${problem}`)
