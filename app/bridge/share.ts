import type { Result } from '../../engine/kernel/result.ts'
import type { LinkState } from '../../engine/scenario/link.ts'
import { useLab } from '../state/lab.ts'
import { openRun } from './actions.ts'
import { engine } from './engine.ts'

const ok = <T>(value: T): Result<T> => ({ ok: true, value })
const fail = (error: string): { readonly ok: false; readonly error: string } => ({ ok: false, error })

/** The codec and the schema load when a link is first made or opened, not with the page. */
const codec = () =>
  Promise.all([import('../../engine/scenario/link.ts'), import('../../workers/shared/compress.ts')] as const)

export interface Shared {
  readonly code: string
  /** The page's own address with the code behind it. */
  readonly address: string
  readonly warning: string | null
  readonly digest: string
}

/** The code in an address' hash, or null where it carries none. */
export const codeInAddress = (hash: string): string | null => /^#s=(.+)$/s.exec(hash)?.[1] ?? null

/** Pasting a whole link, a fragment or a bare code all mean the same; anything else is not for us. */
export const looksLikeCode = (text: string): boolean => /(^|[#?&]s=|^s=)\d{1,6}\.[\w-]+/.test(text.trim())

/** The run on screen as a code: scenario, log, time, camera, rules and digest. */
export async function currentCode(): Promise<Result<Shared>> {
  const { scenario, opened, facts } = useLab.getState()
  if (!scenario || !opened) return fail('link: nothing is open.')
  const [{ encodeLink }, { deflateRaw }] = await codec()
  const state: LinkState = {
    scenario,
    log: facts.log,
    timeUs: Math.round(facts.timeUs),
    camera: engine.stage?.camera() ?? [],
    rulesVersion: opened.rulesVersion,
    digest: facts.digest,
  }
  const link = await encodeLink(state, deflateRaw)
  if (!link.ok) return link
  const { code, fragment, warning } = link.value
  const address = `${location.origin}${location.pathname}${fragment}`
  return ok({ code, address, warning, digest: facts.digest?.value ?? '' })
}

/** Opens a code at the time it carries; says aloud when the replay differs from the original. */
export async function openCode(
  code: string,
  options: { readonly play?: boolean; readonly fromAddress?: boolean } = {},
): Promise<Result<true>> {
  const [{ decodeLink }, { inflateRaw }] = await codec()
  const link = await decodeLink(code, inflateRaw)
  if (!link.ok) return link
  const { scenario, log, timeUs, camera, digest, rulesVersion } = link.value
  if (!(await openRun(scenario, { log, timeUs, camera, ...options })))
    return fail('link: the run in it could not be started.')
  const now = useLab.getState()
  const rules = now.opened?.rulesVersion ?? rulesVersion
  // Other rules give other digests: that they differ is said, and says nothing about the replay.
  if (rules !== rulesVersion)
    now.toast('note', `This link was made under rules ${rulesVersion}; this lab has rules ${rules}: it may differ.`)
  else if (digest !== null) void compare(digest)
  return ok(true)
}

/** The same digest point has been passed again while seeking there; facts bring it within a second. */
async function compare(wanted: { readonly timeUs: number; readonly value: string }): Promise<void> {
  const { run } = useLab.getState()
  for (let tries = 0; tries < 20; tries++) {
    const { facts, toast, run: now } = useLab.getState()
    if (now !== run || (facts.digest?.timeUs ?? 0) > wanted.timeUs) return
    if (facts.digest?.timeUs === wanted.timeUs) {
      const { value } = facts.digest
      if (value !== wanted.value)
        toast('error', `This replay differs from the run that was shared: digest ${value} instead of ${wanted.value}.`)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A link, a bare code, or a scenario as JSON. */
export async function openText(text: string): Promise<Result<true>> {
  if (!text.trimStart().startsWith('{'))
    return looksLikeCode(text) ? openCode(text) : fail('Pasted text: neither a link, a code nor a scenario.')
  const { parseScenarioText } = await import('../../engine/scenario/parse.ts')
  const parsed = parseScenarioText(text)
  if (!parsed.ok) return parsed
  return (await openRun(parsed.value, { play: true })) ? ok(true) : fail('scenario: it could not be started.')
}
