import type { BodyDetail } from '../../../workers/protocol.ts'

/** More rings than these would hide the body. */
const RINGS_MAX = 3

/** How far a body perceives, by the names that models give such figures: rings for the stage, smallest first. */
export const perceives = (senses: BodyDetail['senses']): readonly number[] =>
  Object.entries(senses)
    .filter(([name, value]) => /\bradius\b/i.test(name) && typeof value === 'number' && value > 0)
    .map(([, value]) => Number(value))
    .sort((a, b) => a - b)
    .slice(0, RINGS_MAX)
