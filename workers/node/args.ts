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
import { chaosNamed } from '../../engine/scenario/chaosProfiles.ts'
import { assignFields, setFields } from '../../engine/scenario/set.ts'
import { missingJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import { inflateRaw } from '../shared/compress.ts'
import { withJobLogs } from './jobLogFile.ts'

/** What the user got wrong: one line on stderr, exit 2. */
export class InputError extends Error {}

const OPTIONS = {
  json: { type: 'boolean' },
  quick: { type: 'boolean' },
  write: { type: 'boolean' },
  seed: { type: 'string' },
  until: { type: 'string' },
  workers: { type: 'string' },
  chaos: { type: 'string' },
  set: { type: 'string', multiple: true },
  faults: { type: 'string' },
  trace: { type: 'string' },
  history: { type: 'string' },
  codec: { type: 'string' },
  with: { type: 'string', multiple: true },
  over: { type: 'string', multiple: true },
  repeat: { type: 'string' },
  stop: { type: 'string' },
  shard: { type: 'string' },
  out: { type: 'string' },
  resume: { type: 'boolean' },
  'skip-malformed': { type: 'boolean' },
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

/** A scenario as the flags ask for it, before its chaos profile is drawn from its seed. */
export interface Setup {
  readonly scenario: Scenario
  /** Given by a link or a fault file; null: what the schedule and the chaos profile of the scenario make. */
  readonly log: readonly Command[] | null
  /** The moment that a link shows; 0 where there is none. */
  readonly timeUs: number
  readonly expected: Request['expected']
}

/** Throws InputError with one sentence: what, where, which bound. */
export async function readSetup(name: string | undefined, flags: Flags): Promise<Setup> {
  if (name === undefined) throw new InputError('scenario: missing; give a name, a file, a link or its code')
  const base = await readScenario(name)
  let scenario = base.scenario
  if (flags.seed !== undefined) scenario = orThrow(setFields(scenario, [`seed=${flags.seed}`]))
  if (flags.chaos !== undefined) {
    const chaos = orThrow(chaosNamed(flags.chaos, scenario))
    scenario = orThrow(assignFields(scenario, [['chaos', chaos]]))
  }
  if (flags.set !== undefined) scenario = orThrow(setFields(scenario, await readSets(flags.set, flags)))
  const missing = missingJobLog(scenario)
  if (missing !== null) throw new InputError(`${missing}; give it as --set tasks.workload.file=PATH`)
  let log = scenario === base.scenario ? base.log : null
  if (flags.faults !== undefined) log = orThrow(readFaults(flags.faults, scenario))
  return { ...base, scenario, log }
}

/** What `--set` and `--with` say, job logs read. Throws InputError. */
export const readSets = async (sets: readonly string[], flags: Flags): Promise<readonly string[]> =>
  orThrow(await withJobLogs(sets, flags['skip-malformed'] === true))

/** A scenario and the log that one run of it begins with. Throws InputError as `readSetup` does. */
export async function readRequest(name: string | undefined, flags: Flags): Promise<Request> {
  const { scenario, timeUs, expected, ...setup } = await readSetup(name, flags)
  const log = setup.log ?? initialLog(scenario)
  // A link is run to the moment it shows, where its digest was taken.
  const shown = timeUs > 0 ? timeUs : scenario.untilUs
  const untilUs = flags.until === undefined ? shown : orThrow(parseDuration('--until', flags.until))
  return {
    // The log as it came needs no telling: a link of it stays short, and every host draws the same one.
    scenario: setup.log === null ? scenario : { ...scenario, faults: log, chaos: null },
    log,
    untilUs,
    workers: readWorkers(flags.workers),
    expected,
  }
}

async function readScenario(name: string): Promise<Setup> {
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

const readWorkers = (text: string | undefined): number => readCount('--workers', text ?? '1', 8)

/** A whole number from 1 on. Throws InputError. */
export function readCount(what: string, text: string, max: number): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > max)
    throw new InputError(`${what}: ${text} is outside 1..${max}`)
  return number
}

export function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new InputError(result.error)
  return result.value
}
