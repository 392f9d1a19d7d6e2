import * as v from 'valibot'
import type { Plain } from '../kernel/plain.ts'
import { suggestion } from './nearest.ts'
import { programSchema } from './programSchemas.ts'
import type { Scenario } from './Scenario.ts'
import { show } from './show.ts'

/** Parameters that tables are built from at the start; changed later they would mean nothing. */
const FIXED = ['servers', 'bugs', 'machine']

/** Why `param` of the scenario's program `kind` cannot become `value` during a run; null where it can. */
export function paramProblem(scenario: Scenario, kind: string, param: string, value: Plain): string | null {
  const program = scenario.programs.find((other) => other.kind === kind)!
  const names = Object.keys(program.params).filter((name) => !FIXED.includes(name))
  if (!names.includes(param)) return `param: "${param}" is not one of ${names.join(', ')}${suggestion(param, names)}`
  const changed = { ...program, params: { ...program.params, [param]: value } }
  const result = v.safeParse(programSchema, changed, { abortEarly: true, abortPipeEarly: true })
  if (result.success) return null
  const { message } = result.issues[0]
  return message.startsWith('!') ? `value: ${message.slice(1)}` : `value: ${show(value)} ${message}`
}
