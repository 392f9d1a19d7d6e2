import { equal, shorten } from './diff.ts'
import './chaos.ts'
import { initialLog } from './initialLog.ts'
import type { Document } from './paths.ts'
import type { Command, Scenario } from './Scenario.ts'

/**
 * A scenario whose run begins with `log`: everything that was done becomes its schedule, in the same order (a command's
 * place names the events it causes). Where `log` is what it begins with anyway, chaos stays a profile; otherwise the
 * entries that it drew are in `log`, and it would draw them twice.
 */
export const withLog = (scenario: Scenario, log: readonly Command[]): Scenario =>
  equal(log, initialLog(scenario)) ? scenario : { ...scenario, faults: log, chaos: null }

/** The shortest document that parses to `withLog(scenario, log)`; its version is written, for later labs. */
export function scenarioDocument(scenario: Scenario, log: readonly Command[]): Document {
  const full = withLog(scenario, log)
  const faults = full.faults.length === 0 ? {} : { faults: full.faults }
  return { version: scenario.version, ...shorten(full), ...faults }
}

/** The same as the text of a file. */
export const scenarioFile = (scenario: Scenario, log: readonly Command[]): string =>
  `${prettyJson(scenarioDocument(scenario, log))}\n`

/** JSON as people write it: what fits into a line stands on one. */
export function prettyJson(value: unknown, indent = '', room = 100): string {
  const short = JSON.stringify(value).replace(/\{\}|[{}:,]|"(?:[^"\\]|\\.)*"/g, (token) => SPACED[token] ?? token)
  if (typeof value !== 'object' || value === null || (indent !== '' && short.length <= room)) return short
  const deeper = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((item) => prettyJson(item, deeper, room - 2))
    : Object.entries(value).map(([key, item]) => {
        const name = `${JSON.stringify(key)}: `
        return name + prettyJson(item, deeper, room - 2 - name.length)
      })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return lines.length === 0
    ? `${open}${close}`
    : `${open}\n${lines.map((line) => deeper + line).join(',\n')}\n${indent}${close}`
}
const SPACED: { readonly [token: string]: string } = { '{': '{ ', '}': ' }', ':': ': ', ',': ', ' }
