import { auction } from './auction.ts'
import { central } from './central.ts'
import { choices } from './choices.ts'
import { delegate } from './delegate.ts'
import { hash } from './hash.ts'
import { leastLoaded } from './leastLoaded.ts'
import { predictive } from './predictive.ts'
import { random } from './random.ts'
import { roundRobin } from './roundRobin.ts'
import { knowStrategies, type Strategy } from './Strategy.ts'
import { workStealing } from './workStealing.ts'

/** Every strategy; importing this file makes them known. */
export const ALL_STRATEGIES: readonly Strategy[] = [
  ...[random, roundRobin, central, choices, leastLoaded, hash, workStealing, auction, predictive, delegate],
]
knowStrategies(ALL_STRATEGIES)
