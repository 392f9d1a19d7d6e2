import type { Result } from '../../engine/kernel/result.ts'
import type { LinkState } from '../../engine/scenario/link.ts'
import { openRun, type OpenOptions } from './actions.ts'
import { openState } from './share.ts'

const fail = (error: string): { readonly ok: false; readonly error: string } => ({ ok: false, error })
const CAMERA_MAX = 16

/**
 * Opens a run that this browser kept, exactly where it was left. It may be from an earlier version of the lab or
 * damaged, so it comes in through the same door as a file.
 */
export async function openKept(kept: unknown, options: OpenOptions = {}): Promise<Result<true>> {
  if (typeof kept !== 'object' || kept === null) return fail('run: what was kept of it is damaged.')
  const { scenario, log, timeUs, camera, rulesVersion, digest } = kept as Partial<LinkState>
  const { parseLog, parseScenario } = await import('../../engine/scenario/parse.ts')
  const parsed = parseScenario(scenario)
  if (!parsed.ok) return parsed
  const commands = parseLog(log, parsed.value, 'log')
  if (!commands.ok) return commands
  const state: LinkState = {
    scenario: parsed.value,
    log: commands.value,
    timeUs: Number.isSafeInteger(timeUs) && timeUs! > 0 ? timeUs! : 0,
    camera: Array.isArray(camera) && camera.length <= CAMERA_MAX && camera.every(Number.isFinite) ? camera : [],
    rulesVersion: Number(rulesVersion) || 0,
    digest: digest && typeof digest.value === 'string' && Number.isSafeInteger(digest.timeUs) ? digest : null,
  }
  return (await openState(state, options)) ? { ok: true, value: true } : fail('run: it could not be started.')
}

/** Opens a scenario that this browser kept, from its beginning. */
export async function openKeptScenario(kept: unknown): Promise<Result<true>> {
  const { parseScenario } = await import('../../engine/scenario/parse.ts')
  const parsed = parseScenario(kept)
  if (!parsed.ok) return parsed
  return (await openRun(parsed.value, { play: true }))
    ? { ok: true, value: true }
    : fail('scenario: it could not start.')
}
