import { availableParallelism } from 'node:os'
import { STOPS } from '../../../engine/checks/claims/stops.ts'
import type { StopWhen } from '../../../engine/checks/claims/Claim.ts'
import { LIMITS } from '../../../engine/scenario/limits.ts'
import { suggestion } from '../../../engine/scenario/nearest.ts'
import { parseAxis } from '../../sweep/axis.ts'
import { columnsOf } from '../../sweep/columns.ts'
import { csvHeader, csvLine } from '../../sweep/csv.ts'
import { PointMeans } from '../../sweep/PointMeans.ts'
import { planSweep, type SweepPlan } from '../../sweep/SweepPlan.ts'
import { WHOLE, type Row, type SweepPart, type SweepSpec } from '../../sweep/SweepSpec.ts'
import { InputError, orThrow, parseDuration, readCount, readSetup, type Flags } from '../args.ts'
import { SweepFile } from '../SweepFile.ts'
import { printPoints, sweepResult } from '../sweepResult.ts'
import { sweepThreads } from '../sweepThreads.ts'

const TOLD_EVERY_MS = 2_000
const THREADS_MAX = 256
/** Ended by the interrupt signal, as shells count it. */
const INTERRUPTED = 130

/**
 * Runs a scenario at every product of some values, each with several seeds; one row a run, in a file or on stdout.
 * Exit 0 where every run's invariants held, 1 where one did not or a run stopped by an error, 130 where it was
 * interrupted.
 */
export async function sweep(name: string | undefined, flags: Flags): Promise<number> {
  const spec = await readSweep(name, flags)
  const part = readPart(flags.shard)
  const plan = orThrow(planSweep(spec, part))
  const threads = readCount('--workers', flags.workers ?? String(availableParallelism()), THREADS_MAX)
  const means = new PointMeans(plan)
  const rows = plan.rowsIn(part)
  const see = (row: Row): void => means.take(row)
  const file =
    flags.out === undefined ? null : new SweepFile(flags.out, { spec, part, rows, resume: flags.resume === true }, see)
  const kept: Row[] = []
  const began = performance.now()
  const take = (row: Row): void => {
    see(row)
    if (file !== null) file.add(row)
    else if (flags.json) kept.push(row)
    else process.stdout.write(csvLine(row))
  }
  const from = file?.done ?? 0
  announce(plan, rows, from, threads)
  if (file === null && !flags.json) {
    process.stdout.on('error', () => process.exit(INTERRUPTED)) // whoever read the rows has seen enough
    process.stdout.write(csvHeader(columnsOf(spec)))
  }
  const { done, problem } = await runRows({ spec, part, plan, rows, from, threads, take }, () => file?.close())
  if (problem !== null) console.error(problem)
  if (done < rows) {
    const again = file === null ? '' : '; the same command with --resume goes on'
    console.error(`stopped after ${done} of ${rows} runs${again}`)
    return problem === null ? INTERRUPTED : 1
  }
  const wallMs = performance.now() - began
  if (flags.json) console.log(JSON.stringify(sweepResult(plan, means, { part, out: flags.out, kept, wallMs })))
  else if (file !== null) printPoints(plan, means, flags.out!)
  return (file?.broken ?? 0) > 0 || means.broken.some((many) => many > 0) ? 1 : 0
}

async function readSweep(name: string | undefined, flags: Flags): Promise<SweepSpec> {
  const { scenario, log, timeUs } = await readSetup(name, flags)
  if (flags.over === undefined && flags.repeat === undefined)
    throw new InputError('sweep: nothing to sweep; give --over path=values or --repeat N')
  const { stop } = flags
  const stops = Object.keys(STOPS)
  if (stop !== undefined && !stops.includes(stop))
    throw new InputError(`--stop: "${stop}" is not one of ${stops.join(', ')}${suggestion(stop, stops)}`)
  return {
    scenario: log === null ? scenario : { ...scenario, faults: log, chaos: null },
    axes: (flags.over ?? []).map((text) => orThrow(parseAxis(text))),
    repeat: readCount('--repeat', flags.repeat ?? '1', LIMITS.sweepRunsMax),
    untilUs: flags.until === undefined ? timeUs || null : orThrow(parseDuration('--until', flags.until)),
    stop: (stop ?? null) as StopWhen | null,
  }
}

/** `2/8`: the second of eight parts. */
function readPart(text: string | undefined): SweepPart {
  if (text === undefined) return WHOLE
  const [, index = 0, of = 0] = (/^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? []).map(Number)
  if (index < 1 || of < index) throw new InputError(`--shard: ${text} is not i/n with 1 ≤ i ≤ n`)
  return { index: index - 1, of }
}

function announce({ points, spec }: SweepPlan, rows: number, from: number, threads: number): void {
  const what = `${points} point${points === 1 ? '' : 's'}, ${spec.repeat} each: ${rows} runs`
  console.error(`${what}${from > 0 ? `, ${from} of them there already` : ''}, on ${threads} worker(s)`)
}

interface Rows {
  readonly spec: SweepSpec
  readonly part: SweepPart
  readonly plan: SweepPlan
  readonly rows: number
  readonly from: number
  readonly threads: number
  take(row: Row): void
}

interface Outcome {
  readonly done: number
  /** One sentence where a run threw or a thread died. */
  readonly problem: string | null
}

/** Runs what is missing, tells how far it is, and closes whatever happens. Throws InputError where a disk is full. */
async function runRows({ take, plan, ...sweep }: Rows, close: () => void): Promise<Outcome> {
  const { rows, from } = sweep
  const interrupt = new AbortController()
  const onSignal = (): void => interrupt.abort()
  let done = from
  let began = 0 // with the first row: threads take time to start
  let told = performance.now()
  const counted = (row: Row): void => {
    take(row)
    done++
    const now = performance.now()
    if (done === from + 1) began = now
    else if (now - told >= TOLD_EVERY_MS) {
      told = now
      const leftS = Math.ceil(((now - began) / (done - from - 1) / 1_000) * (rows - done))
      const where = plan.nameOf(plan.pointOf(row[0] as number))
      console.error([`${done} of ${rows} runs`, `about ${leftS} s left`, where].filter(Boolean).join(', '))
    }
  }
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  try {
    if (done < rows) await sweepThreads({ ...sweep, take: counted, stop: interrupt.signal })
    return { done, problem: null }
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error
    return { done, problem: error.message }
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
    close()
  }
}
