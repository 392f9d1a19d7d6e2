import '../../engine/scenario/chaos.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import type { LinkState } from '../../engine/scenario/link.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import { SIDES_MAX, useCompare, type SetUp, type Side } from '../state/compare.ts'
import { useLab } from '../state/lab.ts'
import { runNow } from './actions.ts'
import { addSide, begin, compareTime, end, seek, stages } from './compare.ts'
import { codesInAddress, hashOf, keepCodes, keptCodes } from './compareKept.ts'
import { endRuns } from './compareRuns.ts'
import { sentenceOf } from './engine.ts'
import { looksLikeCode } from './share.ts'

/** How a comparison begins, is kept and is shared. */

const EVERY_MS = 2_000
const OPENING_TRIES = 200

const codec = () =>
  Promise.all([import('../../engine/scenario/link.ts'), import('../../workers/shared/compress.ts')] as const)

/** The last comparison of this page, for whoever opens it again on the same run. */
let last: { readonly run: number; readonly setUps: readonly SetUp[]; readonly timeUs: number } | null = null
let timer = 0
/** What a second set-up shall differ in, asked for before the comparison opens. */
let wish: readonly (readonly [path: string, value: unknown])[] | null = null

/** The next comparison begins with the run on screen, and beside it the same with other fields. */
export const wishFor = (settings: typeof wish): void => void (wish = settings)

/** Opens what the address or a reload asks for; else the last comparison of this run; else the run on screen alone. */
export async function enter(): Promise<void> {
  const lab = useLab.getState()
  lab.setPlaying(false)
  // Who is quick, or reloads, comes before the first run has been opened.
  for (let tries = 0; tries < OPENING_TRIES && runNow() === null; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  const run = runNow()
  const wished = wish
  wish = null
  const codes = wished ? null : (codesInAddress(location.hash) ?? keptCodes())
  const states = codes === null ? [] : await decoded(codes)
  timer = window.setInterval(() => void keep(), EVERY_MS)
  if (states.length > 1) return openAll(states, states[0]!.timeUs, states[0]!.camera)
  if (wished && run !== null) return openBeside(run, wished)
  if (last?.run === lab.run) return openAll(last.setUps, last.timeUs)
  if (run !== null) await openAll([run], run.timeUs, run.camera)
  useCompare.setState({ adding: true })
}

async function openBeside(run: LinkState, settings: NonNullable<typeof wish>): Promise<void> {
  const changed = assignFields(run.scenario, settings)
  if (!changed.ok) useLab.getState().toast('error', changed.error)
  await openAll(changed.ok ? [run, underLog(changed.value, run)] : [run], run.timeUs, run.camera)
}

async function openAll(setUps: readonly SetUp[], timeUs: number, camera: readonly number[] = []): Promise<void> {
  begin(timeUs)
  await Promise.all(setUps.slice(0, SIDES_MAX).map(addSide))
  if (compareTime() !== timeUs) await seek(timeUs)
  for (const stage of stages.values()) if (camera.length > 0 && setUps.length > 1) stage.setCamera(camera)
}

/** Leaves everything as the page was before. */
export function leave(): void {
  clearInterval(timer)
  const { sides } = useCompare.getState()
  last = { run: useLab.getState().run, setUps: sides.map(setUpOf), timeUs: compareTime() }
  keepCodes(null)
  // Else a reload would open it again.
  const codes = codesInAddress(location.hash)
  if (codes !== null) history.replaceState(history.state, '', `#s=${codes[0]}`)
  endRuns()
  end()
}

const setUpOf = ({ scenario, log }: Side): SetUp => ({ scenario, log })

async function decoded(codes: readonly string[]): Promise<readonly LinkState[]> {
  const [{ decodeLink }, { inflateRaw }] = await codec()
  const states: LinkState[] = []
  for (const code of codes) {
    const link = await decodeLink(code, inflateRaw)
    if (link.ok) states.push(link.value)
    else useLab.getState().toast('error', link.error)
  }
  return states
}

/** One code a set-up, all at the time on screen. Null where one would be too long: its sentence. */
export async function codesNow(): Promise<{ codes: readonly string[] } | { error: string }> {
  const [{ encodeLink }, { deflateRaw }] = await codec()
  const codes: string[] = []
  for (const side of useCompare.getState().sides) {
    const state: LinkState = {
      ...setUpOf(side),
      timeUs: compareTime(),
      camera: stages.get(side.id)?.camera() ?? [],
      rulesVersion: side.opened?.rulesVersion ?? 0,
      digest: side.facts?.digest ?? null,
    }
    const link = await encodeLink(state, deflateRaw)
    if (!link.ok) return { error: link.error }
    codes.push(link.value.code)
  }
  return { codes }
}

let kept = ''
/** Writes the set-ups down where they changed, so that a reload loses nothing. */
async function keep(): Promise<void> {
  const { sides, explicit } = useCompare.getState()
  if (explicit || sides.length < 2) return
  const now = `${compareTime()} ${sides.map(({ id, log }) => `${id}/${log.length}`).join()}`
  if (now === kept) return
  const made = await codesNow()
  if ('error' in made) return
  kept = now
  if (useCompare.getState().sides.length > 1) keepCodes(made.codes)
}

export async function addressNow(): Promise<{ address: string } | { error: string }> {
  const made = await codesNow()
  return 'error' in made ? made : { address: `${location.origin}${location.pathname}${hashOf(made.codes)}` }
}

/** A link, a bare code or a scenario as JSON; or one sentence. */
export async function readSetUp(text: string): Promise<SetUp | string> {
  if (!text.trimStart().startsWith('{')) {
    if (!looksLikeCode(text)) return 'Pasted text: neither a link, a code nor a scenario.'
    const [{ decodeLink }, { inflateRaw }] = await codec()
    const link = await decodeLink(text, inflateRaw)
    return link.ok ? link.value : sentenceOf(link.error)
  }
  const { parseScenarioText } = await import('../../engine/scenario/parse.ts')
  const parsed = parseScenarioText(text)
  return parsed.ok ? { scenario: parsed.value, log: initialLog(parsed.value) } : sentenceOf(parsed.error)
}

/** A changed scenario under the first set-up's log: its own schedule, and what people did to the run. */
export function underLog(scenario: Scenario, of: SetUp): SetUp {
  const scheduled = initialLog(of.scenario)
  const untouched = JSON.stringify(of.log.slice(0, scheduled.length)) === JSON.stringify(scheduled)
  return { scenario, log: untouched ? [...initialLog(scenario), ...of.log.slice(scheduled.length)] : of.log }
}
