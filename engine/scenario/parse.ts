import * as v from 'valibot'
import { fail, ok, type Result } from '../kernel/result.ts'
import { commandSchema } from './commandSchema.ts'
import { list } from './fields.ts'
import { LIMITS } from './limits.ts'
import { migrate } from './migrations.ts'
import { checksFor, withServers } from './implied.ts'
import { plainInput } from './plainInput.ts'
import { afterSet, logProblem, referenceProblem } from './references.ts'
import { relationProblem } from './relations.ts'
import { initialLog } from './initialLog.ts'
import type { Command, Scenario } from './Scenario.ts'
import { scenarioSchema } from './schema.ts'
import { count, pathText, show } from './show.ts'

/**
 * The only door for scenarios from outside: files, links, `--set`, the page. The result is complete (defaults filled),
 * shares nothing with `input`, and its commands keep the order they are written in (their place names the events they
 * cause). Errors are one sentence: field, value, bound.
 */
export function parseScenario(input: unknown): Result<Scenario> {
  const plain = plainInput(input)
  if (!plain.ok) return plain
  const document = plain.value
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return fail(`scenario: ${show(document)} is not an object`)
  const current = migrate(document as { [field: string]: unknown })
  if (!current.ok) return current
  const checked = check(scenarioSchema, current.value)
  if (!checked.ok) return checked
  const { faults } = checked.value
  const checks = 'checks' in document ? checked.value.checks : checksFor(checked.value)
  const scenario: Scenario = { ...checked.value, checks }
  const problem = relationProblem(scenario) ?? logProblem(scenario, faults)
  return problem === null ? ok(withServers(scenario)) : fail(problem)
}

/** A scenario file's text. */
export function parseScenarioText(text: string): Result<Scenario> {
  const json = parseJson(text, 'scenario')
  return json.ok ? parseScenario(json.value) : json
}

/** One command for `scenario`, to be appended after `log`. */
export function parseCommand(
  input: unknown,
  scenario: Scenario,
  log: readonly Command[] = initialLog(scenario),
): Result<Command> {
  const plain = plainInput(input)
  if (!plain.ok) return plain
  const checked = check(commandSchema, plain.value, 'command')
  if (!checked.ok) return checked
  if (log.length >= LIMITS.commandsMax) return fail(`command: the log already holds the ${LIMITS.commandsMax} allowed`)
  const before = log.filter(({ at }) => at <= checked.value.at).sort((a, b) => a.at - b.at)
  const joined = before.filter(({ op }) => op === 'join').length
  const now = before.reduce(afterSet, scenario)
  const problem = referenceProblem(now, checked.value, scenario.swarm.agents + joined)
  return problem === null ? ok(checked.value) : fail(problem)
}

/**
 * A whole command log for `scenario` (a fault file, a link, an edited timeline). The order is kept as it is: a
 * command's
 * place names the events it causes, so a click added later must not shift the schedule behind it.
 */
export function parseLog(input: unknown, scenario: Scenario, path = 'faults'): Result<readonly Command[]> {
  const plain = plainInput(input)
  if (!plain.ok) return plain
  const checked = check(logSchema, plain.value, path)
  if (!checked.ok) return checked
  const problem = logProblem(scenario, checked.value, path)
  return problem === null ? ok(checked.value) : fail(problem)
}
const logSchema = list(commandSchema, LIMITS.commandsMax)

/** JSON with a bound, and an error that does not quote the engine's own wording. */
export function parseJson(text: string, what: string): Result<unknown> {
  if (text.length > LIMITS.scenarioBytesMax)
    return fail(`${what}: ${count(text.length)} characters are above the ${count(LIMITS.scenarioBytesMax)} allowed`)
  try {
    return ok(JSON.parse(text))
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1]
    return fail(`${what}: not valid JSON${at === undefined ? '' : `, from character ${at} on`}`)
  }
}

/** Runs a schema; its first issue becomes `path: value message`. */
function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, root?: string): Result<T> {
  const result = v.safeParse(schema, value, { abortEarly: true, abortPipeEarly: true })
  if (result.success) return ok(result.output)
  const issue = result.issues[0]
  const keys = (issue.path ?? []).map(({ key }) => key as string | number)
  const path = pathText(root === undefined ? byKind(keys, value) : keys[0] === undefined ? [root] : [root, ...keys])
  if (issue.message.startsWith('!')) return fail(`${path}: ${issue.message.slice(1)}`)
  return fail(`${path}: ${show(issue.input)} ${issue.message}`)
}

/** `programs[0].params` as people and `--set` write it: `programs.raft.params`. */
function byKind(keys: readonly (string | number)[], document: unknown): (string | number)[] {
  const [field, index, ...rest] = keys
  if (field !== 'programs' || typeof index !== 'number' || rest.length === 0) return [...keys]
  const kind = (document as { programs: { kind?: unknown }[] }).programs[index]?.kind
  return typeof kind === 'string' && rest[0] !== 'kind' ? [field, kind, ...rest] : [...keys]
}
