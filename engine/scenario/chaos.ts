import { log } from '../kernel/math.ts'
import { philox, STREAM, unit } from '../kernel/philox.ts'
import { advance, DISK_PROGRAMS, makeGround } from './chaosBudget.ts'
import { PURPOSE } from './chaosDraws.ts'
import { makeFault } from './chaosFaults.ts'
import { knowChaos } from './initialLog.ts'
import { LIMITS } from './limits.ts'
import { CHAOS_KINDS } from './names.ts'
import type { ChaosKind, ChaosSpec, Command, ProgramSpec, Scenario } from './Scenario.ts'

/**
 * The faults that a scenario's chaos profile makes out of its seed, in time order, to follow the scheduled ones in the
 * log. Every number is an addressed draw (fault number, purpose), so a later end of chaos changes no earlier fault. The
 * kinds are a coin toss each (Groce et al., Swarm Testing, ISSTA 2012), the times Poisson; a fault for which the budget
 * has no room is left out.
 */
export function compileChaos(scenario: Scenario): readonly Command[] {
  const { chaos, faults, seed } = scenario
  if (chaos === null) return []
  const kinds = chaosKindsOn(scenario)
  const made: Command[] = []
  if (kinds.length === 0) return made
  const ground = makeGround(scenario, chaos)
  const words = new Uint32Array(4)
  const high = Math.floor(chaos.fromUs / 4_294_967_296)
  let timeUs = chaos.fromUs
  for (let index = 0; made.length + faults.length < LIMITS.commandsMax; index++) {
    const draw = (purpose: number, nth = 0): number => {
      philox(words, seed, STREAM.chaos, index, purpose + 32 * nth, chaos.fromUs, 1 + high)
      return unit(words[0]!)
    }
    timeUs += (1_000_000 * exponential(draw(PURPOSE.gap))) / chaos.perSecond
    if (!(timeUs < chaos.toUs)) return made
    const at = Math.floor(timeUs)
    advance(ground, at)
    const kind = kindOf(chaos, kinds, draw(PURPOSE.kind))
    const fault = makeFault(scenario, ground, kind, at, durationUs(chaos, draw(PURPOSE.duration)), draw)
    if (fault !== null) made.push({ at, ...fault })
  }
  return made
}

knowChaos(compileChaos)

/** The kinds with a weight that mean something to the scenario and that its seed switched on, in their frozen order. */
export function chaosKindsOn(scenario: Scenario): readonly ChaosKind[] {
  const { chaos, seed } = scenario
  if (chaos === null) return []
  const words = new Uint32Array(4)
  return CHAOS_KINDS.filter((kind, place) => {
    philox(words, seed, STREAM.chaos, place, 0, 0, 0)
    return (chaos.weights[kind] ?? 0) > 0 && unit(words[0]!) < chaos.pick && suits(scenario, kind)
  })
}

/** Whether faults of a kind can do anything here, and nothing that the programs were never built for. */
export function suits(scenario: Scenario, kind: ChaosKind): boolean {
  switch (kind) {
    case 'disk':
      return scenario.programs.some((program) => DISK_PROGRAMS.includes(program.kind))
    case 'join':
      // A stranger in a group of fixed members would vote without being counted; and a scheduled fault that names
      // somebody who joins later must not meet another in that agent's place.
      return !scenario.programs.some(isOpenGroup) && !namesJoiners(scenario)
    case 'crash':
    case 'pause':
      return true
    case 'slow':
    case 'clock':
      return scenario.programs.length > 0
    case 'afflict':
    case 'obstacle':
    case 'wind':
      return scenario.space !== null
    case 'leave':
      return scenario.swarm.agents > 1
    default:
      return scenario.swarm.agents > 1 && scenario.programs.length > 0
  }
}

const isOpenGroup = ({ kind, on }: ProgramSpec): boolean => kind === 'raft' && (on === 'all' || on === 'leaves')

function namesJoiners({ faults, swarm }: Scenario): boolean {
  const beyond = (value: unknown): boolean =>
    typeof value === 'number' ? value >= swarm.agents : Array.isArray(value) && value.some(beyond)
  return faults.some((command) => {
    const { agent, side, from, to, a, b, src } = command as unknown as { [field: string]: unknown }
    return [agent, side, from, to, a, b, src].some(beyond)
  })
}

/** Exp(1) of a number in [0, 1). */
const exponential = (u: number): number => -log(1 - u)

function kindOf({ weights }: ChaosSpec, kinds: readonly ChaosKind[], u: number): ChaosKind {
  const total = kinds.reduce((sum, kind) => sum + weights[kind]!, 0)
  let rest = u * total
  return kinds.find((kind) => (rest -= weights[kind]!) < 0) ?? kinds[kinds.length - 1]!
}

/** A tenth of the mean, and an exponential tail of the rest. */
const durationUs = ({ meanUs }: ChaosSpec, u: number): number =>
  Math.min(LIMITS.durationUsMax, Math.max(1, Math.round(meanUs * (0.1 + 0.9 * exponential(u)))))
