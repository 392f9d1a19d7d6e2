import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fail, ok, type Result } from '../../engine/kernel/result.ts'
import { decodeLink } from '../../engine/scenario/link.ts'
import { LIMITS } from '../../engine/scenario/limits.ts'
import { parseJson, parseLog, parseScenarioText } from '../../engine/scenario/parse.ts'
import { nearest } from '../../engine/scenario/nearest.ts'
import { PRESETS, presetNamed } from '../../engine/scenario/presets/index.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import { setFields } from '../../engine/scenario/set.ts'
import { inflateRaw } from '../shared/compress.ts'

/** What the user got wrong: one line on stderr, exit 2. */
export class InputError extends Error {}

const OPTIONS = {
  json: { type: 'boolean' },
  quick: { type: 'boolean' },
  write: { type: 'boolean' },
  seed: { type: 'string' },
  until: { type: 'string' },
  workers: { type: 'string' },
  set: { type: 'string', multiple: true },
  faults: { type: 'string' },
  trace: { type: 'string' },
  history: { type: 'string' },
  codec: { type: 'string' },
} as const

export function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true })
  } catch (error) {
    throw new InputError((error as Error).message.split('\n')[0]!)
  }
}
export type Flags = ReturnType<typeof parseFlags>['values']

/** A scenario as the command line asks for it, and when to stop. */
export interface Request {
  readonly scenario: Scenario
  /** Scheduled faults and everything a link brought along. */
  readonly log: readonly Command[]
  readonly untilUs: number
  readonly workers: number
  /** From a link: what the digest was where it was made. */
  readonly expected: { readonly timeUs: number; readonly value: string; readonly rulesVersion: number } | null
}

/** Throws InputError with one sentence: what, where, which bound. */
export async function readRequest(name: string | undefined, flags: Flags): Promise<Request> {
  if (name === undefined) throw new InputError('scenario: missing; give a name, a file, a link or its code')
  const base = await readScenario(name)
  let scenario = base.scenario
  if (flags.seed !== undefined) scenario = orThrow(setFields(scenario, [`seed=${flags.seed}`]))
  if (flags.set !== undefined) scenario = orThrow(setFields(scenario, flags.set))
  let { log } = base
  if (log === null || scenario !== base.scenario) log = initialLog(scenario)
  if (flags.faults !== undefined) log = orThrow(readFaults(flags.faults, scenario))
  // A link is run to the moment it shows, where its digest was taken.
  const shown = base.timeUs > 0 ? base.timeUs : scenario.untilUs
  const untilUs = flags.until === undefined ? shown : orThrow(parseDuration('--until', flags.until))
  return {
    scenario: { ...scenario, faults: log, chaos: null },
    log,
    untilUs,
    workers: readWorkers(flags.workers),
    expected: base.expected,
  }
}

interface Read {
  readonly scenario: Scenario
  readonly log: readonly Command[] | null
  readonly timeUs: number
  readonly expected: Request['expected']
}

async function readScenario(name: string): Promise<Read> {
  const preset = presetNamed(name)
  if (preset !== undefined) return { scenario: preset.scenario, log: null, timeUs: 0, expected: null }
  if (name.endsWith('.json'))
    return { scenario: orThrow(parseScenarioText(readText(name))), log: null, timeUs: 0, expected: null }
  if (name.includes('s=') || /^\d+\./.test(name)) {
    const link = orThrow(await decodeLink(name, inflateRaw))
    const { scenario, log, timeUs, digest, rulesVersion } = link
    return { scenario, log, timeUs, expected: digest === null ? null : { ...digest, rulesVersion } }
  }
  const names = PRESETS.map((p) => p.scenario.name)
  const close = nearest(name, names)
  throw new InputError(
    `scenario: "${name}" is not one of ${names.join(', ')}${close === null ? '' : `; did you mean ${close}?`}`,
  )
}

function readText(path: string): string {
  try {
    const text = readFileSync(path, 'utf8')
    if (text.length > LIMITS.scenarioBytesMax)
      throw new InputError(`${path}: ${text.length} characters are above the ${LIMITS.scenarioBytesMax} allowed`)
    return text
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

function readFaults(path: string, scenario: Scenario): Result<readonly Command[]> {
  const json = parseJson(readText(path), path)
  return json.ok ? parseLog(json.value, scenario) : json
}

const UNITS: Record<string, number> = { us: 1, µs: 1, ms: 1_000, s: 1_000_000 }

/** `20s`, `500ms`, `1500us`; a bare number is seconds. Whole µs up to 2⁵³. */
export function parseDuration(what: string, text: string): Result<number> {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(us|µs|ms|s)?$/.exec(text) ?? []
  if (digits === undefined) return fail(`${what}: "${text}" is not a duration such as 20s, 500ms or 1500us`)
  const us = Math.round(Number(digits) * UNITS[unit ?? 's']!)
  if (us < 1 || us > LIMITS.timeUsMax) return fail(`${what}: ${text} is outside 1us..${LIMITS.timeUsMax}us`)
  return ok(us)
}

function readWorkers(text: string | undefined): number {
  const workers = Number(text ?? 1)
  if (!Number.isInteger(workers) || workers < 1 || workers > 8)
    throw new InputError(`--workers: ${text} is outside 1..8`)
  return workers
}

export function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new InputError(result.error)
  return result.value
}
