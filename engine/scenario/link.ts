import { fail, ok, type Result } from '../kernel/result.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { packLog, unpackLog } from './commandCodec.ts'
import { type Assignment, diff, equal, shorten } from './diff.ts'
import { withoutImplied } from './implied.ts'
import { LIMITS } from './limits.ts'
import { suggestion } from './nearest.ts'
import { parseJson, parseLog, parseScenario } from './parse.ts'
import { PRESETS, presetNamed } from './presets/index.ts'
import './chaos.ts'
import { initialLog } from './initialLog.ts'
import type { Command, Scenario } from './Scenario.ts'
import { assignFields } from './set.ts'
import { clean, count, show } from './show.ts'

/** An exact run, as somebody sees it. */
export interface LinkState {
  readonly scenario: Scenario
  /** Everything done to it: scheduled faults, then clicks in the order they were made. */
  readonly log: readonly Command[]
  /** Where the clock stands. */
  readonly timeUs: number
  /** At most 16 numbers of the stage's own; rounded to thousandths. Empty: the stage frames itself. */
  readonly camera: readonly number[]
  /** Of the engine that made the digest. */
  readonly rulesVersion: number
  /** What the run's digest was at `timeUs` of it, so that a replay that differs is noticed. */
  readonly digest: { readonly timeUs: number; readonly value: string } | null
}

export interface Link {
  /** `1.<data>`: opened by paste, `npm start -- CODE` or `lab run CODE`. */
  readonly code: string
  /** `#s=1.<data>`, to be put behind the lab's address. */
  readonly fragment: string
  /** One sentence where the link is long enough to be cut by mail and chat programs. */
  readonly warning: string | null
}

/** Raw deflate (RFC 1951); the caller brings it, since the engine has no streams. */
export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>
/** Raw inflate that stops, with a sentence, as soon as more than `maxBytes` have come out. */
export type Inflate = (bytes: Uint8Array, maxBytes: number) => Promise<Result<Uint8Array>>

export const LINK_VERSION = 1

/** `state.scenario` and `state.log` must have been parsed. Fails only where the link would be too long. */
export async function encodeLink(state: LinkState, deflate: Deflate): Promise<Result<Link>> {
  const code = `${LINK_VERSION}.${toBase64url(await deflate(asciiBytes(JSON.stringify(pack(state)))))}`
  if (code.length > LIMITS.linkCharsMax)
    return fail(
      `link: ${count(code.length)} characters are above the ${count(LIMITS.linkCharsMax)} allowed; save it as a file instead`,
    )
  const isLong = code.length > LIMITS.linkCharsWarn
  const warning = isLong
    ? `The link has ${count(code.length)} characters; some programs cut links above ${count(LIMITS.linkCharsWarn)}, so a file is safer.`
    : null
  return ok({ code, fragment: `#s=${code}`, warning })
}

/** An address with `#s=`, a fragment or a bare code. Never throws; errors are one sentence. */
export async function decodeLink(text: string, inflate: Inflate): Promise<Result<LinkState>> {
  const code = codeIn(text)
  if (code.length > LIMITS.linkCharsMax)
    return fail(`link: ${count(code.length)} characters are above the ${count(LIMITS.linkCharsMax)} allowed`)
  const [, version, data] = /^(\d{1,6})\.(.*)$/s.exec(code) ?? []
  if (version === undefined || data === undefined)
    return fail(`link: ${show(code)} does not start with a version number and a dot, like "1."`)
  if (Number(version) !== LINK_VERSION)
    return fail(
      Number(version) > LINK_VERSION
        ? `link: version ${Number(version)} was made by a newer lab; this one reads 1..${LINK_VERSION}`
        : `link: version ${Number(version)} does not exist; versions start at 1`,
    )
  const bytes = fromBase64url(data)
  if (!bytes.ok) return fail(`link: damaged, ${bytes.error}`)
  const inflated = await inflate(bytes.value, LIMITS.inflatedBytesMax)
  if (!inflated.ok) return fail(`link: damaged, ${inflated.error}`)
  const json = asciiText(inflated.value)
  if (!json.ok) return json
  const packed = parseJson(json.value, 'link')
  const state = packed.ok ? unpack(packed.value) : packed
  return state.ok || state.error.startsWith('link: ') ? state : fail(`link: ${state.error}`)
}

