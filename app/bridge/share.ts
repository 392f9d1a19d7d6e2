import type { Result } from '../../engine/kernel/result.ts'
import type { LinkState } from '../../engine/scenario/link.ts'
import { useLab } from '../state/lab.ts'
import { openRun, runNow, type OpenOptions } from './actions.ts'

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
export const codeInAddress = (hash: string): string | null => /^#s=([^&]+)/.exec(hash)?.[1] ?? null

/** Pasting a whole link, a fragment or a bare code all mean the same; anything else is not for us. */
export const looksLikeCode = (text: string): boolean => /(^|[#?&]s=|^s=)\d{1,6}\.[\w-]+/.test(text.trim())

/** The run on screen as a code: scenario, log, time, camera, rules and digest. */
export async function currentCode(): Promise<Result<Shared>> {
  const [{ encodeLink }, { deflateRaw }] = await codec()
  const state = runNow()
  if (state === null) return fail('link: nothing is open.')
  const link = await encodeLink(state, deflateRaw)
  if (!link.ok) return link
  const { code, fragment, warning } = link.value
  const address = `${location.origin}${location.pathname}${fragment}`
  return ok({ code, address, warning, digest: state.digest?.value ?? '' })
}

/** Opens a code at the time it carries; says aloud when the replay differs from the original. */
export async function openCode(
  code: string,
  options: { readonly play?: boolean; readonly here?: boolean } = {},
): Promise<Result<true>> {
  if (code.includes('&with=')) {
    // A comparison: its page follows the address.
    location.hash = `s=${code.trim().split('s=').at(-1)}`
    return ok(true)
  }
  const [{ decodeLink }, { inflateRaw }] = await codec()
  const link = await decodeLink(code, inflateRaw)
  if (!link.ok) return link
  return (await openState(link.value, options)) ? ok(true) : fail('link: the run in it could not be started.')
}

/** Opens a run where it was left; says aloud when the replay differs from the original. */
export async function openState(state: LinkState, options: OpenOptions = {}): Promise<boolean> {
  const { scenario, log, timeUs, camera, digest, rulesVersion } = state
  if (!(await openRun(scenario, { log, timeUs, camera, ...options }))) return false
  const now = useLab.getState()
  const rules = now.opened?.rulesVersion ?? rulesVersion
  // Other rules give other digests: that they differ is said, and says nothing about the replay.
  if (rules !== rulesVersion)
    now.toast('note', `This run was made under rules ${rulesVersion}; this lab has rules ${rules}: it may differ.`)
  else if (digest !== null) void compare(digest)
  return true
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
        toast('error', `This replay differs from the original: digest ${value} instead of ${wanted.value}.`)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
