import type { Command, Op, Scenario } from '../../engine/scenario/Scenario.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import type { Plain } from '../../engine/kernel/plain.ts'
import type { ChoiceParameter, Parameter, Setting } from './parameters.ts'
import { logarithmic, linear, rough, type Scale } from './scales.ts'
import type { Range } from './parameters.ts'

/** Parameters that can be changed while the run goes on, and what they are at a moment of it. */

/** Of a program, or of the model by which bodies move, which commands call `space`. */
const LIVE_PARAM = /^(?:programs\.([a-z0-9-]+)|space)\.params\.([a-zA-Z0-9]+)$/

export const isLive = (parameter: Parameter): boolean => LIVE_PARAM.test(parameter.path) && !parameter.fixed

/** The commands that set the fields on every agent at once; null where one of them only counts from the start. */
export function setOps(settings: readonly Setting[]): readonly Op[] | null {
  const ops: Op[] = []
  for (const [path, value] of settings) {
    const [, program = 'space', param] = LIVE_PARAM.exec(path) ?? []
    if (param === undefined) return null
    ops.push({ op: 'set', agent: 'all', program, param, value: value as Plain })
  }
  return ops
}

/** The scenario with what has been set on all agents up to `timeUs`: what applies at that moment. */
export function scenarioAt(scenario: Scenario, log: readonly Command[], timeUs: number): Scenario {
  const changes = log.filter((c) => c.op === 'set' && c.agent === 'all' && c.at <= timeUs)
  if (changes.length === 0) return scenario
  const programs = scenario.programs.map((program) => {
    const params = { ...program.params }
    for (const c of changes) if (c.op === 'set' && c.program === program.kind) params[c.param] = c.value
    return { ...program, params }
  })
  return { ...scenario, programs, space: spaceAt(scenario, changes) }
}

function spaceAt({ space }: Scenario, changes: readonly Command[]): Scenario['space'] {
  if (space === null) return null
  const params = { ...space.params }
  for (const c of changes) if (c.op === 'set' && c.program === 'space') params[c.param] = c.value
  return { ...space, params }
}

const composite = (kind: string): boolean => /^(mesh|ring)-of-trees$/.test(kind)

/** The choices that the scenario can take as it is: another topology may be nothing for its programs. */
export function possible(scenario: Scenario, parameter: ChoiceParameter): ChoiceParameter['options'] {
  const now = parameter.get(scenario)
  return parameter.options.filter(({ value }) => {
    if (value === now) return true
    if (parameter.path === 'topology.kind' && composite(value) !== composite(now)) return false
    return assignFields(scenario, parameter.sets(scenario, value)).ok
  })
}

/** Between a slider's 0..1 and a value of this range. */
export function rangeScale({ min, max, step, log, zero }: Range): Scale {
  if (!log) return linear(min, max, step)
  const whole = step > 0 ? (v: number) => Math.round(v / step) * step : (v: number) => v
  return logarithmic(min, max, (v) => (v < 100 ? whole(rough(v)) : whole(Number(v.toPrecision(3)))), zero)
}
