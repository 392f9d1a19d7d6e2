import type { Result } from '../../engine/kernel/result.ts'
import { saveFile } from '../panels/shareText.ts'
import { useLab } from '../state/lab.ts'
import { openRun } from './actions.ts'
import { looksLikeCode, openCode } from './share.ts'

/** Scenario files on their way in and out. Loaded when the first one is opened, dropped, pasted or saved. */

/** LIMITS.scenarioBytesMax; the engine's own bound, compared by a test. */
export const FILE_BYTES_MAX = 1_048_576
const fail = (error: string): { readonly ok: false; readonly error: string } => ({ ok: false, error })
const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** What a file says about itself before it is read. */
export type FileHead = Pick<File, 'name' | 'size' | 'type'>

/** Why `file` cannot be a scenario, from its name, size and kind alone; null where it has to be read. */
export function headProblem({ name, size, type }: FileHead): string | null {
  const kind = /^(image|audio|video|font)\/|^application\/(pdf|zip|gzip|wasm|vnd\.)/.exec(type)
  if (kind !== null) return `${name}: ${type} is not a scenario, which is a file of text in JSON.`
  if (size === 0) return `${name}: 0 bytes is an empty file; a scenario names at least one program.`
  if (size > FILE_BYTES_MAX)
    return `${name}: ${count(size)} bytes is outside 1..${count(FILE_BYTES_MAX)} of a scenario.`
  return null
}

/** The text of a file, or one sentence. Nothing of a file that is too large is read. */
export async function readText(file: FileHead & Pick<File, 'arrayBuffer'>): Promise<Result<string>> {
  const problem = headProblem(file)
  if (problem !== null) return fail(problem)
  let bytes: ArrayBuffer
  try {
    bytes = await file.arrayBuffer()
  } catch {
    return fail(`${file.name}: it cannot be read; a folder is no scenario.`)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return { ok: true, value: text }
  } catch {
    // not text, said below
  }
  return fail(`${file.name}: not a text, so not a scenario.`)
}

/** Opens a scenario, a link or a code; `what` begins the sentence where it is none of them. */
export async function openText(text: string, what = 'Pasted text'): Promise<Result<true>> {
  if (!/^\s*[{[]/.test(text))
    return looksLikeCode(text) ? openCode(text) : fail(`${what}: neither a link, a code nor a scenario.`)
  const { parseScenarioText } = await import('../../engine/scenario/parse.ts')
  const parsed = parseScenarioText(text)
  if (!parsed.ok) return parsed
  return (await openRun(parsed.value, { play: true }))
    ? { ok: true, value: true }
    : fail('scenario: it could not start.')
}

/** How much of a file is looked at to tell what it is. */
const LOOK_BYTES = 4_096

/** By its name, or by lines of numbers and comments behind `;`, as a job log has them and no scenario. */
export async function isJobLog(file: Pick<File, 'name' | 'slice'>): Promise<boolean> {
  if (/\.swf$/i.test(file.name)) return true
  try {
    const head = await file.slice(0, LOOK_BYTES).text()
    return /^\s*(;|(-?\d+(\.\d+)?[ \t]+){17}-?\d)/.test(head)
  } catch {
    return false // a folder; reading it says so
  }
}

export async function openFile(file: File): Promise<boolean> {
  if (await isJobLog(file)) return (await import('./jobLogs.ts')).openJobFile(file)
  const text = await readText(file)
  return tell(text.ok ? await openText(text.value, file.name) : text)
}

/** The first of the files; says so where there are more. */
export async function openFiles(files: readonly File[]): Promise<boolean> {
  const first = files[0]
  if (!first) return false
  if (files.length > 1) useLab.getState().toast('note', `Of ${files.length} files, ${first.name} was opened.`)
  return openFile(first)
}

/** Opens a link, a bare code or a scenario as JSON; says what is wrong otherwise. */
export const openAndTell = async (text: string): Promise<boolean> => tell(await openText(text))

function tell(opened: Result<true>): boolean {
  if (!opened.ok) useLab.getState().toast('error', opened.error)
  return opened.ok
}

/** The run on screen as a file: what was done to it is its schedule. */
export async function saveRun(): Promise<void> {
  const { scenario, facts } = useLab.getState()
  if (!scenario) return
  const { scenarioFile } = await import('../../engine/scenario/scenarioFile.ts')
  saveFile(`${scenario.name}.json`, scenarioFile(scenario, facts.log))
}

/** Asks for a file and opens it. */
export function chooseFile(): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.json,.swf,application/json'
  input.onchange = () => void openFiles([...(input.files ?? [])])
  input.click()
}
