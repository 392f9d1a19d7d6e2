import { chooseLeast } from './least.ts'
import type { Strategy } from './Strategy.ts'

/** Any open worker, all alike. */
export const random: Strategy = { word: 'random', loadOf: () => 0, choose: chooseLeast }
