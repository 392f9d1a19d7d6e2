import { fail, ok, type Result } from '../kernel/result.ts'
import { CHAOS_KINDS } from './names.ts'
import { suggestion } from './nearest.ts'
import type { ChaosKind, ChaosSpec, Scenario } from './Scenario.ts'
import { clean } from './show.ts'

/** A kind of trouble by name: what goes wrong, how often over a run, and for how long each time. */
export interface ChaosProfile {
  /** kebab-case: what `--chaos` takes. */
  readonly name: string
  readonly title: string
  /** One sentence. */
  readonly what: string
  readonly weights: { readonly [K in ChaosKind]?: number }
  readonly pick: number
  /** Mean number of faults over the time in which there are any. */
  readonly faults: number
  /** Mean duration of one as a share of that time. */
  readonly share: number
}

const even = (...kinds: readonly ChaosKind[]): ChaosProfile['weights'] =>
  Object.fromEntries(kinds.map((kind) => [kind, 1]))

/** From the mildest on. */
export const CHAOS_PROFILES: readonly ChaosProfile[] = [
  {
    name: 'calm',
    title: 'Calm',
    what: 'Hardly anything: now and then somebody pauses or is slow, or messages are late.',
    ...{ weights: even('pause', 'slow', 'delay'), pick: 1, faults: 3, share: 0.06 },
  },
  {
    name: 'flaky-network',
    title: 'Flaky network',
    what: 'Messages are late, lost, doubled, damaged or overtaken; everybody stays up.',
    ...{ weights: { delay: 2, lose: 3, duplicate: 1, reorder: 2, corrupt: 1 }, pick: 1, faults: 10, share: 0.12 },
  },
  {
    name: 'crashes',
    title: 'Crashes',
    what: 'Agents crash and come back with what they had on disk.',
    ...{ weights: { crash: 3, pause: 1 }, pick: 1, faults: 8, share: 0.15 },
  },
  {
    name: 'partitions',
    title: 'Partitions',
    what: 'Parts of the swarm are cut off, both ways or one way, and joined again.',
    ...{ weights: { partition: 3, cut: 2 }, pick: 1, faults: 7, share: 0.15 },
  },
  {
    name: 'slow-disks',
    title: 'Slow disks',
    what: 'Disks take many times longer, and some agents are slow or crash meanwhile.',
    ...{ weights: { disk: 4, slow: 1, crash: 1 }, pick: 1, faults: 8, share: 0.2 },
  },
  {
    name: 'wrong-clocks',
    title: 'Wrong clocks',
    what: 'Clocks jump and run fast or slow.',
    ...{ weights: { clock: 1 }, pick: 1, faults: 8, share: 0.2 },
  },
  {
    name: 'comings-and-goings',
    title: 'Comings and goings',
    what: 'Agents join and leave for good, and a few crash.',
    ...{ weights: { join: 3, leave: 3, crash: 1 }, pick: 1, faults: 10, share: 0.12 },
  },
  {
    name: 'rough-ground',
    title: 'Rough ground',
    what: 'For swarms that move: bodies fail or lose their senses, obstacles drop, winds blow.',
    ...{ weights: { afflict: 4, obstacle: 2, wind: 1 }, pick: 1, faults: 8, share: 0.15 },
  },
  {
    name: 'everything',
    title: 'Everything',
    what: 'Every kind of fault; the seed switches about half of the kinds on, so that each run is bad in its own way.',
    ...{ weights: even(...CHAOS_KINDS), pick: 0.5, faults: 16, share: 0.12 },
  },
]

/** Faults begin after a tenth of a run, and the last quarter shows whether the swarm recovers. */
const FROM = 0.1
const TO = 0.75

/** The profile for a scenario of its length. */
export function chaosOf({ weights, pick, faults, share }: ChaosProfile, { untilUs }: Scenario): ChaosSpec {
  const fromUs = Math.min(DAY_US, Math.floor(FROM * untilUs))
  const toUs = Math.max(fromUs + 1, Math.min(DAY_US, Math.floor(TO * untilUs)))
  const perSecond = Math.min(1_000, twoDigits((faults * 1_000_000) / (toUs - fromUs)))
  const meanUs = Math.max(1, Math.round(share * (toUs - fromUs)))
  return { weights, pick, perSecond, fromUs, toUs, meanUs, budget: 'tolerated' }
}
const DAY_US = 86_400_000_000

/** To two significant digits. */
function twoDigits(x: number): number {
  let scale = 1
  while (x * scale < 10 && scale < 1e12) scale *= 10
  return Math.round(x * scale) / scale
}

/** The chaos of that name for a scenario; `none` is none. */
export function chaosNamed(name: string, scenario: Scenario): Result<ChaosSpec | null> {
  if (name === 'none') return ok(null)
  const profile = CHAOS_PROFILES.find((other) => other.name === name)
  if (profile !== undefined) return ok(chaosOf(profile, scenario))
  const names = ['none', ...CHAOS_PROFILES.map((other) => other.name)]
  return fail(`--chaos: "${clean(name)}" is not one of ${names.join(', ')}${suggestion(name, names)}`)
}

/** The named profile that a chaos field is, whatever its rate and times; null where somebody made their own. */
export const profileOf = (chaos: ChaosSpec): ChaosProfile | null =>
  CHAOS_PROFILES.find(
    ({ weights, pick }) =>
      pick === chaos.pick && CHAOS_KINDS.every((kind) => (weights[kind] ?? 0) === (chaos.weights[kind] ?? 0)),
  ) ?? null