/** What follows `s=`, without the white space and closing punctuation that pasting brings along. */
function codeIn(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^[(<["'‘“]{1,8}/, '')
    .replace(/[).,;:!?>\]"'’”]{1,8}$/, '')
  const at = trimmed.lastIndexOf('s=')
  return at === -1 ? trimmed : trimmed.slice(at + 2)
}

/** [base, seed, assignments, faults, log, timeUs, camera, rulesVersion, digest]; 0 stands for "as the base has it". */
function pack({ scenario, log, timeUs, camera, rulesVersion, digest }: LinkState): unknown[] {
  const preset = presetNamed(scenario.name)
  const sized = preset?.withAgents(scenario.swarm.agents)
  const base = sized?.swarm.agents === scenario.swarm.agents ? sized : preset?.scenario
  const isDefaultSize = base?.swarm.agents === preset?.scenario.swarm.agents
  const { seed: _, ...custom } = shorten(scenario)
  return [
    base === undefined ? custom : isDefaultSize ? base.name : [base.name, base.swarm.agents],
    scenario.seed,
    base === undefined ? 0 : changes(base, scenario),
    base !== undefined && equal(base.faults, scenario.faults) ? 0 : packLog(scenario.faults),
    equal(initialLog(scenario), log) ? 0 : packLog(log),
    timeUs,
    camera.map((x) => Math.round(x * 1_000) / 1_000),
    rulesVersion,
    digest === null ? 0 : [digest.timeUs, digest.value],
  ]
}

function changes(base: Scenario, scenario: Scenario): 0 | readonly Assignment[] {
  const own = ({ seed: _, faults: __, ...rest }: Partial<Scenario>): object => rest
  const list = diff(own(withoutImplied(base)), own(withoutImplied(scenario)))
  return list.length === 0 ? 0 : list
}

function unpack(packed: unknown): Result<LinkState> {
  if (!Array.isArray(packed) || packed.length !== 9)
    return fail('link: damaged, it does not hold the nine parts of version 1')
  const [base, seed, sets, faults, log, timeUs, camera, rulesVersion, digest] = packed
  const scenario = unpackScenario(base, seed, sets, faults)
  if (!scenario.ok) return scenario
  const commands = log === 0 ? ok(initialLog(scenario.value)) : unpackCommands(log, scenario.value)
  if (!commands.ok) return commands
  if (!isTime(timeUs)) return fail(`time: ${show(timeUs)} is outside 0..${LIMITS.timeUsMax}`)
  if (!Array.isArray(camera) || camera.length > LIMITS.cameraNumbersMax || !camera.every(Number.isFinite))
    return fail(`camera: ${show(camera)} is not a list of at most ${LIMITS.cameraNumbersMax} numbers`)
  if (!isTime(rulesVersion)) return fail(`rules version: ${show(rulesVersion)} is not a version number`)
  const isDigest = Array.isArray(digest) && isTime(digest[0]) && /^[0-9a-f]{1,32}$/.test(String(digest[1]))
  if (digest !== 0 && !isDigest) return fail(`digest: ${show(digest)} is not a time and a hexadecimal number`)
  return ok({
    scenario: scenario.value,
    log: commands.value,
    timeUs,
    camera,
    rulesVersion,
    digest: digest === 0 ? null : { timeUs: digest[0], value: String(digest[1]) },
  })
}

const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function unpackScenario(base: unknown, seed: unknown, sets: unknown, faults: unknown): Result<Scenario> {
  const own: Assignment[] = [['seed', seed]]
  if (faults !== 0) {
    const log = unpackLog(faults)
    if (log === null) return fail('faults: damaged, not a list of commands')
    own.push(['faults', log])
  }
  if (typeof base === 'object' && base !== null && !Array.isArray(base))
    return parseScenario({ ...base, ...Object.fromEntries(own) })
  const [name, agents] = Array.isArray(base) ? base : [base, null]
  const preset = presetNamed(String(name))
  if (preset === undefined)
    return fail(
      `scenario: "${clean(String(name))}" is not built in${suggestion(
        String(name),
        PRESETS.map((p) => p.scenario.name),
      )}`,
    )
  const sized = agents === null ? preset.scenario : preset.withAgents(Number(agents))
  if (agents !== null && sized.swarm.agents !== agents)
    return fail(`swarm.agents: ${show(agents)} is not a size of ${name}, ${preset.sizes.min}..${preset.sizes.max}`)
  const isList = Array.isArray(sets) && sets.every((set) => Array.isArray(set) && typeof set[0] === 'string')
  if (sets !== 0 && !isList) return fail('changes: damaged, not a list of fields and values')
  return assignFields(sized, [...own, ...(sets === 0 ? [] : (sets as Assignment[]))])
}

function unpackCommands(packed: unknown, scenario: Scenario): Result<readonly Command[]> {
  const log = unpackLog(packed)
  return log === null ? fail('log: damaged, not a list of commands') : parseLog(log, scenario, 'log')
}

/** JSON with everything beyond ASCII escaped, so that bytes and characters are the same thing. */
function asciiBytes(json: string): Uint8Array {
  const ascii = json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return Uint8Array.from(ascii, (c) => c.charCodeAt(0))
}

function asciiText(bytes: Uint8Array): Result<string> {
  const wrong = bytes.findIndex((byte) => byte > 0x7e)
  if (wrong !== -1) return fail(`link: damaged, byte ${wrong} is not text`)
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 4_096) parts.push(String.fromCharCode(...bytes.subarray(i, i + 4_096)))
  return ok(parts.join(''))
}
