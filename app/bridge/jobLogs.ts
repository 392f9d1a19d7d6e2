import { create } from 'zustand'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import {
  doubtOf,
  fileText,
  jobFileOf,
  jobMemory,
  knowJobLog,
  missingJobLog,
  readJobFile,
  type JobFile,
  type JobLog,
  type OpenedJobLog,
} from '../../workers/jobs/jobLogClient.ts'
import { useLab } from '../state/lab.ts'
import { openRun } from './actions.ts'
import { sentenceOf } from './engine.ts'
import { keepJobLog, keptJobLog } from './keptJobLogs.ts'

/**
 * Job logs on their way into a run: read, agreed to, kept, and asked for where a link names one. Loaded when needed.
 */

export type JobLogStage =
  | { readonly is: 'reading'; readonly name: string; readonly share: number }
  /** Some of the file cannot be read: the person decides. */
  | { readonly is: 'doubtful'; readonly opened: OpenedJobLog; readonly doubt: string }
  /** A run names a file that this browser does not have. */
  | { readonly is: 'needed'; readonly text: string; readonly problem: string | null }

export const useJobLog = create<{ readonly stage: JobLogStage | null }>(() => ({ stage: null }))

/** The file that a run waits for, and how to tell it. */
let wanted: { readonly file: JobFile; readonly answer: (found: boolean) => void } | null = null
/** Decides about what is doubtful. */
let decide: (take: boolean) => void = () => {}
let reading: AbortController | null = null

function show(stage: JobLogStage): void {
  useJobLog.setState({ stage })
  if (useLab.getState().dialog !== 'joblog') useLab.getState().openDialog('joblog')
}

/** Ends whatever is under way: the dialog was closed, or all is done. */
export function closeJobLog(): void {
  reading?.abort()
  reading = null
  decide(false)
  wanted?.answer(false)
  wanted = null
  useJobLog.setState({ stage: null })
  if (useLab.getState().dialog === 'joblog') useLab.getState().openDialog(null)
}

/**
 * Resolves to whether the rows that a scenario names are here: known, kept by this browser, or given now. Asks the
 * person where they are not, and waits for the answer.
 */
export async function ensureJobLog(scenario: Scenario): Promise<boolean> {
  const file = jobFileOf(scenario)
  if (file === null || missingJobLog(scenario) === null) return true
  const kept = await keptJobLog(file.sha256)
  if (kept !== null) {
    knowJobLog(shared(kept))
    return true
  }
  wanted?.answer(false)
  return new Promise((answer) => {
    wanted = { file, answer }
    show({ is: 'needed', text: fileText(file), problem: null })
  })
}

/** In memory that the workers can share. */
function shared({ rows, ...log }: Omit<JobLog, 'buffer'> & { rows: ArrayBuffer }): JobLog {
  const buffer = jobMemory(rows.byteLength)
  new Uint8Array(buffer).set(new Uint8Array(rows))
  return { ...log, buffer }
}

/** Reads a job log that was chosen or dropped, and opens it: in the run that asked for it, or in one of its own. */
export async function openJobFile(file: File): Promise<boolean> {
  const log = await read(file)
  if (log === null) return false
  knowJobLog(log)
  const { toast } = useLab.getState()
  if (!(await keepJobLog(log))) toast('note', `${log.name} is not kept for a reload: the browser stores no more.`)
  if (wanted === null) return openLog(log)
  if (log.sha256 !== wanted.file.sha256) {
    refused(`${log.name} is another file: its SHA-256 is ${log.sha256}.`)
    return false
  }
  wanted.answer(true)
  wanted = null
  closeJobLog()
  return true
}

/** Null where it is no job log, or not agreed to; that has been said. */
async function read(file: File): Promise<JobLog | null> {
  reading?.abort()
  const mine = new AbortController()
  reading = mine
  const { name } = file
  show({ is: 'reading', name, share: 0 })
  try {
    const progress = (share: number): void => {
      if (reading === mine) useJobLog.setState({ stage: { is: 'reading', name, share } })
    }
    const opened = await readJobFile(file, progress, mine.signal)
    if (reading !== mine) return null
    reading = null
    if (!opened.ok) return refused(opened.error)
    const doubt = doubtOf(opened.value)
    if (doubt === null || (await agreed(opened.value, doubt))) return opened.value.log
  } catch (error) {
    if (reading === mine) return refused(sentenceOf(error))
  }
  return null
}

/** Said where a file is waited for, else as any other file that cannot be opened. */
function refused(problem: string): null {
  if (wanted !== null) show({ is: 'needed', text: fileText(wanted.file), problem })
  else {
    closeJobLog()
    useLab.getState().toast('error', problem)
  }
  return null
}

function agreed(opened: OpenedJobLog, doubt: string): Promise<boolean> {
  show({ is: 'doubtful', opened, doubt })
  return new Promise((resolve) => {
    decide = (take) => {
      decide = () => {}
      resolve(take)
    }
  })
}

export const takeWhatCanBeRead = (): void => decide(true)

/** In the run on screen where that is a cluster, else in the built-in one. */
async function openLog({ name, bytes, sha256 }: JobLog): Promise<boolean> {
  closeJobLog()
  const [{ assignFields }, { presetNamed }] = await Promise.all([
    import('../../engine/scenario/set.ts'),
    import('../../engine/scenario/presets/index.ts'),
  ])
  const { scenario: shown, toast } = useLab.getState()
  const isCluster = shown?.programs.some(({ kind }) => kind === 'cluster') === true
  const base = isCluster ? shown! : presetNamed('job-log')!.scenario
  const scenario = assignFields(base, [
    ['tasks.workload.arrivals', 'log'],
    ['tasks.workload.file', { name, bytes, sha256 }],
  ])
  if (scenario.ok) return openRun(scenario.value, { play: true })
  toast('error', scenario.error)
  return false
}

/** Asks for a file and opens it. */
export function chooseJobFile(): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.swf,.txt,text/plain'
  input.onchange = () => {
    const file = input.files?.[0]
    if (file) void openJobFile(file)
  }
  input.click()
}
