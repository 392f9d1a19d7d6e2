import { chooseLeast } from './least.ts'
import type { Strategy } from './Strategy.ts'

/** Tasks are put down at any open worker; workers that run idle take from others (see stealing.ts). */
export const workStealing: Strategy = { word: 'work-stealing', loadOf: () => 0, choose: chooseLeast }
