import * as v from 'valibot'
import { choice, durationUs, fields, flag, list, object, published, real, whole, word } from './fields.ts'
import { LIMITS } from './limits.ts'
import { DETECTOR_KINDS } from './names.ts'
import { SPACE_DEFAULTS, SPACE_KINDS, SPACE_PARAMS, type ParamRule } from './spaceParams.ts'
import type { SpaceKind } from './Scenario.ts'

const { worldSideMax } = LIMITS
const place = () => real(-worldSideMax, worldSideMax)
/** A radius is at most the world; relations.ts knows how large that is. */
export const disc = () =>
  object({ x: place(), y: place(), z: v.exactOptional(place()), radius: real(Number.MIN_VALUE, worldSideMax) })

export const paramSchema = (rule: ParamRule) => {
  if (typeof rule.is === 'boolean') return flag()
  if ('of' in rule) return word(rule.of)
  const { min, max, whole: isWhole } = rule as Extract<ParamRule, { min: number }>
  return isWhole ? whole(min, max) : real(min, max)
}

const params = (kind: SpaceKind) =>
  object(
    Object.fromEntries(
      Object.entries(SPACE_PARAMS[kind]).map(([name, rule]) => [name, v.optional(paramSchema(rule) as any, rule.is)]),
    ),
  )

/** A figure of the measurements: one of spaceFigures.ts, which spaceRelations.ts looks up. */
const figure = () =>
  v.pipe(
    v.string('is not a text'),
    v.check((text) => /^[a-z][A-Za-z0-9]{0,39}$/.test(text), 'is not a name in camelCase'),
    published({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' }),
  )
const detector = object({
  kind: word(DETECTOR_KINDS),
  threshold: real(0, 1_000_000),
  forUs: v.optional(durationUs(0), 0),
  of: v.exactOptional(figure()),
})
const side = (normal: number) => v.optional(real(Number.MIN_VALUE, worldSideMax), normal)

const option = (kind: SpaceKind) =>
  fields({
    kind: v.literal(kind),
    params: v.optional(params(kind), () => ({})),
    dimensions: v.optional(v.picklist([2, 3], 'is not 2 or 3'), SPACE_DEFAULTS.dimensions),
    width: side(SPACE_DEFAULTS.width),
    height: side(SPACE_DEFAULTS.height),
    depth: side(SPACE_DEFAULTS.depth),
    edges: v.optional(word(['wrap', 'walls']), SPACE_DEFAULTS.edges),
    cell: side(SPACE_DEFAULTS.cell),
    stepUs: v.optional(durationUs(), SPACE_DEFAULTS.stepUs),
    measureEvery: v.optional(whole(0, 1_000_000), SPACE_DEFAULTS.measureEvery),
    obstacles: v.optional(list(disc(), LIMITS.obstaclesMax), () => []),
    detectors: v.optional(list(detector, LIMITS.detectorsMax), () => []),
  })

export const spaceSchema = choice('kind', SPACE_KINDS.map(option))
